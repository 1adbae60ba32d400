"""The store itself: every call that opens or changes assessments."""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from copy import copy
from datetime import UTC, date, datetime
from typing import Literal

from assessment.plan import Decision
from assessment.store.audit import record, saw_today
from assessment.store.changes import (
    adopted,
    advice_given,
    answered,
    dated,
    decided,
    kept_from,
    lapsed_since,
    noted,
    titled,
)
from assessment.store.commenting import Commenting
from assessment.store.copies import Copies
from assessment.store.database import Database
from assessment.store.deleting import Deleting
from assessment.store.errors import Conflict, NotAllowed, StoreError, Unfinished
from assessment.store.events import Change, append, history, last_standing, lock
from assessment.store.migration import prepare
from assessment.store.people import Role, Viewer, checked_name
from assessment.store.reading import Past, count, past, role_in, summaries
from assessment.store.sharing import Sharing
from assessment.store.state import Adoption, Advised, Happening, Kept, Stored, Summary, state
from assessment.store.tables import assessments, members
from knowledge.model import Answer
from knowledge.private import sweep

FORM_LENGTH = 40


class Store(Deleting, Commenting):
    """The assessments in one database. Threads may share a store, and processes a database."""

    def __init__(self, url: str | None = None):
        """Open the database, or make it. Without a URL it is DATABASE_URL, or else a file in the user's data folder.

        Raises:
            StoreError: the database is damaged, is not ours, or was made by a newer version; it is left as it was.
        """
        self._database = Database(url)
        self._viewer = Viewer()
        for place in (None, self._database.file and self._database.file.parent):
            sweep(place)
        try:
            prepare(self._database)
            with suppress(Unfinished):
                self.remove_deleted()
        except StoreError:
            self.close()
            raise

    @property
    def user(self) -> str | None:
        """The user for whom this store is; None where there are no users."""
        return self._viewer.user

    @property
    def where(self) -> str:
        """Where everything is kept: the path of a file, or the address of a database without a password."""
        return self._database.where

    @property
    def sharing(self) -> Sharing:
        """What can be done here with the members of assessments."""
        return Sharing(self._database, self._viewer)

    @property
    def copies(self) -> Copies:
        """Backup and restore of everything."""
        return Copies(self._database, self._viewer)

    def seen_by(self, user: str) -> "Store":
        """This store for one user. It shares the connections, so close only the store itself.

        Raises:
            ValueError: this is no name of a user.
            NotAllowed: this is the store of another user already.
        """
        if self._viewer.user not in (None, user):
            raise NotAllowed
        view = copy(self)
        view._viewer = Viewer(checked_name(user))
        return view

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def create(
        self,
        title: str,
        knowledge_version: str,
        answers: Mapping[str, Answer] = {},
        notes: Mapping[str, str] = {},
        case: str | None = None,
        lapsed: Mapping[str, date] = {},
        kept: Mapping[str, Kept] = {},
        occasion_on: date | None = None,
    ) -> str:
        """Store a new assessment; returns its id, which nobody can guess.

        `lapsed` tells since when tasks are no longer advised, where that is known from elsewhere. `kept` are answers of
        the assessment that this one begins from; they count only once they are given here.

        Raises:
            ValueError: the title or a note is too long, or an answer or a question id is none.
        """
        start = [
            titled(title),
            *(answered(question, answer) for question, answer in answers.items()),
            *(noted(question, text) for question, text in notes.items()),
            *(lapsed_since(key, day) for key, day in lapsed.items()),
            *(kept_from(question, former) for question, former in kept.items()),
            *([] if occasion_on is None else [dated(occasion_on)]),
        ]
        assessment = secrets.token_urlsafe(12)
        while assessment.startswith("-"):  # on the command line it would be an option
            assessment = secrets.token_urlsafe(12)
        with self._database.writing() as connection:
            connection.execute(assessments.insert().values(id=assessment, from_case=case, began_with=len(start)))
            append(connection, assessment, 0, self._viewer.name, knowledge_version, start)
            if self._viewer.user is not None:
                owner = {"assessment": assessment, "person": self._viewer.user, "role": "owner"}
                connection.execute(members.insert().values(**owner, since=datetime.now(UTC)))
        return assessment

    def list(
        self, search: str = "", first: int | None = None, role: Role = "reader", examples: bool | None = None
    ) -> tuple[Summary, ...]:
        """Every assessment, newest first: only those with these words in the title, and no more than `first` of them.

        With another role only those in which the viewer may do this much; with `examples` only those that were made
        from a demonstration case, or none of these.
        """
        with self._database.reading() as connection:
            return summaries(connection, self._viewer, search, first, role, examples)

    def count(self, search: str = "", role: Role = "reader", examples: bool | None = None) -> int:
        """How many assessments `list` gives without a first."""
        with self._database.reading() as connection:
            return count(connection, self._viewer, search, role, examples)

    def open(self, assessment: str) -> Stored:
        """An assessment as it is now.

        Raises:
            NotFound: there is no such assessment.
        """
        found = self._past(assessment)
        return state(assessment, found.case, found.events, found.role, found.joined_after)

    def role(self, assessment: str) -> Role:
        """What the viewer may do with an assessment now; asking is no looking, and is not written down.

        Raises:
            NotFound: there is no such assessment.
        """
        with self._database.reading() as connection:
            return role_in(connection, assessment, self._viewer)

    def history(self, assessment: str) -> tuple[Happening, ...]:
        """What happened to an assessment, oldest first: all of it for owners, for others what came after they joined.

        Raises:
            NotFound: there is no such assessment.
        """
        return self._past(assessment).seen

    def as_it_was(self, assessment: str, point: datetime | int) -> Stored:
        """An assessment as it was at a moment (without a time zone: in the local one), or after the event of a number.

        Raises:
            NotFound: there was no such assessment then, or the viewer had not joined yet.
        """
        found = self._past(assessment)
        return state(assessment, found.case, found.until(point), found.role, found.joined_after)

    def save_answer(
        self,
        assessment: str,
        question: str,
        answer: Answer | None,
        revision: int,
        knowledge_version: str | None = None,
    ) -> int:
        """Store an answer that was given on the sight of `revision`; returns the new revision. None takes it back.

        What others changed since is kept. An answer that is stored already makes no new revision. Without
        `knowledge_version` it is that of the event before.

        Raises:
            NotFound: there is no such assessment.
            Conflict: this question was changed since `revision`, to another answer, or the assessment was taken over.
            ValueError: it is no answer, or the question id is none.
        """
        return self._save(assessment, answered(question, answer), revision, knowledge_version)

    def save_note(self, assessment: str, question: str, text: str, revision: int) -> int:
        """Store the note at a question, in the way of `save_answer`; empty text takes it away.

        Raises:
            NotFound: there is no such assessment.
            Conflict: this note was changed since `revision`, to another text.
            ValueError: it is too long, or the question id is none.
        """
        return self._save(assessment, noted(question, text), revision)

    def save_action(self, assessment: str, key: str, decision: Decision | None, revision: int) -> int:
        """Store what was decided on the task with this key, in the way of `save_answer`; None takes it back.

        Raises:
            NotFound: there is no such assessment.
            Conflict: this decision was changed since `revision`, to another one, or the assessment was taken over.
            ValueError: the key is none, or the decision is about another task.
        """
        return self._save(assessment, decided(key, decision), revision)

    def save_date(self, assessment: str, on: date | None, revision: int) -> int:
        """Store the day of the occasion that comes first, in the way of `save_answer`; None takes it away.

        Raises:
            NotFound: there is no such assessment.
            Conflict: it was changed since `revision`, to another day.
        """
        return self._save(assessment, dated(on), revision)

    def remember_advice(self, assessment: str, advised: Advised) -> int:
        """Store what is advised now, unless that was stored last; returns the revision.

        Raises:
            NotFound: there is no such assessment.
        """
        return self._save(assessment, advice_given(advised), None, advised.knowledge_version)

    def adopt(self, assessment: str, adoption: Adoption, revision: int) -> int:
        """Take an assessment over into another version of the knowledge, at once; returns the new revision.

        What no longer holds stays in the events. Undo goes no further back than this.

        Raises:
            NotFound: there is no such assessment.
            Conflict: anything was changed since `revision`.
        """
        stored = self.open(assessment)
        with self._database.writing() as connection:
            latest = lock(connection, assessment, self._viewer, "contributor")
            if not stored.revision == revision == latest.number:
                raise Conflict(None, latest.number)
            changes = [*adopted(stored, adoption)]
            append(connection, assessment, revision, self._viewer.name, adoption.advised.knowledge_version, changes)
            return revision + len(changes)

    def rename(self, assessment: str, title: str) -> int:
        """Give an assessment another title; returns the new revision. The title that was given last holds.

        Raises:
            NotFound: there is no such assessment.
            ValueError: the title is too long.
        """
        return self._save(assessment, titled(title), None)

    def exported(self, assessment: str, form: str) -> None:
        """Write down that an assessment was taken out of the store, and in which form.

        Raises:
            NotFound: there is no such assessment.
        """
        with self._database.writing() as connection:
            lock(connection, assessment, self._viewer, "reader")
            record(connection, assessment, self._viewer, "exported", about=form[:FORM_LENGTH])

    def undo(self, assessment: str, kind: Literal["answer", "action"] = "answer") -> str | None:
        """Take back the last answer that was not taken back yet; returns its question, or None when there is none.

        With kind 'action' it is the last decision on the plan, and the key of its task. Undoing answers leaves every
        decision as it is, and the other way round: one works on a page that shows either. What the assessment was made
        with, or taken over with into a newer version of the knowledge, stays, and so do notes and titles; and for who
        is no owner what was there on joining.

        Raises:
            NotFound: there is no such assessment.
        """
        with self._database.writing() as connection:
            latest = lock(connection, assessment, self._viewer, "contributor")
            past_changes = history(connection, assessment, kind)
            last = last_standing(past_changes, max(latest.began_with, latest.joined_after))
            if last is None:
                return None
            question = last.change.question
            before = [
                one.change.value for one in past_changes if one.change.question == question and one.number < last.number
            ]
            restored = Change(kind, question, before[-1] if before else None, undoes=last.number)
            append(connection, assessment, latest.number, self._viewer.name, latest.knowledge_version, [restored])
            return question

    def _past(self, assessment: str) -> Past:
        with self._database.reading() as connection:
            found = past(connection, assessment, self._viewer)
            known = self._viewer.user is None or saw_today(connection, assessment, self._viewer)
        if not known:
            with self._database.writing() as connection:
                record(connection, assessment, self._viewer, "saw")
        return found

    def _save(self, assessment: str, change: Change, revision: int | None, version: str | None = None) -> int:
        """Add a change unless it holds already; `revision` None overwrites what others wrote."""
        with self._database.writing() as connection:
            latest = lock(connection, assessment, self._viewer, "contributor")
            before = history(connection, assessment, change.kind, change.question)
            changed, current = (before[-1].number, before[-1].change.value) if before else (0, None)
            if current == change.value:
                return latest.number
            if revision is not None and not max(changed, latest.began_with) <= revision <= latest.number:
                raise Conflict(current, latest.number)
            append(
                connection, assessment, latest.number, self._viewer.name, version or latest.knowledge_version, [change]
            )
            return latest.number + 1
