"""Keeps groups and the totals of their votes, so that a restart in the middle of a training loses nothing.

A group is of who began it, and what `seen_by` gives is only about the groups of that user. Whoever has the code joins.

A voter is a random token. While a vote is open the database holds a hash of it, which tells only that it has voted;
what it chose is known in this process alone, so that it can be changed until the vote closes.
"""

import secrets
from collections.abc import Callable, Mapping
from copy import copy
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from threading import RLock

from sqlalchemy import Connection, and_, delete, insert, select, update

from assessment.store.database import Database
from assessment.store.errors import StoreError
from assessment.store.migration import prepare
from assessment.store.people import Viewer, checked_name
from assessment.store.tables import training_groups as kept
from assessment.store.tables import training_totals as totals
from assessment.store.tables import training_voters as voters
from assessment.store.tables import training_votes as ballots
from assessment.training.codes import as_code, new_code
from assessment.training.group import MOST_HANDS, Ballot, Group, View, VoteState
from knowledge.text import Text

VALID = timedelta(days=1)
"""How long a code lets somebody join."""


class NoGroup(StoreError):  # noqa: N818
    """There is no such group, or its code is no longer valid."""

    def __init__(self) -> None:
        super().__init__(Text(nl="Deze groep bestaat niet (meer).", en="This group does not exist (any more)."))


class VoteClosed(StoreError):  # noqa: N818
    """The vote is not open."""

    def __init__(self) -> None:
        super().__init__(Text(nl="Deze stemming is gesloten.", en="This vote is closed."))


class VoteStands(StoreError):  # noqa: N818
    """The vote was counted before the program was started anew, so nobody knows any more what it was."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                nl="Je stem is al geteld. Wijzigen kan niet meer, want het programma is opnieuw gestart.",
                en="Your vote has been counted. It can no longer be changed, as the program was started anew.",
            )
        )


class Groups:
    """The groups in one database. Threads may share it."""

    def __init__(self, url: str | None = None, now: Callable[[], datetime] = lambda: datetime.now(UTC)):
        """Open the database as the store does. Raises StoreError where it cannot be used."""
        self._database = Database(url)
        self._viewer = Viewer()
        self._now = now
        self._choices: dict[tuple[str, str, str], str] = {}
        self._lock = RLock()
        try:
            prepare(self._database)
        except StoreError:
            self.close()
            raise

    def seen_by(self, user: str) -> "Groups":
        """The groups of one user. It shares the connections and what was voted."""
        view = copy(self)
        view._viewer = Viewer(checked_name(user))
        return view

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def create(self, case_id: str) -> str:
        """Begin a group with a case; returns its id, which nobody can guess."""
        group = secrets.token_hex(12)
        with self._lock, self._database.writing() as connection:
            self._forget_old_voters(connection)
            values = {"id": group, "case_id": case_id, "began": self._now(), "place": 0, "owner": self._viewer.name}
            connection.execute(insert(kept).values(code=self._unused(connection), **values))
        return group

    def list(self) -> tuple[Group, ...]:
        """Every group of the viewer, newest first."""
        mine = select(kept.c.id).where(self._viewer.owns(kept.c.owner)).order_by(kept.c.began.desc(), kept.c.id)
        with self._database.reading() as connection:
            ids = connection.execute(mine).scalars().all()
            return tuple(self._group(connection, one) for one in ids)

    def open(self, group: str) -> Group:
        """A group as it is now. Raises NoGroup."""
        with self._database.reading() as connection:
            self._require(connection, group)
            return self._group(connection, group)

    def joined(self, code: str) -> Group:
        """The group with this code. Raises NoGroup, also where the code is more than a day old."""
        with self._database.reading() as connection:
            found = connection.execute(select(kept.c.id, kept.c.began).where(kept.c.code == as_code(code))).first()
            if found is None or self._now() - found.began > VALID:
                raise NoGroup
            return self._group(connection, found.id)

    def move(self, group: str, place: int) -> None:
        """Go to another slide. Raises NoGroup."""
        with self._database.writing() as connection:
            self._require(connection, group)
            connection.execute(update(kept).where(kept.c.id == group).values(place=max(0, place)))

    def go(self, was: Group, place: int | None = None, view: View = "story", step: int = 0, about: str = "") -> bool:
        """Go elsewhere, unless somebody else went on since `was` was read; returns whether it did. Raises NoGroup."""
        here = and_(*(kept.c[name] == getattr(was, name) for name in ("id", "place", "view", "step", "about")))
        values = {"place": max(0, was.place if place is None else place), "view": view, "step": max(0, step)}
        with self._database.writing() as connection:
            self._require(connection, was.id)
            return connection.execute(update(kept).where(here).values(**values, about=about)).rowcount == 1

    def open_vote(self, group: str, vote: str, anew: bool = True) -> None:
        """Let people vote, from zero; one that was opened before stays as it is unless `anew`. Raises NoGroup."""
        with self._lock, self._database.writing() as connection:
            self._require(connection, group)
            if not anew and self._state(connection, group, vote) is not None:
                return
            self._clear(connection, group, vote)
            connection.execute(insert(ballots).values(group_id=group, vote=vote, state="open"))

    def close_vote(self, group: str, vote: str) -> None:
        """Let nobody vote any more, and forget who did. Does nothing where the vote is not open. Raises NoGroup."""
        with self._lock, self._database.writing() as connection:
            self._require(connection, group)
            if self._state(connection, group, vote) == "open":
                self._set_state(connection, group, vote, "closed")
                self._forget(connection, group, vote)

    def show_conclusion(self, group: str, vote: str) -> None:
        """Put the conclusion of the evaluation on the screen; an open vote is closed first.

        Raises NoGroup and VoteClosed.
        """
        with self._lock, self._database.writing() as connection:
            self._require(connection, group)
            if self._state(connection, group, vote) is None:
                raise VoteClosed
            self._set_state(connection, group, vote, "shown")
            self._forget(connection, group, vote)

    def vote(self, group: str, vote: str, choice: str, token: str) -> None:
        """Count the choice of the visitor with this token once; a second choice takes the place of the first.

        Raises:
            VoteClosed: the vote is not open.
            VoteStands: the visitor voted before this process began.
        """
        me = _voter(group, vote, token)
        with self._lock:
            before = self._choices.get(me)
            with self._database.writing() as connection:
                if self._state(connection, group, vote) != "open":
                    raise VoteClosed
                if not self._has_voted(connection, me):
                    before = None
                    connection.execute(insert(voters).values(group_id=group, vote=vote, voter=me[2]))
                elif before is None:
                    raise VoteStands
                if before != choice:
                    if before is not None:
                        self._add(connection, group, vote, before, -1)
                    self._add(connection, group, vote, choice, 1)
            self._choices[me] = choice

    def voted(self, group: str, vote: str, token: str) -> tuple[bool, str | None]:
        """Whether the visitor with this token has voted, and for what, where that is still known."""
        me = _voter(group, vote, token)
        with self._lock, self._database.reading() as connection:
            return (True, self._choices.get(me)) if self._has_voted(connection, me) else (False, None)

    def count_hands(self, group: str, vote: str, counted: Mapping[str, int]) -> None:
        """Put down how many hands the trainer counted for each choice, instead of what was counted before.

        Raises:
            ValueError: a number is below 0 or above MOST_HANDS.
            NoGroup: there is no such group.
            VoteClosed: the vote was never opened.
        """
        if any(not 0 <= number <= MOST_HANDS for number in counted.values()):
            raise ValueError(f"expected numbers from 0 to {MOST_HANDS}")
        with self._lock, self._database.writing() as connection:
            self._require(connection, group)
            if self._state(connection, group, vote) is None:
                raise VoteClosed
            mine = (totals.c.group_id == group, totals.c.vote == vote, totals.c.way == "hand")
            connection.execute(delete(totals).where(*mine))
            for choice, number in counted.items():
                row = {"group_id": group, "vote": vote, "choice": choice, "way": "hand", "number": number}
                connection.execute(insert(totals).values(**row))

    def reset(self, group: str) -> None:
        """Begin anew for another group: from the first slide, no votes, and another code. Raises NoGroup."""
        with self._lock, self._database.writing() as connection:
            self._require(connection, group)
            self._clear(connection, group)
            self._forget_old_voters(connection)
            begin = {"place": 0, "view": "story", "step": 0, "about": ""}
            values = {"code": self._unused(connection), "began": self._now(), **begin}
            connection.execute(update(kept).where(kept.c.id == group).values(**values))

    def delete(self, group: str) -> None:
        """Erase a group and its totals. Raises NoGroup."""
        with self._lock, self._database.writing() as connection:
            self._require(connection, group)
            self._clear(connection, group)
            connection.execute(delete(kept).where(kept.c.id == group))

    def _require(self, connection: Connection, group: str) -> None:
        mine = (kept.c.id == group) & self._viewer.owns(kept.c.owner)
        if connection.execute(select(kept.c.id).where(mine)).first() is None:
            raise NoGroup

    def _group(self, connection: Connection, group: str) -> Group:
        row = connection.execute(select(kept).where(kept.c.id == group)).first()
        if row is None:
            raise NoGroup
        counts: dict[tuple[str, str], dict[str, int]] = {}
        for one in connection.execute(select(totals).where(totals.c.group_id == group)):
            if one.number:
                counts.setdefault((one.vote, one.way), {})[one.choice] = one.number
        found = {
            one.vote: Ballot(
                state=one.state,
                phones=counts.get((one.vote, "phone"), {}),
                hands=counts.get((one.vote, "hand"), {}),
            )
            for one in connection.execute(select(ballots).where(ballots.c.group_id == group))
        }
        values = {name: getattr(row, name) for name in Group.model_fields if name != "ballots"}
        return Group(ballots=found, **values)

    def _state(self, connection: Connection, group: str, vote: str) -> VoteState | None:
        query = select(ballots.c.state).where(ballots.c.group_id == group, ballots.c.vote == vote)
        state: VoteState | None = connection.execute(query).scalar()
        return state

    def _set_state(self, connection: Connection, group: str, vote: str, state: VoteState) -> None:
        which = and_(ballots.c.group_id == group, ballots.c.vote == vote)
        connection.execute(update(ballots).where(which).values(state=state))

    def _has_voted(self, connection: Connection, me: tuple[str, str, str]) -> bool:
        which = and_(voters.c.group_id == me[0], voters.c.vote == me[1], voters.c.voter == me[2])
        return connection.execute(select(voters.c.voter).where(which)).first() is not None

    def _add(self, connection: Connection, group: str, vote: str, choice: str, change: int) -> None:
        key = {"group_id": group, "vote": vote, "choice": choice, "way": "phone"}
        which = and_(*(totals.c[name] == value for name, value in key.items()))
        if connection.execute(update(totals).where(which).values(number=totals.c.number + change)).rowcount == 0:
            connection.execute(insert(totals).values(number=change, **key))

    def _clear(self, connection: Connection, group: str, vote: str | None = None) -> None:
        for table in (totals, ballots):
            one = [] if vote is None else [table.c.vote == vote]
            connection.execute(delete(table).where(table.c.group_id == group, *one))
        self._forget(connection, group, vote)

    def _forget(self, connection: Connection, group: str, vote: str | None = None) -> None:
        one = [] if vote is None else [voters.c.vote == vote]
        connection.execute(delete(voters).where(voters.c.group_id == group, *one))
        for key in [key for key in self._choices if key[0] == group and vote in (None, key[1])]:
            del self._choices[key]

    def _forget_old_voters(self, connection: Connection) -> None:
        old = connection.execute(select(kept.c.id).where(kept.c.began < self._now() - VALID)).scalars().all()
        for group in old:
            self._forget(connection, group)

    def _unused(self, connection: Connection) -> str:
        code = new_code()
        while connection.execute(select(kept.c.id).where(kept.c.code == code)).first() is not None:
            code = new_code()
        return code


def _voter(group: str, vote: str, token: str) -> tuple[str, str, str]:
    """Group, vote, and a hash that differs per vote, so that nobody can be followed from one to the next."""
    return group, vote, sha256(f"{group}\n{vote}\n{token}".encode()).hexdigest()
