"""Keeps assessments. What happened is only ever added to; the present state is read from it.

The revision of an assessment is the number of its last event. A save that returns more than `revision + 1` was merged
with what others wrote meanwhile: open the assessment again before the next save, or that could overwrite unseen work.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from sqlalchemy import delete, select

from assessment.plan import Decision
from assessment.storage.changes import (
    NOTE_LENGTH,
    TITLE_LENGTH,
    adopted,
    advice_given,
    answered,
    decided,
    noted,
    titled,
)
from assessment.storage.database import Database
from assessment.storage.errors import Conflict, NotFound, StoreError
from assessment.storage.events import Change, Event, append, counts, history, lock, moments, titles, value
from assessment.storage.migration import prepare
from assessment.storage.state import Adoption, Advised, Happening, Stored, Summary, state
from assessment.storage.tables import assessments, events
from knowledge.model import Answer

__all__ = [
    "NOTE_LENGTH",
    "TITLE_LENGTH",
    "Adoption",
    "Advised",
    "Conflict",
    "Happening",
    "NotFound",
    "Store",
    "StoreError",
    "Stored",
    "Summary",
]


class Store:
    """The assessments in one database. Threads may share a store, and processes a database."""

    def __init__(self, url: str | None = None, who: str = "local"):
        """Open the database, or make it. Without a URL it is a file in the user's data folder.

        Raises:
            StoreError: the database is damaged, is not ours, or was made by a newer version; it is left as it was.
        """
        self._database = Database(url)
        self._who = who
        try:
            prepare(self._database)
        except StoreError:
            self.close()
            raise

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
    ) -> str:
        """Store a new assessment; returns its id, which nobody can guess.

        Raises:
            ValueError: the title or a note is too long, or an answer or a question id is none.
        """
        start = [
            titled(title),
            *(answered(question, answer) for question, answer in answers.items()),
            *(noted(question, text) for question, text in notes.items()),
        ]
        assessment = secrets.token_urlsafe(12)
        with self._database.writing() as connection:
            connection.execute(assessments.insert().values(id=assessment, from_case=case, began_with=len(start)))
            append(connection, assessment, 0, self._who, knowledge_version, start)
        return assessment

    def list(self) -> tuple[Summary, ...]:
        """Every assessment, newest first."""
        title, count, moment = titles(), counts(), moments()
        query = (
            select(assessments, title.c.title, moment.c.updated, count.c.answered)
            .join(title, title.c.assessment == assessments.c.id)
            .join(moment, moment.c.assessment == assessments.c.id)
            .outerjoin(count, count.c.assessment == assessments.c.id)
            .order_by(moment.c.updated.desc(), assessments.c.id)
        )
        with self._database.reading() as connection:
            return tuple(
                Summary(id=row.id, title=row.title, updated=row.updated, answered=row.answered or 0, case=row.from_case)
                for row in connection.execute(query)
            )

    def open(self, assessment: str) -> Stored:
        """An assessment as it is now.

        Raises:
            NotFound: there is no such assessment.
        """
        return state(assessment, *self._past(assessment))

    def history(self, assessment: str) -> tuple[Happening, ...]:
        """Everything that happened to an assessment, oldest first.

        Raises:
            NotFound: there is no such assessment.
        """
        return self._past(assessment)[1]

    def as_it_was(self, assessment: str, moment: datetime) -> Stored:
        """An assessment as it was at a moment (without a time zone: in the local one).

        Raises:
            NotFound: there was no such assessment then.
        """
        case, past = self._past(assessment)
        until = [one for one in past if one.moment <= moment.astimezone()]
        if not until:
            raise NotFound
        return state(assessment, case, until)

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
            latest = lock(connection, assessment)
            if not stored.revision == revision == latest.number:
                raise Conflict(None, latest.number)
            changes = [*adopted(stored, adoption)]
            append(connection, assessment, revision, self._who, adoption.advised.knowledge_version, changes)
            return revision + len(changes)

    def rename(self, assessment: str, title: str) -> int:
        """Give an assessment another title; returns the new revision. The title that was given last holds.

        Raises:
            NotFound: there is no such assessment.
            ValueError: the title is too long.
        """
        return self._save(assessment, titled(title), None)

    def delete(self, assessment: str) -> None:
        """Remove an assessment with all that ever happened to it.

        Raises:
            NotFound: there is no such assessment.
        """
        with self._database.writing() as connection:
            lock(connection, assessment)
            connection.execute(delete(events).where(events.c.assessment == assessment))
            connection.execute(delete(assessments).where(assessments.c.id == assessment))

    def undo(self, assessment: str, kind: Literal["answer", "action"] = "answer") -> str | None:
        """Take back the last answer that was not taken back yet; returns its question, or None when there is none.

        With kind 'action' it is the last decision on the plan, and the key of its task. Undoing answers leaves every
        decision as it is, and the other way round: one works on a page that shows either. What the assessment was made
        with, or taken over with into a newer version of the knowledge, stays, and so do notes and titles.

        Raises:
            NotFound: there is no such assessment.
        """
        with self._database.writing() as connection:
            latest = lock(connection, assessment)
            past = history(connection, assessment, kind)
            standing: list[Event] = []
            for event in past:
                if event.number <= latest.began_with:
                    continue
                if event.change.undoes is not None:
                    standing.pop()
                else:
                    standing.append(event)
            if not standing:
                return None
            number, taken = standing[-1]
            before = [one.change.value for one in past if one.change.question == taken.question and one.number < number]
            restored = Change(kind, taken.question, before[-1] if before else None, undoes=number)
            append(connection, assessment, latest.number, self._who, latest.knowledge_version, [restored])
            return taken.question

    def _past(self, assessment: str) -> tuple[str | None, tuple[Happening, ...]]:
        """The demonstration case that an assessment was made from, and its events."""
        with self._database.reading() as connection:
            case = connection.scalar(select(assessments.c.from_case).where(assessments.c.id == assessment))
            rows = connection.execute(
                select(events).where(events.c.assessment == assessment).order_by(events.c.number)
            ).all()
        if not rows:
            raise NotFound
        return case, tuple(
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

    def _save(self, assessment: str, change: Change, revision: int | None, version: str | None = None) -> int:
        """Add a change unless it holds already; `revision` None overwrites what others wrote."""
        with self._database.writing() as connection:
            latest = lock(connection, assessment)
            past = history(connection, assessment, change.kind, change.question)
            changed, current = (past[-1].number, past[-1].change.value) if past else (0, None)
            if current == change.value:
                return latest.number
            if revision is not None and not max(changed, latest.began_with) <= revision <= latest.number:
                raise Conflict(current, latest.number)
            append(connection, assessment, latest.number, self._who, version or latest.knowledge_version, [change])
            return latest.number + 1
