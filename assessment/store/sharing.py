"""Sharing an assessment with other users, each in a role, and the list of who did what."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from assessment.store.audit import Deed, deeds, record
from assessment.store.database import Database
from assessment.store.errors import LastOwner, NoInvitation, NotAllowed, NotFound
from assessment.store.events import last_number, lock
from assessment.store.people import ROLES, Role, Viewer
from assessment.store.removal import forget, owned_alone
from assessment.store.tables import assessments, invitations, members
from knowledge.text import Frozen

VALID = timedelta(days=7)


class Member(Frozen):
    """A user who may see an assessment, in which role and since when."""

    person: str
    role: Role
    since: datetime


class Invitation(Frozen):
    """An invitation that nobody accepted yet; `id` names it and does not let anybody in."""

    id: str
    role: Role
    made_by: str
    expires: datetime


class Sharing:
    """What one viewer may do with the members of assessments."""

    def __init__(self, database: Database, viewer: Viewer):
        self._database = database
        self._viewer = viewer

    def members(self, assessment: str, first: int | None = None) -> tuple[Member, ...]:
        """Who may see an assessment, the viewer first and then by name; no more than `first` of them.

        Raises:
            NotFound: there is no such assessment, or the viewer may not see it.
        """
        query = (
            select(members)
            .join(assessments, assessments.c.id == members.c.assessment)
            .where(members.c.assessment == assessment, self._viewer.may("reader"))
            .order_by(members.c.person != self._viewer.name, members.c.person)
            .limit(first)
        )
        with self._database.reading() as connection:
            self._require(connection, assessment, "reader")
            rows = connection.execute(query).all()
        return tuple(Member(person=row.person, role=row.role, since=row.since) for row in rows)

    def share(self, assessment: str, role: Role, valid: timedelta = VALID) -> str:
        """Invite somebody; returns the token for the link, which one person can use once. For owners.

        Raises:
            NotFound: there is no such assessment, or the viewer may not see it.
            NotAllowed: the viewer is no owner.
            ValueError: there is no such role.
        """
        if role not in ROLES:
            raise ValueError(f"A role is one of {', '.join(ROLES)}.")
        token = secrets.token_urlsafe(24)
        with self._database.writing() as connection:
            lock(connection, assessment, self._viewer, "owner")
            invitation = {
                "token": _digest(token),
                "assessment": assessment,
                "role": role,
                "made_by": self._viewer.name,
                "expires_at": datetime.now(UTC) + valid,
            }
            connection.execute(insert(invitations), [invitation])
            record(connection, assessment, self._viewer, "invited", about=role)
        return token

    def invitations(self, assessment: str, first: int | None = None) -> tuple[Invitation, ...]:
        """The invitations that still hold, those that end first before the others, no more than `first`. For owners.

        Raises:
            NotFound: there is no such assessment, or the viewer may not see it.
            NotAllowed: the viewer is no owner.
        """
        query = (
            select(invitations)
            .join(assessments, assessments.c.id == invitations.c.assessment)
            .where(
                invitations.c.assessment == assessment,
                invitations.c.expires_at > datetime.now(UTC),
                self._viewer.may("owner"),
            )
            .order_by(invitations.c.expires_at)
            .limit(first)
        )
        with self._database.reading() as connection:
            self._require(connection, assessment, "owner")
            rows = connection.execute(query).all()
        return tuple(
            Invitation(id=row.token, role=row.role, made_by=row.made_by, expires=row.expires_at) for row in rows
        )

    def uninvite(self, assessment: str, invitation: str) -> None:
        """Withdraw an invitation, by its id. For owners.

        Raises:
            NotFound: there is no such assessment, or the viewer may not see it.
            NotAllowed: the viewer is no owner.
            NoInvitation: there is no such invitation any more.
        """
        with self._database.writing() as connection:
            lock(connection, assessment, self._viewer, "owner")
            one = (invitations.c.token == invitation) & (invitations.c.assessment == assessment)
            if not connection.execute(delete(invitations).where(one)).rowcount:
                raise NoInvitation
            record(connection, assessment, self._viewer, "uninvited")

    def accept(self, token: str) -> str:
        """Become a member by an invitation; returns the assessment. A role that allows more already is kept.

        Raises:
            NoInvitation: it has expired, was withdrawn or was used already.
            NotAllowed: there are no users here.
        """
        if self._viewer.user is None:
            raise NotAllowed
        person = {"person": self._viewer.user}
        with self._database.writing() as connection:
            this = invitations.c.token == _digest(token)
            invited = connection.execute(
                select(invitations).where(this, invitations.c.expires_at > datetime.now(UTC))
            ).first()
            if invited is None:
                raise NoInvitation
            here = {"assessment": invited.assessment}
            there = (assessments.c.id == invited.assessment) & assessments.c.deleted_at.is_(None)
            if connection.scalar(select(assessments.c.id).where(there).with_for_update()) is None:
                raise NoInvitation
            if not connection.execute(delete(invitations).where(this)).rowcount:
                raise NoInvitation  # another was first
            role = self._role(connection, invited.assessment, self._viewer.user)
            if role is None:
                joined = {**here, **person, "role": invited.role, "since": datetime.now(UTC)}
                joined["joined_after"] = last_number(connection, invited.assessment)
                connection.execute(insert(members), [joined])
            elif ROLES.index(role) < ROLES.index(invited.role):
                self._set_role(connection, invited.assessment, self._viewer.user, invited.role)
            record(connection, invited.assessment, self._viewer, "joined", about=invited.role)
            return str(invited.assessment)

    def change_role(self, assessment: str, person: str, role: Role) -> None:
        """Give a member another role. For owners.

        Raises:
            NotFound: there is no such assessment or member, or the viewer may not see it.
            NotAllowed: the viewer is no owner.
            LastOwner: nobody else is an owner.
            ValueError: there is no such role.
        """
        if role not in ROLES:
            raise ValueError(f"A role is one of {', '.join(ROLES)}.")
        with self._database.writing() as connection:
            lock(connection, assessment, self._viewer, "owner")
            if role != "owner":
                self._let_go(connection, assessment, person)
            elif self._role(connection, assessment, person) is None:
                raise NotFound
            self._set_role(connection, assessment, person, role)
            record(connection, assessment, self._viewer, "role", person, role)

    def withdraw(self, assessment: str, person: str) -> None:
        """Let a member no longer see an assessment. For owners.

        Raises:
            NotFound: there is no such assessment or member, or the viewer may not see it.
            NotAllowed: the viewer is no owner.
            LastOwner: nobody else is an owner.
        """
        with self._database.writing() as connection:
            lock(connection, assessment, self._viewer, "owner")
            self._let_go(connection, assessment, person)
            connection.execute(delete(members).where(_member(assessment, person)))
            record(connection, assessment, self._viewer, "withdrawn", person)

    def leave(self, assessment: str) -> None:
        """Be a member no longer.

        Raises:
            NotFound: there is no such assessment, or the viewer is no member.
            LastOwner: nobody else is an owner.
        """
        with self._database.writing() as connection:
            lock(connection, assessment, self._viewer, "reader")
            self._let_go(connection, assessment, self._viewer.name)
            connection.execute(delete(members).where(_member(assessment, self._viewer.name)))
            record(connection, assessment, self._viewer, "left")

    def audit(self, assessment: str, newest: int | None = None) -> tuple[Deed, ...]:
        """Who saw, exported, shared and deleted it, oldest first; no more than the `newest` lines.

        For owners; without users also after deletion.

        Raises:
            NotFound: there is no such assessment, or the viewer may not see it.
            NotAllowed: the viewer is no owner.
        """
        with self._database.reading() as connection:
            if self._viewer.user is not None:
                self._require(connection, assessment, "owner")
            return deeds(connection, assessment, self._viewer, newest)

    def owned_alone(self, person: str) -> tuple[str, ...]:
        """The assessments that `forget` would delete. For that person, or where there are no users.

        Raises:
            NotAllowed: it is about somebody else.
        """
        if self._viewer.user not in (None, person):
            raise NotAllowed
        with self._database.writing() as connection:
            return tuple(owned_alone(connection, person))

    def forget(self, person: str) -> int:
        """Delete all that is about a person for good; returns how many assessments went, as they had no other owner.

        For that person, or where there are no users. What was written in assessments of others stays, without the name.

        Raises:
            NotAllowed: it is about somebody else.
        """
        if self._viewer.user not in (None, person):
            raise NotAllowed
        with self._database.writing() as connection:
            count = forget(connection, person)
        self._database.erase()
        return count

    def _require(self, connection: Connection, assessment: str, role: Role) -> None:
        query = select(assessments.c.id).where(assessments.c.id == assessment, self._viewer.may(role))
        if connection.scalar(query) is None:
            raise self._viewer.refusal(connection, assessment)

    def _let_go(self, connection: Connection, assessment: str, person: str) -> None:
        """Before a member becomes less than an owner: another one must remain, and open invitations of theirs end."""
        role = self._role(connection, assessment, person)
        if role is None:
            raise NotFound
        owners = select(func.count()).where(members.c.assessment == assessment, members.c.role == "owner")
        if role == "owner" and connection.scalar(owners) == 1:
            raise LastOwner
        connection.execute(
            delete(invitations).where(invitations.c.assessment == assessment, invitations.c.made_by == person)
        )

    @staticmethod
    def _role(connection: Connection, assessment: str, person: str) -> Role | None:
        role: Role | None = connection.scalar(select(members.c.role).where(_member(assessment, person)))
        return role

    @staticmethod
    def _set_role(connection: Connection, assessment: str, person: str, role: Role) -> None:
        connection.execute(update(members).where(_member(assessment, person)).values(role=role))


def _member(assessment: str, person: str) -> ColumnElement[bool]:
    return (members.c.assessment == assessment) & (members.c.person == person)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
