"""Deletes for good, within a transaction of the caller; `Database.erase` then clears what is left in the file."""

from collections.abc import Sequence

from sqlalchemy import Connection, ScalarResult, delete, func, select, update

from assessment.storage.audit import record
from assessment.storage.people import REMOVED, Viewer
from assessment.storage.tables import assessments, audit, events, invitations, members


def remove(connection: Connection, assessment: str, viewer: Viewer) -> None:
    """Remove an assessment with all that ever happened to it; who did it and when stays in the audit list."""
    for table in (events, members, invitations):
        connection.execute(delete(table).where(table.c.assessment == assessment))
    connection.execute(delete(assessments).where(assessments.c.id == assessment))
    record(connection, assessment, viewer, "deleted")


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
        remove(connection, assessment, Viewer(person))
    connection.execute(delete(members).where(members.c.person == person))
    connection.execute(delete(invitations).where(invitations.c.made_by == person))
    connection.execute(update(events).where(events.c.made_by == person).values(made_by=REMOVED))
    connection.execute(update(audit).where(audit.c.who == person).values(who=REMOVED))
    connection.execute(update(audit).where(audit.c.whom == person).values(whom=REMOVED))
    return len(alone)
