"""Who saw, exported, shared and deleted what, and when. Nothing of the content is in it, and it is kept for a year."""

from datetime import UTC, datetime, timedelta
from typing import Literal, cast

from sqlalchemy import Connection, delete, func, insert, select

from assessment.store.people import Viewer
from assessment.store.tables import assessments, audit
from knowledge.text import Frozen

Act = Literal[
    "saw", "exported", "invited", "uninvited", "joined", "role", "withdrawn", "left", "set_apart", "put_back",
    "deleted", "erased",
]  # fmt: skip

KEPT = timedelta(days=365)


class Deed(Frozen):
    """One line: when, who did what, to whom, and in which role or form."""

    moment: datetime
    who: str
    act: Act
    whom: str | None
    about: str | None


def record(
    connection: Connection,
    assessment: str,
    viewer: Viewer,
    act: Act,
    whom: str | None = None,
    about: str | None = None,
) -> None:
    """Add a line, and let go of those that are older than a year."""
    now = datetime.now(UTC)
    connection.execute(delete(audit).where(audit.c.moment < now - KEPT))
    line = {"assessment": assessment, "moment": now, "who": viewer.name, "act": act, "whom": whom, "about": about}
    connection.execute(insert(audit), [line])


def saw_today(connection: Connection, assessment: str, viewer: Viewer) -> bool:
    """Whether this viewer saw the assessment already on this day (UTC); one line a day is enough."""
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    query = select(func.count()).where(
        audit.c.assessment == assessment,
        audit.c.who == viewer.name,
        audit.c.act == "saw",
        audit.c.moment >= midnight,
    )
    return bool(connection.scalar(query))


def deeds(connection: Connection, assessment: str, viewer: Viewer, newest: int | None) -> tuple[Deed, ...]:
    """The newest lines about one assessment, oldest first: for its owners; without users also after deletion."""
    query = select(audit).where(audit.c.assessment == assessment).order_by(audit.c.number.desc()).limit(newest)
    if viewer.user is not None:
        query = query.join(assessments, assessments.c.id == audit.c.assessment).where(viewer.may("owner"))
    return tuple(
        Deed(moment=row.moment, who=row.who, act=cast(Act, row.act), whom=row.whom, about=row.about)
        for row in reversed(connection.execute(query).all())
    )
