"""One advice followed as a group can follow it: from the answers over what follows from them to the passage."""

from dataclasses import dataclass
from typing import Literal

from assessment.model import Advice, AnswerInWords, Reason
from knowledge.model import Basis, Citation, Lesson
from knowledge.text import Text
from rules.model import RuleBase

MOST = 5
StepKind = Literal["answers", "finding", "advice", "passage"]


@dataclass(frozen=True)
class TrailStep:
    """One step. `answers` are those of the company that it rests on, `given` what was found before.

    `says` is what is found or advised; a finding that was ruled out does not `hold`.
    """

    kind: StepKind
    says: Text | None = None
    holds: bool = True
    answers: tuple[AnswerInWords, ...] = ()
    given: tuple[Reason, ...] = ()
    lesson: Lesson | None = None
    sources: tuple[Citation, ...] = ()
    basis: Basis = "stated"


def followed(advice: Advice) -> dict[str, Text]:
    """What can be followed, by its id: what asks for something first, then what more is advised."""
    found = {one.act: one.label for one in advice.verdicts if one.asks}
    return found | {one.card: one.title for one in advice.recommendations}


def first_followed(advice: Advice) -> str:
    """The advice that shows most: of the most urgent ones, that with the longest way from answer to advice."""
    some = [one.act for one in advice.verdicts if one.asks][:MOST] or list(followed(advice))[:MOST]
    return max(some, key=lambda one: len(_findings(_reason(advice, one))), default="")


def trail(advice: Advice, about: str, rules: RuleBase) -> tuple[TrailStep, ...]:
    """The steps of one advice; none where it is not given."""
    if about not in followed(advice):
        return ()
    reason = _reason(advice, about)
    findings = _findings(reason)
    verdict = next((one for one in advice.verdicts if one.act == about), None)
    if verdict is not None:
        lesson, basis = rules.knowledge.lessons[verdict.lessons[0]], verdict.basis
        says = verdict.instead or verdict.label
    else:
        lesson = next(one for one in advice.recommendations if one.card == about).lessons[0].lesson
        says, basis = lesson.advice, lesson.basis
    own = _ground(reason)
    return (
        TrailStep("answers", answers=tuple(one for one in reason.answers() if one.is_asked)),
        *(TrailStep("finding", one.says, one.holds, *_ground(one)) for one in findings),
        TrailStep("advice", says, answers=own[0], given=own[1]),
        TrailStep("passage", lesson.evidence, lesson=lesson, sources=lesson.sources, basis=basis),
    )


def _reason(advice: Advice, about: str) -> Reason:
    for verdict in advice.verdicts:
        if verdict.act == about:
            return verdict.reason
    return next(one for one in advice.recommendations if one.card == about).lessons[0].reasons[0]


def _ground(reason: Reason) -> tuple[tuple[AnswerInWords, ...], tuple[Reason, ...]]:
    """What it rests on: the first of its grounds, each of which is enough by itself."""
    return (reason.grounds[0].answers, reason.grounds[0].findings) if reason.grounds else ((), ())


def _findings(reason: Reason) -> tuple[Reason, ...]:
    """The findings below a reason, each after those that it rests on, and once."""
    found: dict[str, Reason] = {}

    def visit(one: Reason) -> None:
        for below in _ground(one)[1]:
            visit(below)
            found.setdefault(below.rule, below)

    visit(reason)
    return tuple(found.values())
