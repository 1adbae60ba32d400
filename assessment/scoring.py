"""Scores as ranges: the lowest and the highest that can still come out. The formula stands here; columns follow it.

There is one of each theme, of each element of SER's model, and of everything together.
score = 100 x conditions met / conditions that apply, over its scored questions that are asked; a question is one
condition, met where its answer has points 1, not met at 0, and none where the answer has no points or it is 'not
applicable'. Several choices count as the lowest of the chosen options. 'Don't know' and no answer count as not met in
the lowest score and as met in the highest. With fewer than FEWEST conditions there is no score. A question that may
still turn out to be asked counts in either end only where it widens the range. A ticked act that must stop because it
endangers people keeps every score at the lowest level but one; where an open answer may take that away, the highest
score is left as it is. So the range holds the score of every way to answer what is still open.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from assessment.explanation import reason
from assessment.model import Contribution, Level, Score
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answer, Question
from knowledge.text import Text
from rules.engine.inference import Trace, conclusions
from rules.engine.memory import working_memory
from rules.meaning import NOT_ASKED, UNANSWERED, Truth
from rules.model import RuleBase
from rules.words import in_words

LEVELS: tuple[tuple[float, Level], ...] = ((75, "strong"), (50, "solid"), (25, "emerging"), (0, "fragile"))
OVERALL = Text(nl="Alles samen", en="Everything together")
FEWEST = 4
"""How many conditions surely apply at least, for a score to mean something."""
CAP = 49.0
"""The highest score in per cent with an open safety finding: within the lowest level but one."""


def level(score: float) -> Level:
    """The level of a score from 0 to 100: fragile, emerging from 25, solid from 50, strong from 75."""
    return next(name for start, name in LEVELS if score >= start)


def points_range(question: Question, answer: Answer) -> tuple[float, float] | None:
    """The lowest and highest points (0 to 1) that an answer to a scored question can stand for; None where it has none.

    What is open can still stand for anything from the worst to the best answer.
    """
    given = answer not in (UNKNOWN, UNANSWERED, NOT_ASKED)
    if answer == NOT_APPLICABLE:
        return None
    if question.number is not None:
        bands = [band for band in question.number.bands if not given or int(str(answer)) >= band.at_least]
        points = [band.points for band in (bands[-1:] if given else bands)]
    else:
        chosen = answer if isinstance(answer, tuple) else (str(answer),)
        points = [option.points for option in question.options if not given or option.id in chosen]
    known = [one for one in points if one is not None]
    return (min(known), max(known) if not given else min(known)) if known else None


def may_not_count(question: Question) -> bool:
    """Whether an answer to a scored question exists with which it is no condition."""
    points = (
        {band.points for band in question.number.bands} if question.number else {one.points for one in question.options}
    )
    return question.not_applicable or None in points


class Counted(NamedTuple):
    """What one condition adds to a score. Where it is not `certain`, it may turn out not to count."""

    lowest: float
    highest: float
    certain: bool


def counted(question: Question, answer: Answer, asked: Truth) -> Counted | None:
    """What a question adds, given its answer as the rules see it; None where it does not count.

    `asked` tells whether it is asked whatever comes of the answers that are still open.
    """
    points = points_range(question, answer) if question.scored and asked is not False else None
    if points is None or answer == NOT_APPLICABLE:
        return None
    could_drop_out = answer in (UNKNOWN, UNANSWERED) and may_not_count(question)
    return Counted(*points, asked is True and not could_drop_out)


def score_range(items: Sequence[Counted], surely_capped: bool, perhaps_capped: bool) -> tuple[float, float]:
    """The lowest and highest score in per cent of items of which at least one is certain.

    It is exact but for the noise of adding in another order, which is rounded off. `portfolio.scores` does the same for
    columns, and a test holds the two together.
    """
    lowest = min(100 * _extreme(items, highest=False), CAP if perhaps_capped else 100.0)
    highest = min(100 * _extreme(items, highest=True), CAP if surely_capped else 100.0)
    return float(np.round(lowest, 9)), float(np.round(highest, 9))


def shown(score: float) -> tuple[float, Level]:
    """A score as it is told: in tenths, with its level."""
    rounded = round(score, 1)
    return rounded, level(rounded)


def _extreme(items: Sequence[Counted], highest: bool) -> float:
    """The lowest or highest mean, where items that are not certain may be left out.

    It begins with what is certain. Each round takes in what would move the mean of the round before, which is part of
    what that round took in, until nothing moves.
    """

    def points(item: Counted) -> float:
        return item.highest if highest else item.lowest

    taken = [item for item in items if item.certain]
    while True:
        value = sum(map(points, taken)) / len(taken)
        pulling = [
            item for item in items if item.certain or (points(item) > value if highest else points(item) < value)
        ]
        if len(pulling) == len(taken):
            return value
        taken = pulling


@dataclass(frozen=True)
class Part:
    """What one score is about: the scored questions that count in it, and the capping rules that are of its subject."""

    about: str
    title: Text
    questions: tuple[str, ...]
    capping: tuple[str, ...]


@dataclass(frozen=True)
class Parts:
    """Everything that has a score."""

    overall: Part
    themes: tuple[Part, ...]
    elements: tuple[Part, ...]


@lru_cache(4)
def parts(rules: RuleBase) -> Parts:
    """Of which questions each score of a rule base is made, and which safety findings belong to it."""
    knowledge = rules.knowledge
    scored = [question for question in knowledge.questions.values() if question.scored]
    capping = rules.capping
    return Parts(
        Part("overall", OVERALL, tuple(question.id for question in scored), tuple(capping)),
        tuple(
            Part(
                theme.id,
                theme.title,
                tuple(question.id for question in scored if question.theme == theme.id),
                tuple(rule for rule in capping if rules.rules[rule].theme == theme.id),
            )
            for theme in knowledge.themes.values()
        ),
        tuple(
            Part(
                element.id,
                element.title,
                tuple(question.id for question in scored if question.element == element.id),
                tuple(rule for rule in capping if element_of(rule, rules) == element.id),
            )
            for element in knowledge.elements.values()
        ),
    )


def element_of(rule: str, rules: RuleBase) -> str:
    """The element of SER's model that a verdict is about: that of its first lesson."""
    return rules.knowledge.lessons[rules.verdicts[rule].verdict.lessons[0]].element


def _given(rule: str, trace: Trace, rules: RuleBase) -> bool:
    return rule in trace.findings and not any(earlier in trace.findings for earlier in rules.capping[rule])


def _surely_given(rule: str, settled: Mapping[str, Truth], rules: RuleBase) -> bool:
    return settled[rule] is True and all(settled[earlier] is False for earlier in rules.capping[rule])


def _perhaps_given(rule: str, settled: Mapping[str, Truth], rules: RuleBase) -> bool:
    return settled[rule] is not False and not any(settled[earlier] for earlier in rules.capping[rule])


@dataclass(frozen=True)
class Scores:
    """The score of everything together, of each theme and of each element; only of what is surely asked."""

    overall: Score | None
    themes: tuple[Score, ...]
    elements: tuple[Score, ...]


def scores(trace: Trace, rules: RuleBase) -> Scores:
    """All scores of one case."""
    questions = rules.knowledge.questions
    settled = {
        question: answer
        for question, answer in trace.memory.facts.items()
        if answer not in (UNKNOWN, UNANSWERED, NOT_ASKED)
    }
    whatever_comes = working_memory(settled, questions)
    items = {
        question.id: item
        for question in questions.values()
        if (item := counted(question, trace.memory.facts[question.id], whatever_comes.asked[question.id]))
    }

    known = conclusions(rules, whatever_comes.facts, rules.capping_rests_on)
    sure = any(_surely_given(rule, known, rules) for rule in rules.capping)
    perhaps = sure or any(_perhaps_given(rule, known, rules) for rule in rules.capping)

    def score(part: Part) -> Score | None:
        here = {question: items[question] for question in part.questions if question in items}
        if sum(item.certain for item in here.values()) < FEWEST:
            return None
        (lowest, lowest_level), (highest, highest_level) = map(shown, score_range(tuple(here.values()), sure, perhaps))
        return Score(
            about=part.about,
            title=part.title,
            lowest=lowest,
            highest=highest,
            lowest_level=lowest_level,
            highest_level=highest_level,
            capped_by=tuple(reason(rule, trace, rules) for rule in part.capping if _given(rule, trace, rules)),
            contributions=tuple(
                Contribution(
                    question=question,
                    asked=questions[question].text,
                    answer=in_words(questions[question], trace.memory.facts[question]),
                    **item._asdict(),
                )
                for question, item in here.items()
            ),
        )

    every = parts(rules)
    return Scores(
        score(every.overall),
        tuple(found for part in every.themes if (found := score(part))),
        tuple(found for part in every.elements if (found := score(part))),
    )
