"""What can be stored, checked: each change in the one form in which it is kept."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, TypeVar

from pydantic import StringConstraints, TypeAdapter, ValidationError

from assessment.plan import Decision, task_key
from assessment.store.events import Change
from assessment.store.state import Adoption, Advised, Kept, Stored
from knowledge.model import Answer
from knowledge.text import Id

TITLE_LENGTH = 200
NOTE_LENGTH = 5_000
COMMENT_LENGTH = 2_000

_T = TypeVar("_T")
_TITLE: TypeAdapter[str] = TypeAdapter(Annotated[str, StringConstraints(max_length=TITLE_LENGTH)])
_NOTE: TypeAdapter[str] = TypeAdapter(Annotated[str, StringConstraints(max_length=NOTE_LENGTH)])
_COMMENT: TypeAdapter[str] = TypeAdapter(
    Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=COMMENT_LENGTH)]
)
_ID: TypeAdapter[str] = TypeAdapter(Id)
_ANSWER: TypeAdapter[Answer | None] = TypeAdapter(Id | tuple[Id, ...] | int | None)


def titled(title: str) -> Change:
    """Another title of the assessment."""
    return Change("title", None, _checked(_TITLE, title, f"A title is text of at most {TITLE_LENGTH} characters."))


def noted(question: str, text: str) -> Change:
    """The note at a question; empty text takes it away."""
    checked = _checked(_NOTE, text, f"A note is text of at most {NOTE_LENGTH:,} characters.")
    return Change("note", _question(question), checked or None)


def commented(about: str, text: str) -> Change:
    """A comment at a question or on the task with this key; it stands beside those before it."""
    checked = _checked(_COMMENT, text, f"A comment is text of 1 to {COMMENT_LENGTH:,} characters.")
    return Change("comment", _checked(_ID, about, f"{about!r} is no question id or key of a task."), checked)


def dated(on: date | None) -> Change:
    """The day of the occasion that comes first; None takes it away."""
    return Change("date", None, None if on is None else on.isoformat())


def answered(question: str, answer: Answer | None) -> Change:
    """The answer to a question; None takes it back."""
    checked = _checked(_ANSWER, answer, "An answer is an option id, a tuple of option ids, or a whole number.")
    return Change("answer", _question(question), checked)


def decided(key: str, decision: Decision | None) -> Change:
    """What was decided on the task with this key; None takes it back."""
    checked = _checked(_ID, key, f"{key!r} is no key of a task.")
    if decision is not None and decision.task.key != key:
        raise ValueError(f"The decision is about {decision.task.key}, not about {key}.")
    return Change("action", checked, None if decision is None else decision.model_dump(mode="json"))


def lapsed_since(key: str, day: date) -> Change:
    """Since when the task with this key is no longer advised, as a file says that was made elsewhere."""
    return Change("lapsed", _checked(_ID, key, f"{key!r} is no key of a task."), day.isoformat())


def kept_from(question: str, kept: Kept) -> Change:
    """What was answered to a question in the assessment that this one begins from."""
    answered(question, kept.answer)
    return Change("kept", question, kept.model_dump(mode="json"))


def advice_given(advised: Advised) -> Change:
    """What was advised at this moment."""
    return Change("advice", None, advised.model_dump(mode="json"))


def adopted(stored: Stored, adoption: Adoption) -> Iterator[Change]:
    """Everything that taking over changes. What has another id now is kept under that id, with notes and decisions."""
    before, after = stored.assessment.answers, adoption.answers
    for question in dict.fromkeys((*before, *after)):
        if before.get(question) != after.get(question):
            yield answered(question, after.get(question))
    notes = stored.assessment.notes
    for old, new in adoption.renamed.items():
        if old in notes and new not in notes:
            yield noted(old, "")
            yield noted(new, notes[old])
        decision = stored.decisions.get(task_key("homework", old))
        if decision is not None and task_key("homework", new) not in stored.decisions:
            task = decision.task.model_copy(update={"id": new, "theme": new.split(".")[0]})
            yield decided(task_key("homework", old), None)
            yield decided(task.key, decision.model_copy(update={"task": task}))
    yield Change("adopted", None, adoption.model_dump(mode="json", exclude={"answers", "advised"}))
    yield advice_given(adoption.advised)


def _question(question: str) -> str:
    return _checked(_ID, question, f"{question!r} is no question id.")


def _checked(kind: TypeAdapter[_T], given: _T, otherwise: str) -> _T:
    try:
        return kind.validate_python(given, strict=True)
    except ValidationError:
        raise ValueError(otherwise) from None
