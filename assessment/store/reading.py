"""Reads what a viewer may see, within a transaction of the caller."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from assessment.store.errors import NotFound
from assessment.store.events import sought, value
from assessment.store.people import Role, Viewer
from assessment.store.state import Deleted, Happening, Summary
from assessment.store.tables import assessments, events


class Past(NamedTuple):
    """The demonstration case that an assessment was made from, its events, and the viewer's role in it.

    `joined_after` is the number of the event after which the viewer may see what happened.
    """

    case: str | None
    events: tuple[Happening, ...]
    role: Role
    joined_after: int

    @property
    def seen(self) -> tuple[Happening, ...]:
        """What the viewer may see of the events."""
        return tuple(one for one in self.events if one.number > self.joined_after)

    def until(self, point: datetime | int) -> tuple[Happening, ...]:
        """What had happened at a moment, or up to the event with a number, in the order of the events.

        Raises:
            NotFound: nothing, or nothing that the viewer may see.
        """
        if isinstance(point, datetime):
            numbers = (one.number for one in self.events if one.moment <= point.astimezone())
            point = max(numbers, default=0)
        if point < max(1, self.joined_after):
            raise NotFound
        return tuple(one for one in self.events if one.number <= point)


def past(connection: Connection, assessment: str, viewer: Viewer) -> Past:
    """Everything that happened to an assessment.

    Raises:
        NotFound: there is no such assessment, or the viewer may not see it.
    """
    query = (
        select(
            events, assessments.c.from_case, viewer.role().label("role"), viewer.joined_after().label("joined_after")
        )
        .join(assessments, assessments.c.id == events.c.assessment)
        .where(events.c.assessment == assessment, viewer.may("reader"))
        .order_by(events.c.number)
    )
    rows = connection.execute(query).all()
    if not rows:
        raise NotFound
    happenings = (
        Happening(
            number=row.number,
            moment=row.made_at,
            who=row.made_by,
            kind=row.kind,
            about=row.question,
            value=value(row.value),
            undoes=row.undoes,
            knowledge_version=row.knowledge_version,
        )
        for row in rows
    )
    return Past(rows[0].from_case, tuple(happenings), rows[0].role, rows[0].joined_after)


def role_in(connection: Connection, assessment: str, viewer: Viewer) -> Role:
    """The role of a viewer in an assessment.

    Raises:
        NotFound: there is no such assessment, or the viewer may not see it.
    """
    query = select(viewer.role()).select_from(assessments).where(assessments.c.id == assessment, viewer.may("reader"))
    found: Role | None = connection.scalar(query)
    if found is None:
        raise NotFound
    return found


def summaries(
    connection: Connection,
    viewer: Viewer,
    search: str = "",
    first: int | None = None,
    role: Role = "reader",
    examples: bool | None = None,
) -> tuple[Summary, ...]:
    """The assessments in which the viewer has at least this role, newest first; with `search` those with it in the
    title."""
    query = (
        select(assessments, viewer.role().label("role"))
        .where(viewer.may(role), *_with(search, examples))
        .order_by(assessments.c.updated.desc(), assessments.c.id)
        .limit(first)
    )
    return tuple(
        Summary(
            id=row.id,
            title=row.title,
            updated=row.updated,
            answered=row.answered,
            case=row.from_case,
            role=row.role,
        )
        for row in connection.execute(query)
    )


def count(
    connection: Connection, viewer: Viewer, search: str = "", role: Role = "reader", examples: bool | None = None
) -> int:
    """How many assessments `summaries` gives without a first."""
    query = select(func.count()).select_from(assessments).where(viewer.may(role), *_with(search, examples))
    return connection.scalar(query) or 0


def deleted(connection: Connection, viewer: Viewer) -> tuple[Deleted, ...]:
    """What was deleted, is still there and is of this viewer, the newest first."""
    query = (
        select(assessments.c.id, assessments.c.title, assessments.c.deleted_at)
        .where(viewer.owns_deleted())
        .order_by(assessments.c.deleted_at.desc(), assessments.c.id)
    )
    return tuple(Deleted(id=row.id, title=row.title, deleted=row.deleted_at) for row in connection.execute(query))


def _with(search: str, examples: bool | None) -> Sequence[ColumnElement[bool]]:
    """The conditions that every word of a search is in the title, and that it is an example or is not."""
    words = [assessments.c.sought.contains(word, autoescape=True) for word in sought(search).split()]
    return words if examples is None else [*words, assessments.c.from_case.is_not(None) == examples]
