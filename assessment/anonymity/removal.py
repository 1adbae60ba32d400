"""A dossier without names: every text of the user left out, replaced by roles, or kept after it was looked at."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Literal

from assessment.anonymity.folding import key, stands_in
from assessment.anonymity.free_texts import owners
from assessment.anonymity.source import must_be_default, without_source
from assessment.anonymity.traces import Name, parts, replaced, traces
from assessment.anonymity.vocabulary import lists, ordinary
from assessment.dossier import Dossier
from assessment.plan import Action, Decision
from knowledge.model import Answers
from knowledge.text import Language

Choice = Literal["leave-out", "replace", "keep"]
"""What happens with a text of the user. A text that is kept still loses the names that must not appear."""


def without_names(
    dossier: Dossier, names: Iterable[Name] = (), language: Language = "nl", choices: Mapping[str, Choice] = {}
) -> Dossier:
    """The same advice without what leads to people. `choices` tells by key of the free text what happens with it.

    A text without a choice is left out; the title always becomes a role, and so does each owner who is not kept.
    The knowledge base's own texts are public and stay.
    """
    return _Removal(dossier, names, language, choices).dossier()


def shareable(
    dossier: Dossier, names: Iterable[Name] = (), language: Language = "nl", choices: Mapping[str, Choice] = {}
) -> Dossier:
    """The dossier that can be sent to anybody: without names, and where a source must stay hidden, without a trace
    of there being one.

    It always says that it is shortened: where it only did so for a hidden source, that would show it.
    """
    hidden = must_be_default(dossier)
    whole = without_names(without_source(dossier) if hidden else dossier, names, language, choices)
    return replace(whole, shortened=True)


def role_title(answers: Answers, language: Language) -> str:
    """The title that stands instead of the user's: what the assessment is about."""
    occasions = answers.get("core.occasions", ())
    chosen = next((one for one in lists().titles if isinstance(occasions, tuple) and one in occasions), "other")
    return lists().titles[chosen].in_(language)


class _Removal:
    def __init__(self, whole: Dossier, names: Iterable[Name], language: Language, choices: Mapping[str, Choice]):
        self.whole, self.language, self.choices = whole, language, choices
        kept = [one.decision.owner for one in whole.plan.actions if self.choice(f"owner:{one.key}") == "keep"]
        self.names = (*names, *(one for one in owners(whole) if one.text not in kept))
        self.hidden = {part.text for name in self.names for part in parts(name) if not _ordinary(part)}
        self.owners = {name.text: number for number, name in enumerate(owners(whole), start=1)}

    def dossier(self) -> Dossier:
        whole = self.whole
        title = role_title(whole.assessment.answers, self.language)
        questions = whole.inference.base.knowledge.questions
        notes = {
            name: self.said(f"note:{name}", note) for name, note in whole.assessment.notes.items() if name in questions
        }
        return replace(
            whole,
            assessment=whole.assessment.model_copy(
                update={"title": title, "notes": {name: note for name, note in notes.items() if note}}
            ),
            advice=whole.advice.model_copy(update={"title": title}),
            plan=whole.plan.model_copy(update={"actions": tuple(map(self.action, whole.plan.actions))}),
            key=hashlib.sha256(f"without names {whole.key}".encode()).hexdigest()[:16] if whole.key else "",
        )

    def choice(self, about: str) -> Choice:
        return self.choices.get(about, "leave-out")

    def said(self, about: str, text: str) -> str:
        """What becomes of a text; nothing where a name would still stand in it."""
        choice = self.choice(about)
        if choice == "leave-out":
            return ""
        hits = traces(text, self.names)
        said = replaced(text, hits if choice == "replace" else [one for one in hits if one.listed], self.language)
        return "" if stands_in(self.hidden, said) else said

    def action(self, action: Action) -> Action:
        before = action.decision
        words = self.said(f"words:{action.key}", before.words)
        if before.words and not words:
            words = lists().words_left_out.in_(self.language)
        decision = Decision(
            task=before.task,
            status=before.status,
            owner=self.owner(action),
            due=before.due,
            words=words,
            reason=self.said(f"reason:{action.key}", before.reason),
            note=self.said(f"note:{action.key}", before.note),
            reference=self.said(f"reference:{action.key}", before.reference),
        )
        return action.model_copy(update={"decision": decision})

    def owner(self, action: Action) -> str:
        owner = action.decision.owner
        if not owner:
            return ""
        if self.choice(f"owner:{action.key}") == "keep":
            return self.said(f"owner:{action.key}", owner)
        return lists().owner.in_(self.language).format(number=self.owners[owner])


def _ordinary(name: Name) -> bool:
    """Whether a name consists of ordinary words only, which may then stand in what replaces it."""
    return set(key(name.text).split()) <= ordinary()
