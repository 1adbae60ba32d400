"""Takes one text away for good, out of everything that ever happened: the only change of what stands in the events."""

from typing import Any, Literal

from sqlalchemy import Connection, null, select, update

from assessment.plan import task_key
from assessment.store.audit import record
from assessment.store.events import lock
from assessment.store.people import Viewer
from assessment.store.tables import events

Erasable = Literal["note", "title", "action", "comment"]
WRITTEN = ("owner", "words", "reason", "note", "reference")
"""What somebody wrote in a decision."""


def erase_text(connection: Connection, assessment: str, viewer: Viewer, kind: Erasable, about: str | None) -> int:
    """How many events held the text: a note, the comments at one place, a decision's words, or all former titles.

    Raises:
        NotFound: there is no such assessment, or the viewer may not see it.
        NotAllowed: the viewer may change nothing in it.
    """
    latest = lock(connection, assessment, viewer, "contributor")
    here = (events.c.assessment == assessment) & (events.c.kind == kind)
    if kind == "comment":
        here &= events.c.number > latest.joined_after
    if about is not None:
        here &= events.c.question.in_(_names(connection, assessment, kind, about))
    found = connection.execute(select(events.c.number, events.c.value).where(here).order_by(events.c.number)).all()
    if kind == "title":
        found = found[:-1]
    changed = [(row.number, _without(kind, row.value)) for row in found if row.value != _without(kind, row.value)]
    for number, value in changed:
        one = (events.c.assessment == assessment) & (events.c.number == number)
        connection.execute(update(events).where(one).values(value=null() if value is None else value))
    if changed:
        record(connection, assessment, viewer, "erased", about=kind)
    return len(changed)


def _names(connection: Connection, assessment: str, kind: Erasable, about: str) -> set[str]:
    """All names under which this was kept: taking over into newer knowledge can give a question another one."""
    adopted = (events.c.assessment == assessment) & (events.c.kind == "adopted")
    pairs = [
        pair for value in connection.scalars(select(events.c.value).where(adopted)) for pair in value["renamed"].items()
    ]
    of_tasks = [(task_key("homework", before), task_key("homework", after)) for before, after in pairs]
    if kind in ("action", "comment"):
        pairs = of_tasks if kind == "action" else pairs + of_tasks
    names = {about}
    while more := {name for pair in pairs for name in pair if names & {*pair}} - names:
        names |= more
    return names


def _without(kind: Erasable, value: Any) -> Any:
    match kind:
        case "note" | "comment":
            return None
        case "title":
            return ""
        case "action":
            return value and value | dict.fromkeys({*WRITTEN} & value.keys(), "")
