"""Who may do what: the roles, and the condition with which every query of the store keeps to them."""

from typing import Literal, NamedTuple, get_args

from sqlalchemy import Column, ColumnElement, Connection, ScalarSelect, case, literal, select, true

from assessment.store.errors import NotAllowed, NotFound
from assessment.store.tables import assessments, members

Role = Literal["reader", "contributor", "owner"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what those before it may: see; change answers, notes, plan and title; share and delete."""

LOCAL = "local"
"""Who works without users, on this computer or on its command line."""
REMOVED = "-"
"""What is written in the place of the name of a person whose data was deleted."""
NAME_LENGTH = 200

mine = members.alias("mine")
"""The membership of the viewer, apart from those that a query may be about."""


def checked_name(name: str) -> str:
    """The name of a user.

    Raises:
        ValueError: it is empty, too long, has characters that nobody can see, or is a name that we use ourselves.
    """
    if not name.strip() or len(name) > NAME_LENGTH or not name.isprintable() or name in (LOCAL, REMOVED):
        raise ValueError(f"A user is named by at most {NAME_LENGTH} visible characters, and not {LOCAL!r}.")
    return name


class Viewer(NamedTuple):
    """For whom a query is made: a user, or None where there are no users and everything may be done."""

    user: str | None = None

    @property
    def name(self) -> str:
        """What is written as the one who did it."""
        return LOCAL if self.user is None else self.user

    def may(self, role: Role) -> ColumnElement[bool]:
        """The condition that this viewer has at least this role in a row of `assessments` that is not deleted."""
        return assessments.c.deleted_at.is_(None) & self._has(role)

    def owns_deleted(self) -> ColumnElement[bool]:
        """The condition that a row of `assessments` is deleted, and that this viewer is one of its owners."""
        return assessments.c.deleted_at.is_not(None) & self._has("owner")

    def owns(self, owner: Column[str]) -> ColumnElement[bool]:
        """The condition that what a row holds is of this viewer, for what is shared with nobody."""
        return true() if self.user is None else owner == self.user

    def _has(self, role: Role) -> ColumnElement[bool]:
        if self.user is None:
            return true()
        enough = mine.c.role.in_(ROLES[ROLES.index(role) :])
        return assessments.c.id.in_(select(mine.c.assessment).where(mine.c.person == self.user, enough))

    def role(self) -> ScalarSelect[str]:
        """The role of this viewer in a row of `assessments`."""
        if self.user is None:
            return select(literal("owner")).scalar_subquery()
        own = (mine.c.assessment == assessments.c.id) & (mine.c.person == self.user)
        return select(mine.c.role).where(own).correlate(assessments).scalar_subquery()

    def joined_after(self) -> ScalarSelect[int]:
        """After which event this viewer sees what happened in a row of `assessments`: an owner from the beginning."""
        if self.user is None:
            return select(literal(0)).scalar_subquery()
        own = (mine.c.assessment == assessments.c.id) & (mine.c.person == self.user)
        after = case((mine.c.role == "owner", 0), else_=mine.c.joined_after)
        return select(after).where(own).correlate(assessments).scalar_subquery()

    def refusal(self, connection: Connection, assessment: str) -> NotFound | NotAllowed:
        """Why this viewer cannot do something: whoever may not even see an assessment does not hear that it exists."""
        seen = connection.scalar(select(assessments.c.id).where(assessments.c.id == assessment, self.may("reader")))
        return NotFound() if seen is None else NotAllowed()
