"""Reads and adds the events of one assessment, within a transaction of the caller."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, null, select, update

from assessment.store.people import Role, Viewer
from assessment.store.tables import assessments, events
from knowledge.model import Answer

Kind = Literal["answer", "note", "title", "action", "lapsed", "advice", "adopted", "kept", "comment", "date"]


Value = Answer | Mapping[str, Any]
"""What an event holds: an answer or text, or for the other kinds a JSON object."""


class Change(NamedTuple):
    """What holds from now on about a question or task (None: all of it); `undoes` is the event that undo takes back."""

    kind: Kind
    question: str | None
    value: Value | None
    undoes: int | None = None


class Event(NamedTuple):
    """A change with its number."""

    number: int
    change: Change


class Latest(NamedTuple):
    """Where an assessment stands: its last event, and the last of those that it was made with or taken over with.

    `joined_after` is the event after which the viewer may see what happened.
    """

    number: int
    knowledge_version: str
    began_with: int
    joined_after: int


_LAST = (
    select(func.max(events.c.number).label("number"))
    .where(events.c.assessment == bindparam("one"), events.c.kind == "answer")
    .group_by(events.c.question)
    .subquery()
)
_ANSWERED = (
    select(func.count())
    .select_from(_LAST.join(events, (events.c.assessment == bindparam("one")) & (events.c.number == _LAST.c.number)))
    .where(events.c.value.is_not(null()))
)
"""How many questions of the assessment `one` are answered now; made once, since that takes longer than to run it."""


def lock(connection: Connection, assessment: str, viewer: Viewer, role: Role) -> Latest:
    """Where the assessment stands; nobody else adds to it until this transaction (a writing one) ends.

    Raises:
        NotFound: there is no such assessment, or the viewer may not see it.
        NotAllowed: the viewer does not have this role in it.
    """
    connection.execute(select(assessments.c.id).where(assessments.c.id == assessment).with_for_update())
    began = connection.execute(  # a query of its own, which sees what was committed before the lock was given
        select(assessments.c.began_with, viewer.joined_after().label("joined_after")).where(
            assessments.c.id == assessment, viewer.may(role)
        )
    ).one_or_none()
    if began is None:
        raise viewer.refusal(connection, assessment)
    last = connection.execute(
        select(events.c.number, events.c.knowledge_version)
        .where(events.c.assessment == assessment)
        .order_by(events.c.number.desc())
        .limit(1)
    ).one()
    taken_over = connection.scalar(
        select(func.max(events.c.number)).where(events.c.assessment == assessment, events.c.kind == "adopted")
    )
    return Latest(last.number, last.knowledge_version, max(began.began_with, taken_over or 0), began.joined_after)


def last_number(connection: Connection, assessment: str) -> int:
    """The number of the last event."""
    return connection.scalar(select(func.max(events.c.number)).where(events.c.assessment == assessment)) or 0


def append(
    connection: Connection, assessment: str, after: int, who: str, knowledge_version: str, changes: Sequence[Change]
) -> None:
    """Add changes behind the event with the number `after`, and what a list shows of them."""
    now = datetime.now(UTC)
    common = {
        "assessment": assessment,
        "made_at": now,
        "made_by": who,
        "knowledge_version": knowledge_version,
    }
    connection.execute(
        insert(events),
        [common | change._asdict() | {"number": number} for number, change in enumerate(changes, start=after + 1)],
    )
    shown: dict[str, Any] = {}
    for change in changes:
        if change.kind != "advice":  # storing what was advised changes nothing in it
            shown["updated"] = now
        if change.kind == "title":
            shown |= {"title": change.value, "sought": sought(str(change.value))}
        elif change.kind == "answer":
            shown["answered"] = None
    if "answered" in shown:
        shown["answered"] = connection.scalar(_ANSWERED, {"one": assessment})
    if shown:
        connection.execute(update(assessments).where(assessments.c.id == assessment).values(**shown))


def sought(title: str) -> str:
    """A title as it is searched in: without capitals and accents."""
    plain = unicodedata.normalize("NFKD", title.casefold())
    return "".join(one for one in plain if not unicodedata.combining(one))


def history(connection: Connection, assessment: str, kind: Kind, question: str | None = None) -> tuple[Event, ...]:
    """The events of one kind, oldest first; of one question when it is given."""
    query = select(events).where(events.c.assessment == assessment, events.c.kind == kind).order_by(events.c.number)
    if question is not None:
        query = query.where(events.c.question == question)
    return tuple(
        Event(row.number, Change(row.kind, row.question, value(row.value), row.undoes))
        for row in connection.execute(query)
    )


def last_standing(past: Sequence[Event], began_with: int) -> Event | None:
    """The last event after `began_with` that undo did not take back yet."""
    standing: list[Event] = []
    for event in past:
        if event.number > began_with:
            if event.change.undoes is not None:
                standing.pop()
            else:
                standing.append(event)
    return standing[-1] if standing else None


def value(stored: Any) -> Any:
    """What is stored as JSON in its one form in the program: a list is a tuple."""
    return tuple(stored) if isinstance(stored, list) else stored
