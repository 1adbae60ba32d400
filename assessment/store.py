"""Keeps assessments. What happened is only ever added to; the present state is read from it.

The revision of an assessment is the number of its last event. A save that returns more than `revision + 1` was merged
with what others wrote meanwhile: open the assessment again before the next save, or that could overwrite unseen work.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, TypeVar

from pydantic import StringConstraints, TypeAdapter, ValidationError
from sqlalchemy import delete, select

from assessment.model import Assessment
from assessment.storage.database import Database
from assessment.storage.errors import Conflict, NotFound, StoreError
from assessment.storage.events import Change, Event, append, counts, history, lock, moments, titles, value
from assessment.storage.migration import prepare
from assessment.storage.tables import assessments, events
from knowledge.model import Answer
from knowledge.text import Frozen, Id

__all__ = ["NOTE_LENGTH", "TITLE_LENGTH", "Conflict", "NotFound", "Store", "StoreError", "Stored", "Summary"]

TITLE_LENGTH = 200
NOTE_LENGTH = 5_000


class Summary(Frozen):
    """One line about an assessment; `case` is the demonstration case that it was made from."""

    id: str
    title: str
    updated: datetime
    answered: int
    case: str | None


class Stored(Frozen):
    """An assessment as it is stored at one revision; `case` is the demonstration case that it was made from."""

    id: str
    assessment: Assessment
    revision: int
    updated: datetime
    case: str | None


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
            _title(title),
            *(_answer(question, answer) for question, answer in answers.items()),
            *(_note(question, text) for question, text in notes.items()),
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
        with self._database.reading() as connection:
            case = connection.scalar(select(assessments.c.from_case).where(assessments.c.id == assessment))
            rows = connection.execute(
                select(events).where(events.c.assessment == assessment).order_by(events.c.number)
            ).all()
        if not rows:
            raise NotFound
        current = {(row.kind, row.question): value(row.value) for row in rows}
        return Stored(
            id=assessment,
            assessment=Assessment(
                title=current["title", None],
                answers={about: now for (kind, about), now in current.items() if kind == "answer" and now is not None},
                notes={about: now for (kind, about), now in current.items() if kind == "note" and now},
                knowledge_version=rows[-1].knowledge_version,
            ),
            revision=rows[-1].number,
            updated=max(row.made_at for row in rows),
            case=case,
        )

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
            Conflict: this question was changed since `revision`, to another answer.
            ValueError: it is no answer, or the question id is none.
        """
        return self._save(assessment, _answer(question, answer), revision, knowledge_version)

    def save_note(self, assessment: str, question: str, text: str, revision: int) -> int:
        """Store the note at a question, in the way of `save_answer`; empty text takes it away.

        Raises:
            NotFound: there is no such assessment.
            Conflict: this note was changed since `revision`, to another text.
            ValueError: it is too long, or the question id is none.
        """
        return self._save(assessment, _note(question, text), revision)

    def rename(self, assessment: str, title: str) -> int:
        """Give an assessment another title; returns the new revision. The title that was given last holds.

        Raises:
            NotFound: there is no such assessment.
            ValueError: the title is too long.
        """
        return self._save(assessment, _title(title), None)

    def delete(self, assessment: str) -> None:
        """Remove an assessment with all that ever happened to it.

        Raises:
            NotFound: there is no such assessment.
        """
        with self._database.writing() as connection:
            lock(connection, assessment)
            connection.execute(delete(events).where(events.c.assessment == assessment))
            connection.execute(delete(assessments).where(assessments.c.id == assessment))

    def undo(self, assessment: str) -> str | None:
        """Take back the last answer that was not taken back yet; returns its question, or None when there is none.

        The answers that an assessment was made with stay, and so do notes and titles.

        Raises:
            NotFound: there is no such assessment.
        """
        with self._database.writing() as connection:
            latest = lock(connection, assessment)
            past = history(connection, assessment, "answer")
            standing: list[Event] = []
            for event in past:
                if event.change.undoes is not None:
                    standing.pop()
                elif event.number > latest.began_with:
                    standing.append(event)
            if not standing:
                return None
            number, taken = standing[-1]
            before = [one.change.value for one in past if one.change.question == taken.question and one.number < number]
            restored = Change("answer", taken.question, before[-1] if before else None, undoes=number)
            append(connection, assessment, latest.number, self._who, latest.knowledge_version, [restored])
            return taken.question

    def _save(self, assessment: str, change: Change, revision: int | None, version: str | None = None) -> int:
        """Add a change unless it holds already; `revision` None overwrites what others wrote."""
        with self._database.writing() as connection:
            latest = lock(connection, assessment)
            past = history(connection, assessment, change.kind, change.question)
            changed, current = (past[-1].number, past[-1].change.value) if past else (0, None)
            if current == change.value:
                return latest.number
            if revision is not None and not changed <= revision <= latest.number:
                raise Conflict(current, latest.number)
            append(connection, assessment, latest.number, self._who, version or latest.knowledge_version, [change])
            return latest.number + 1


_T = TypeVar("_T")
_TITLE: TypeAdapter[str] = TypeAdapter(Annotated[str, StringConstraints(max_length=TITLE_LENGTH)])
_NOTE: TypeAdapter[str] = TypeAdapter(Annotated[str, StringConstraints(max_length=NOTE_LENGTH)])
_QUESTION: TypeAdapter[str] = TypeAdapter(Id)
_ANSWER: TypeAdapter[Answer | None] = TypeAdapter(Id | tuple[Id, ...] | int | None)


def _title(title: str) -> Change:
    return Change("title", None, _checked(_TITLE, title, f"A title is text of at most {TITLE_LENGTH} characters."))


def _note(question: str, text: str) -> Change:
    checked = _checked(_NOTE, text, f"A note is text of at most {NOTE_LENGTH:,} characters.")
    return Change("note", _question(question), checked or None)


def _answer(question: str, answer: Answer | None) -> Change:
    checked = _checked(_ANSWER, answer, "An answer is an option id, a tuple of option ids, or a whole number.")
    return Change("answer", _question(question), checked)


def _question(question: str) -> str:
    return _checked(_QUESTION, question, f"{question!r} is no question id.")


def _checked(kind: TypeAdapter[_T], given: _T, otherwise: str) -> _T:
    try:
        return kind.validate_python(given, strict=True)
    except ValidationError:
        raise ValueError(otherwise) from None
