"""Scores as ranges: the lowest and the highest that can still come out. The formula stands here only.

There is one of each theme, of each element of SER's model, and of everything together.
score = 100 x sum(weight x points) / sum(weight), over its scored questions that are asked and applicable.
Points run from 0 to 1; several choices count as the lowest of the chosen options. 'Don't know' and no answer count
with the worst option in the lowest score and with the best in the highest. 'Not applicable' does not count. A question
that may still turn out to be asked counts in either end only where it widens the range. An open safety finding of the
theme (for an element: with a lesson of that element) keeps it at the lowest level but one; where it rests on a 'don't
know', the highest score is left as it is, since the answer may take the finding away. So the range holds the score of
every way to answer what is still open.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from assessment.explanation import reason
from assessment.model import Contribution, Level, Score
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answer, Question
from knowledge.text import Text
from rules.inference import Trace, reference
from rules.meaning import NOT_ASKED, UNANSWERED
from rules.memory import working_memory
from rules.model import RuleBase
from rules.words import in_words

LEVELS: tuple[tuple[float, Level], ...] = ((75, "strong"), (50, "solid"), (25, "emerging"), (0, "fragile"))
OVERALL = Text(nl="Alles samen", en="Everything together")
CAP = 49.0
"""The highest score in per cent of a theme with an open safety finding: within the lowest level but one."""


def level(score: float) -> Level:
    """The level of a score from 0 to 100: fragile, emerging from 25, solid from 50, strong from 75."""
    return next(name for start, name in LEVELS if score >= start)


def points_range(question: Question, answer: Answer) -> tuple[float, float]:
    """The lowest and highest points (0 to 1) that an answer to a scored question can stand for."""
    if question.number is not None:
        bands = question.number.bands
        if isinstance(answer, int):
            exact = next(band.points for band in reversed(bands) if answer >= band.at_least)
            return exact, exact
        return min(band.points for band in bands), max(band.points for band in bands)
    every = {option.id: option.points or 0.0 for option in question.options}
    if answer in (UNKNOWN, UNANSWERED, NOT_ASKED):
        return min(every.values()), max(every.values())
    chosen = answer if isinstance(answer, tuple) else (str(answer),)
    exact = min(every[option] for option in chosen)
    return exact, exact


@dataclass(frozen=True)
class Scores:
    """The score of everything together, of each theme and of each element; only of what is surely asked."""

    overall: Score | None
    themes: tuple[Score, ...]
    elements: tuple[Score, ...]


def scores(trace: Trace, rules: RuleBase) -> Scores:
    """All scores of one case."""
    knowledge = rules.knowledge
    settled = {
        question: answer
        for question, answer in trace.memory.facts.items()
        if answer not in (UNKNOWN, UNANSWERED, NOT_ASKED)
    }
    whatever_comes = reference(rules, working_memory(settled, knowledge.questions))
    contributions = _contributions(trace, whatever_comes, rules)
    capping = {
        rule.id: knowledge.lessons[rule.lesson]
        for rule in rules.rules.values()
        if rule.lesson is not None
        and knowledge.lessons[rule.lesson].severity == "critical"
        and rule.id in rules.without_negation
    }

    def score(about: str, title: Text, counted: list[Contribution], critical: list[str]) -> Iterator[Score]:
        if not any(one.certain for one in counted):
            return
        lowest = 100 * _extreme([(one.lowest, one.weight, one.certain) for one in counted], highest=False)
        highest = 100 * _extreme([(one.highest, one.weight, one.certain) for one in counted], highest=True)
        if any(rule in whatever_comes.findings for rule in critical):
            highest = min(highest, CAP)
        if any(rule in whatever_comes.findings or rule in whatever_comes.undetermined for rule in critical):
            lowest = min(lowest, CAP)
        lowest, highest = round(lowest, 1), round(highest, 1)
        yield Score(
            about=about,
            title=title,
            lowest=lowest,
            highest=highest,
            lowest_level=level(lowest),
            highest_level=level(highest),
            capped_by=tuple(reason(rule, trace, rules) for rule in critical if rule in trace.findings),
            contributions=tuple(counted),
        )

    asked = knowledge.questions
    overall = score("overall", OVERALL, contributions, list(capping))
    themes = [
        score(
            theme.id,
            theme.title,
            [one for one in contributions if asked[one.question].theme == theme.id],
            [rule for rule in capping if rules.rules[rule].theme == theme.id],
        )
        for theme in knowledge.themes.values()
    ]
    elements = [
        score(
            element.id,
            element.title,
            [one for one in contributions if asked[one.question].element == element.id],
            [rule for rule, lesson in capping.items() if lesson.element == element.id],
        )
        for element in knowledge.elements.values()
    ]
    return Scores(next(overall, None), tuple(chain(*themes)), tuple(chain(*elements)))


def _contributions(trace: Trace, whatever_comes: Trace, rules: RuleBase) -> list[Contribution]:
    found = []
    for question in rules.knowledge.questions.values():
        answer = trace.memory.facts[question.id]
        asked = whatever_comes.memory.asked[question.id]
        if question.weight is None or asked is False or answer == NOT_APPLICABLE:
            continue
        lowest, highest = points_range(question, answer)
        could_drop_out = question.not_applicable and answer in (UNKNOWN, UNANSWERED)
        found.append(
            Contribution(
                question=question.id,
                asked=question.text,
                answer=in_words(question, answer),
                weight=question.weight,
                lowest=lowest,
                highest=highest,
                certain=asked is True and not could_drop_out,
            )
        )
    return found


def _extreme(items: Sequence[tuple[float, int, bool]], highest: bool) -> float:
    """The lowest or highest weighted mean of (points, weight, certain), where uncertain items may be left out."""
    total = sum(points * weight for points, weight, certain in items if certain)
    weights = sum(weight for _, weight, certain in items if certain)
    for points, weight, certain in sorted(items, reverse=highest):
        if not certain and ((points > total / weights) if highest else (points < total / weights)):
            total += points * weight
            weights += weight
    return total / weights
