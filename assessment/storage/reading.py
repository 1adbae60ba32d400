"""Reads what a viewer may see, within a transaction of the caller."""

from typing import NamedTuple

from sqlalchemy import Connection, select

from assessment.storage.errors import NotFound
from assessment.storage.events import counts, moments, titles, value
from assessment.storage.people import Role, Viewer
from assessment.storage.state import Happening, Summary
from assessment.storage.tables import assessments, events


class Past(NamedTuple):
    """The demonstration case that an assessment was made from, its events, and the viewer's role in it."""

    case: str | None
    events: tuple[Happening, ...]
    role: Role


def past(connection: Connection, assessment: str, viewer: Viewer) -> Past:
    """Everything that happened to an assessment.

    Raises:
        NotFound: there is no such assessment, or the viewer may not see it.
    """
    query = (
        select(events, assessments.c.from_case, viewer.role().label("role"))
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
    return Past(rows[0].from_case, tuple(happenings), rows[0].role)


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


def summaries(connection: Connection, viewer: Viewer) -> tuple[Summary, ...]:
    """Every assessment that the viewer may see, newest first."""
    title, count, moment = titles(viewer), counts(viewer), moments(viewer)
    query = (
        select(assessments, title.c.title, moment.c.updated, count.c.answered, viewer.role().label("role"))
        .join(title, title.c.assessment == assessments.c.id)
        .join(moment, moment.c.assessment == assessments.c.id)
        .outerjoin(count, count.c.assessment == assessments.c.id)
        .where(viewer.may("reader"))
        .order_by(moment.c.updated.desc(), assessments.c.id)
    )
    return tuple(
        Summary(
            id=row.id,
            title=row.title,
            updated=row.updated,
            answered=row.answered or 0,
            case=row.from_case,
            role=row.role,
        )
        for row in connection.execute(query)
    )
