"""Deletes, within a transaction of the caller: at first so that it can be put back, or for good.

`Database.erase` then clears what is left in the files of what went for good.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, ScalarResult, delete, func, select, update

from assessment.store.ages import Ages
from assessment.store.audit import record
from assessment.store.events import lock
from assessment.store.people import REMOVED, Viewer
from assessment.store.tables import (
    PERSON,
    assessments,
    events,
    invitations,
    members,
    metadata,
    own_cases,
    training_groups,
    training_totals,
    training_voters,
    training_votes,
)

GRACE = timedelta(minutes=30)
"""How long what was deleted can be put back, whatever the clock says meanwhile."""


def set_apart(connection: Connection, assessment: str, viewer: Viewer) -> datetime:
    """The moment at which an assessment was deleted: nobody sees it any more, and an owner can still put it back.

    Raises:
        NotFound: there is no such assessment, or the viewer may not see it.
        NotAllowed: the viewer is no owner.
    """
    lock(connection, assessment, viewer, "owner")
    now = datetime.now(UTC)
    marked = {"deleted_at": now, "deleted_by": viewer.name}
    connection.execute(update(assessments).where(assessments.c.id == assessment).values(**marked))
    record(connection, assessment, viewer, "set_apart")
    return now


def put_back(connection: Connection, assessment: str, viewer: Viewer, ages: Ages) -> None:
    """Undo a deletion; what was not deleted stays as it is.

    Raises:
        NotFound: there is no such assessment, it is too late, or the viewer was no owner of it.
        NotAllowed: the viewer sees it, as it was not deleted, and is no owner.
    """
    here = assessments.c.id == assessment
    connection.execute(select(assessments.c.id).where(here).with_for_update())
    since = connection.scalar(select(assessments.c.deleted_at).where(here, viewer.owns_deleted()))
    if since is None or ages.of(assessment, since) >= GRACE:
        lock(connection, assessment, viewer, "owner")
        return
    connection.execute(update(assessments).where(here).values(deleted_at=None, deleted_by=None))
    record(connection, assessment, viewer, "put_back")


def remove_own(connection: Connection, assessment: str, viewer: Viewer) -> None:
    """Remove an assessment for good, whether or not it was deleted already.

    Raises:
        NotFound: there is no such assessment, or the viewer may not see it.
        NotAllowed: the viewer is no owner.
    """
    here = assessments.c.id == assessment
    connection.execute(select(assessments.c.id).where(here).with_for_update())
    if connection.scalar(select(assessments.c.id).where(here, viewer.owns_deleted())) is None:
        lock(connection, assessment, viewer, "owner")
    remove(connection, assessment)
    record(connection, assessment, viewer, "deleted")


def remove(connection: Connection, assessment: str) -> None:
    """Remove an assessment with all that ever happened to it; the audit list stays."""
    for table in (events, members, invitations):
        connection.execute(delete(table).where(table.c.assessment == assessment))
    connection.execute(delete(assessments).where(assessments.c.id == assessment))


def deleted_since(connection: Connection, ages: Ages | None = None) -> Sequence[str]:
    """What was deleted and is still there; with `ages` only what can no longer be put back."""
    apart = select(assessments.c.id, assessments.c.deleted_at).where(assessments.c.deleted_at.is_not(None))
    rows = connection.execute(apart.order_by(assessments.c.id).with_for_update()).all()
    return [row.id for row in rows if ages is None or ages.of(row.id, row.deleted_at) >= GRACE]


def owned_alone(connection: Connection, person: str) -> Sequence[str]:
    """The assessments of which this person is the only owner; nobody else becomes or stops being one meanwhile."""
    own = select(members.c.assessment).where(members.c.person == person, members.c.role == "owner")
    locked = select(assessments.c.id).where(assessments.c.id.in_(own)).order_by(assessments.c.id).with_for_update()
    mine = connection.scalars(locked).all()
    owners = (
        select(members.c.assessment)
        .where(members.c.assessment.in_(mine), members.c.role == "owner")
        .group_by(members.c.assessment)
        .having(func.count() == 1)
        .order_by(members.c.assessment)
    )
    alone: ScalarResult[str] = connection.scalars(owners)
    return alone.all()


def forget(connection: Connection, person: str) -> int:
    """Remove what is about a person; returns how many assessments went with it, as they had no other owner.

    What the person wrote in assessments of others stays there without the name.
    """
    alone = owned_alone(connection, person)
    for assessment in alone:
        remove(connection, assessment)
        record(connection, assessment, Viewer(person), "deleted")
    connection.execute(delete(members).where(members.c.person == person))
    connection.execute(delete(invitations).where(invitations.c.made_by == person))
    groups = select(training_groups.c.id).where(training_groups.c.owner == person)
    for table in (training_voters, training_totals, training_votes):
        connection.execute(delete(table).where(table.c.group_id.in_(groups)))
    for table in (training_groups, own_cases):
        connection.execute(delete(table).where(table.c.owner == person))
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.info == PERSON:
                connection.execute(update(table).where(column == person).values({column.name: REMOVED}))
    return len(alone)
