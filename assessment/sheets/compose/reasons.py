"""Why something is advised, told once: what stood at an earlier advice is referred to and not repeated."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from assessment.model import AnswerInWords, Reason
from assessment.sheets.compose.contents import Answered, Finding, Why

Shown = tuple[str, str]
"""A question and the answer, or the part of it, that was printed."""


class Reasons:
    """The reasons on one sheet, in the order of printing.

    `text` gives words in the language of the sheet, `not_so` those for a finding that is ruled out. `homework` numbers
    the questions whose answer is not known: these stand at the homework, and only their number stands at an advice.
    Without `with_answers` only conclusions are told.
    """

    def __init__(
        self,
        text: Callable[[object], str],
        not_so: Callable[[str], str],
        homework: Mapping[str, int],
        with_answers: bool = True,
    ):
        self.text, self.not_so, self.homework, self.with_answers = text, not_so, homework, with_answers
        self.answers: dict[Shown, int] = {}
        self.findings: dict[str, int] = {}

    def why(self, reason: Reason, number: int) -> Why:
        """The reason at the advice with this number, in two levels: the findings on the way become one list."""
        below = findings_below(reason)
        given = [one for each in (reason, *below) for one in answers_of(each)]
        to_find_out = {self.homework[one.question] for one in given if one.question in self.homework}
        resting_on = {shown(one) for one in given if one.question not in self.homework}
        known = {self.answers[one] for one in resting_on if one in self.answers}
        new = resting_on - self.answers.keys()
        answers = tuple(self._new(reason, new, number))
        findings = tuple(self._findings(below, new, number))
        return Why(
            says=self.text(reason.says),
            answers=answers,
            findings=findings if new or to_find_out else (),
            same=bool(resting_on) and not new and known == {number},
            see=tuple(sorted(known - {number})),
            homework=tuple(sorted(to_find_out)),
        )

    def _findings(self, below: Iterable[Reason], new: set[Shown], number: int) -> Iterator[Finding]:
        for one in below:
            answers = tuple(self._new(one, new, number))
            if answers or one.rule not in self.findings:
                self.findings.setdefault(one.rule, number)
                says = self.text(one.says) if one.holds else self.not_so(self.text(one.says))
                yield Finding(says.removesuffix(".") if answers else says, answers)

    def _new(self, reason: Reason, new: set[Shown], number: int) -> Iterator[Answered]:
        for one in answers_of(reason) if self.with_answers else ():
            if shown(one) in new and shown(one) not in self.answers:
                self.answers[shown(one)] = number
                yield Answered(self.text(one.asked), self.text(one.answer))


def once(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Each reason once, by its rule."""
    return tuple({one.rule: one for one in reasons}.values())


def shown(one: AnswerInWords) -> Shown:
    """What tells an answer from another, whatever the language."""
    return one.question, one.answer.nl


def findings_below(reason: Reason) -> tuple[Reason, ...]:
    """The findings that a reason rests on, at any depth, each once."""
    return once(below for ground in reason.grounds for one in ground.findings for below in (one, *findings_below(one)))


def answers_of(reason: Reason) -> tuple[AnswerInWords, ...]:
    """The answers that a reason rests on directly."""
    return tuple(one for ground in reason.grounds for one in ground.answers)
