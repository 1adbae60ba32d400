"""Scores are ranges that hold every completion; unknown widens, not applicable does not move, safety caps."""

from random import Random

import pytest

from assessment.scoring import CAP, FEWEST, level, points_range, scores
from assessment.verdicts import given_verdicts
from knowledge.acts import NONE
from knowledge.base import knowledge_base
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answers
from rules.engine.inference import reference
from rules.engine.memory import working_memory
from rules.model import rule_base
from rules.sampling import random_answer, random_answers
from tests.support.amounts import amount

pytestmark = pytest.mark.slow

KNOWLEDGE = knowledge_base()


def ranges(answers: Answers) -> dict[str, tuple[float, float]]:
    trace = reference(rule_base(), working_memory(answers, KNOWLEDGE.questions))
    found = scores(trace, rule_base())
    every = (*found.themes, *found.elements, *([found.overall] if found.overall else []))
    return {score.about: (score.lowest, score.highest) for score in every}


def completed(answers: Answers, random: Random) -> Answers:
    """The same answers with a real answer to every question that was open or unknown."""
    full: Answers = {}
    for question in KNOWLEDGE.questions.values():
        answer = answers.get(question.id, UNKNOWN)
        while answer == UNKNOWN:
            answer = random_answer(question, random)
        full[question.id] = answer
    return full


def outside(random: Random, completions: int) -> list[str]:
    """Themes in which some completion of partial answers scores outside the range, with both."""
    partial = random_answers(KNOWLEDGE, random, share=random.random())
    wide, found = ranges(partial), []
    for _ in range(completions):
        for theme, (lowest, highest) in ranges(completed(partial, random)).items():
            assert lowest == highest
            if theme in wide and not wide[theme][0] - 0.1 <= lowest <= wide[theme][1] + 0.1:
                found.append(f"{theme}: {lowest} outside {wide[theme]}")
    return found


def narrowed(random: Random, some: int) -> list[str]:
    """Questions, of this many drawn ones, where "don't know" narrows a range."""
    full = completed({}, random)
    before, found = ranges(full), []
    for question in random.sample([*KNOWLEDGE.questions], some):
        after = ranges({**full, question: UNKNOWN})
        if any(
            after[theme][0] > before[theme][0] + 0.1 or after[theme][1] < before[theme][1] - 0.1
            for theme in before.keys() & after.keys()
        ):
            found.append(question)
    return found


def lowered(random: Random, some: int) -> list[str]:
    """Questions, of at most this many drawn ones, where an answer with more points lowers the score of its theme.

    The questions asked and all other answers are the same.
    """
    answers, found = completed({}, random), []
    asked = working_memory(answers, KNOWLEDGE.questions).asked
    open_ones = [one for one in KNOWLEDGE.questions.values() if one.scored and one.kind == "one" and asked[one.id]]
    for question in random.sample(open_ones, min(some, len(open_ones))):
        points: list[tuple[float, float]] = []
        for option in question.options:
            changed = {**answers, question.id: option.id}
            if option.points is None or working_memory(changed, KNOWLEDGE.questions).asked != asked:
                continue
            if (score := ranges(changed).get(question.theme)) is not None:
                points.append((option.points, score[0]))
        if any(low > high + 0.1 for few, low in points for many, high in points if few < many):
            found.append(question.id)
    return found


@pytest.mark.parametrize("seed", range(amount(8, 100)))
def test_a_range_holds_the_score_of_every_completion(seed: int) -> None:
    assert outside(Random(seed), completions=amount(4, 15)) == []


@pytest.mark.parametrize("seed", range(amount(1, 20)))
def test_dont_know_never_narrows_a_range(seed: int) -> None:
    assert narrowed(Random(seed), some=amount(40, len(KNOWLEDGE.questions))) == []


@pytest.mark.parametrize("seed", range(amount(1, 40)))
def test_more_points_for_an_answer_never_lower_the_score_of_its_theme(seed: int) -> None:
    assert lowered(Random(seed), some=amount(12, len(KNOWLEDGE.questions))) == []


def test_not_applicable_counts_for_nothing() -> None:
    random = Random(5)
    answers = completed({}, random)
    for question in KNOWLEDGE.questions.values():
        if question.not_applicable and question.scored:
            trace = reference(
                rule_base(), working_memory({**answers, question.id: NOT_APPLICABLE}, KNOWLEDGE.questions)
            )
            counted = {one.question for score in scores(trace, rule_base()).themes for one in score.contributions}
            assert question.id not in counted


def test_a_ticked_act_that_must_stop_keeps_every_score_low_however_good_the_rest() -> None:
    random = Random(11)
    rules = rule_base()
    seen = 0
    for _ in range(40):
        answers = completed({}, random)
        trace = reference(rules, working_memory(answers, KNOWLEDGE.questions))
        endangering = {
            rule: rules.rules[rule].theme
            for rule, one in given_verdicts(trace, rules)
            if one.act.ticked and one.verdict.verdict == "stop" and one.verdict.tier == 1
        }
        for score in scores(trace, rules).themes:
            critical = {rule for rule, theme in endangering.items() if theme == score.about}
            assert {one.rule for one in score.capped_by} == critical
            if endangering:
                seen += 1
                assert score.highest <= CAP and score.highest_level in ("fragile", "emerging")
    assert seen > 10


def test_a_score_is_the_share_of_conditions_met_and_needs_enough_of_them() -> None:
    random = Random(4)
    told = missing = 0
    for _ in range(40):
        harmless = {one.question.id: (NONE,) for one in KNOWLEDGE.act_lists.values()}
        trace = reference(rule_base(), working_memory(completed({}, random) | harmless, KNOWLEDGE.questions))
        found = {one.about: one for one in scores(trace, rule_base()).themes}
        for theme in KNOWLEDGE.themes:
            conditions = [
                points[0]
                for question in KNOWLEDGE.questions.values()
                if question.theme == theme and question.scored and trace.memory.asked[question.id]
                if (points := points_range(question, trace.memory.facts[question.id])) is not None
            ]
            assert (theme in found) is (len(conditions) >= FEWEST)
            if theme in found:
                told += 1
                assert found[theme].lowest == pytest.approx(100 * sum(conditions) / len(conditions), abs=0.06)
            missing += theme not in found
    assert told > 10 and missing > 10


@pytest.mark.parametrize(
    ("score", "name"),
    [(0, "fragile"), (24.9, "fragile"), (25, "emerging"), (50, "solid"), (75, "strong"), (100, "strong")],
)
def test_levels_begin_at_25_50_and_75(score: float, name: str) -> None:
    assert level(score) == name


def test_points_of_each_kind_of_answer() -> None:
    for question in KNOWLEDGE.questions.values():
        if not question.scored:
            continue
        low, high = points_range(question, UNKNOWN)
        assert 0 <= low < high <= 1, f"{question.id} has points that cannot differ"
        if question.kind == "several":
            chosen = [option for option in question.options if not option.exclusive]
            points = [option.points for option in chosen if option.points is not None]
            lowest = (min(points), min(points)) if points else None
            assert points_range(question, tuple(option.id for option in chosen)) == lowest, "the lowest of the chosen"
