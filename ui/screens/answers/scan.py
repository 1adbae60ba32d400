"""The course of a scan: which questions it showed, which one comes next, and when it is time to stop."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from assessment.changes.next_question import SCAN


@dataclass
class Scan:
    """One scan of one assessment. `trail` holds the questions that it showed, `most` after how many it stops."""

    assessment: str
    trail: list[str] = field(default_factory=list)
    most: int = SCAN

    def number(self, question: str, answered: Collection[str]) -> int:
        """The place of a question that was shown, counting what was answered elsewhere before it."""
        return self._elsewhere(answered) + self.trail.index(question) + 1

    def show(self, question: str) -> None:
        """Note that a question is shown."""
        if question not in self.trail:
            self.trail.append(question)

    def before(self, question: str) -> str | None:
        """The question that was shown before this one."""
        place = self.trail.index(question)
        return self.trail[place - 1] if place else None

    def after(self, question: str, asked: Collection[str]) -> str | None:
        """The question that was shown after this one and is still asked, for who went back."""
        return next((one for one in self.trail[self.trail.index(question) + 1 :] if one in asked), None)

    def next(self, order: Sequence[str], answered: Collection[str]) -> str | None:
        """The first question that was not shown or answered yet; None when the scan is done."""
        return next((one for one in order if one not in self.trail and one not in answered), None)

    def go_on(self, answered: Collection[str]) -> None:
        """Ask as many questions again, and those that were passed over once more."""
        self.trail = [one for one in self.trail if one in answered]
        self.most = self._elsewhere(answered) + len(self.trail) + SCAN

    def _elsewhere(self, answered: Collection[str]) -> int:
        return sum(one not in self.trail for one in answered)
