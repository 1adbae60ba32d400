"""The course of a scan: which questions it showed, and which one comes next."""

from collections.abc import Collection, Container, Sequence
from dataclasses import dataclass, field

from knowledge.acts import CHAPTER
from knowledge.base import KnowledgeBase

START = "start"
"""The theme of what is asked on every occasion."""
LIST_SECONDS, QUESTION_SECONDS = 60, 15
"""About how long a list of acts takes, and another question."""


@dataclass
class Scan:
    """One scan of one assessment. `trail` holds the questions that it showed."""

    assessment: str
    trail: list[str] = field(default_factory=list)

    def show(self, question: str) -> None:
        """Note that a question is shown."""
        if question not in self.trail:
            self.trail.append(question)

    def before(self, question: str, asked: Collection[str]) -> str | None:
        """The question that was shown before this one and is still asked."""
        shown = self.trail[: self.trail.index(question)] if question in self.trail else []
        return next((one for one in reversed(shown) if one in asked), None)

    def after(self, question: str, asked: Collection[str]) -> str | None:
        """The question that was shown after this one and is still asked, for who went back."""
        return next((one for one in self.trail[self.trail.index(question) + 1 :] if one in asked), None)

    def next(self, order: Sequence[str], answered: Collection[str]) -> str | None:
        """The first question that was not shown or answered yet; None when the scan is done."""
        return next((one for one in order if one not in self.trail and one not in answered), None)

    def go_on(self, answered: Collection[str]) -> None:
        """Ask those that were passed over once more."""
        self.trail = [one for one in self.trail if one in answered]


def lists_of(knowledge: KnowledgeBase, asked: Container[str]) -> list[str]:
    """The lists of acts that are asked: those of the occasion before those that every occasion has."""
    lists = [one for one in knowledge.questions.values() if one.chapter == CHAPTER and one.id in asked]
    return [one.id for one in sorted(lists, key=lambda one: one.theme == START)]


def minutes(left: Collection[str], lists: Collection[str]) -> int:
    """About how many minutes these questions take, of which `lists` are lists of acts; at least one."""
    seconds = sum(LIST_SECONDS if one in lists else QUESTION_SECONDS for one in left)
    return max(1, round(seconds / 60))
