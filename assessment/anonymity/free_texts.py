"""Every text in a dossier that a user wrote, with its place and what in it could lead to somebody."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from assessment.anonymity.traces import Hit, Name, traces
from assessment.dossier import Dossier
from knowledge.text import Text

Place = Literal["title", "note", "owner", "words", "reason", "note-on-action", "reference"]


@dataclass(frozen=True)
class FreeText:
    """A text of the user; `key` tells it from the others, `about` is the question or action that it belongs to."""

    key: str
    place: Place
    about: Text | None
    text: str


@dataclass(frozen=True)
class Reviewed:
    """A free text with its hits."""

    written: FreeText
    hits: tuple[Hit, ...]


def free_texts(dossier: Dossier) -> tuple[FreeText, ...]:
    """The texts of the user in the order of a sheet: title, notes, plan."""
    return tuple(one for one in _all(dossier) if one.text.strip())


def reviewed(dossier: Dossier, names: Iterable[Name] = ()) -> tuple[Reviewed, ...]:
    """Each text of the user with every hit in it, for somebody to look at before a file is made."""
    every = (*names, *owners(dossier))
    return tuple(Reviewed(one, traces(one.text, every)) for one in free_texts(dossier))


def owners(dossier: Dossier) -> tuple[Name, ...]:
    """Who does something in the plan, as names that must not appear."""
    return tuple(Name(one) for one in dict.fromkeys(action.decision.owner for action in dossier.plan.actions) if one)


def _all(dossier: Dossier) -> Iterator[FreeText]:
    yield FreeText("title", "title", None, dossier.assessment.title)
    knowledge = dossier.inference.base.knowledge
    for question, note in dossier.assessment.notes.items():
        if question in knowledge.questions:  # a note at a row is for own use only, and goes to nobody
            yield FreeText(f"note:{question}", "note", knowledge.noted[question], note)
    for action in dossier.plan.actions:
        decision, about = action.decision, action.task.title
        yield FreeText(f"owner:{action.key}", "owner", about, decision.owner)
        yield FreeText(f"words:{action.key}", "words", about, decision.words)
        yield FreeText(f"reason:{action.key}", "reason", about, decision.reason)
        yield FreeText(f"note:{action.key}", "note-on-action", about, decision.note)
        yield FreeText(f"reference:{action.key}", "reference", about, decision.reference)
