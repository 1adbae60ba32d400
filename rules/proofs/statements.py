"""Statements about the rule base, put to the proof over every possible set of answers."""

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import permutations
from typing import Any, get_args

import z3

from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answer, Answers, Question
from rules.engine.inference import reference
from rules.engine.memory import working_memory
from rules.model import RuleBase, Weight
from rules.normal_form import YES, Variable
from rules.proofs.advice import Claim, claims, given, possible_verdicts
from rules.proofs.space import OPEN, AnswerSpace, either, every, finite_solver
from rules.theorems import Theorem, Theorems


@dataclass(frozen=True)
class Result:
    """One statement that was put to the proof. `answers` is the smallest counterexample where it does not hold."""

    name: str
    says: str
    holds: bool
    seconds: float
    answers: Answers | None = None


Proof = tuple[bool, Answers | None]
Statement = tuple[str, str, Callable[[], Proof]]
"""Its name, what it says, and the work that proves it or finds answers against it."""


def prove(base: RuleBase, theorems: Theorems, theme: str | None = None) -> Iterator[Result]:
    """Put every statement to the proof, one by one; with `theme` only those about rules of that theme.

    Each counterexample is checked with the reference meaning before it is given.
    """
    for name, says, work in statements(base, theorems, theme):
        yield _timed(name, says, work)


def statements(
    base: RuleBase, theorems: Theorems, theme: str | None = None, space: AnswerSpace | None = None
) -> Iterator[Statement]:
    """Every statement, in an order that stays the same, so that a part of them can be proved elsewhere.

    A `space` of the same rule base, where there is one, saves time.
    """
    space = space or AnswerSpace(base)
    rules = [rule for rule in base.rules.values() if theme in (None, rule.theme)]
    lessons = dict.fromkeys(rule.lesson for rule in rules if rule.lesson is not None)
    yield from _possible(
        space,
        [
            *((f"can apply: {rule.id}", rule.says.en, space.true[rule.id]) for rule in rules),
            *((f"can be advised: {lesson}", "", space.advised(lesson)) for lesson in lessons),
            *(possible_verdicts(space) if theme is None else ()),
        ],
    )
    if theme is None:
        for name, says, demand in claims(space):
            yield name, says, partial(_never, space, demand)
    yield from _implied(space, theorems, [rule.id for rule in rules])
    for theorem in theorems.theorems:
        if theme is None or _about(base, theorem, theme):
            yield theorem.id, theorem.says.en, partial(_violation, space, theorem)
    for question in base.knowledge.questions.values():
        if theme in (None, question.theme):
            if question.scored:
                name = f"more points never lower the score: {question.id}"
                yield name, "", partial(_drop, space, question)
            yield f"can change the advice: {question.id}", "", partial(_matters, space, question)


def _possible(space: AnswerSpace, demands: list[Claim]) -> Iterator[Statement]:
    """That each demand can be met. Answers that meet one, and are else arbitrary, meet many more at once."""
    open_ones = {name: demand for name, _, demand in demands}

    def met(name: str) -> Proof:
        if name in open_ones:
            answers = space.some_model(open_ones[name])
            if answers is None:
                return False, None
            for other in [other for other, demand in open_ones.items() if z3.is_true(answers.eval(demand))]:
                del open_ones[other]
        return True, None

    for name, says, _ in demands:
        yield name, says, partial(met, name)


def _about(base: RuleBase, theorem: Theorem, theme: str) -> bool:
    """Whether a theorem speaks of lessons or acts of a theme; one that speaks of neither is about every theme."""
    verdicts = theorem.verdicts.rules(base) if theorem.verdicts is not None else ()
    themes = {rule.theme for rule in base.rules.values() if rule.lesson in theorem.lessons}
    themes |= {base.rules[rule].theme for rule in verdicts}
    return theme in themes or not themes


def _timed(name: str, says: str, work: Callable[[], Proof]) -> Result:
    start = time.perf_counter()
    holds, answers = work()
    return Result(name, says, holds, time.perf_counter() - start, answers)


def _never(space: AnswerSpace, demand: Any) -> Proof:
    answers = space.smallest(demand)
    return answers is None, answers


def _violation(space: AnswerSpace, theorem: Theorem) -> Proof:
    """The smallest answers that break a theorem; they are run through the reference meaning to be sure."""
    situation = [
        *([space.truth(theorem.when)] if theorem.when is not None else []),
        *([z3.Not(space.truth(theorem.unless))] if theorem.unless is not None else []),
        *([either([space.advised(one) for one in theorem.advised])] if theorem.advised else []),
    ]
    wrong = [space.advised(one) for one in theorem.never] + [z3.Not(space.advised(one)) for one in theorem.always]
    if theorem.one_of:
        wrong.append(z3.Not(either([space.advised(one) for one in theorem.one_of])))
    if theorem.then is not None:
        wrong.append(z3.Not(space.truth(theorem.then)))
    verdicts = [*theorem.verdicts.rules(space.base)] if theorem.verdicts is not None else []
    wrong += [_gets(space, rule) for rule in verdicts]
    answers = space.smallest(*situation, either(wrong))
    if answers is None:
        return True, None
    trace = reference(space.base, working_memory(answers, space.base.knowledge.questions))
    advised = {space.base.rules[rule].lesson for rule in trace.findings}
    doubted = set(theorem.never) & advised or set(theorem.always) - advised or theorem.one_of or theorem.then
    assert doubted or set(verdicts) & set(trace.findings), (
        f"{theorem.id}: the counterexample {answers} is none for the reference meaning"
    )
    return False, answers


def _gets(space: AnswerSpace, rule: str) -> Any:
    """That an act gets the verdict of this rule, and is not silenced by one that finds its means unsuitable."""
    verdicts = space.base.verdicts
    one = verdicts[rule]
    if one.verdict.verdict in ("stop", "repair") or one.act.means is None:
        return given(space, rule)
    unsuitable = [
        given(space, other)
        for other, each in verdicts.items()
        if each.verdict.unsuitable and each.act.means == one.act.means
    ]
    return z3.And(given(space, rule), z3.Not(either(unsuitable)))


def _implied(space: AnswerSpace, theorems: Theorems, rules: list[str]) -> Iterator[Statement]:
    """No rule is implied by another that leads to the same lesson and weighs as much, but for those listed."""
    listed = {(one.rule, one.by) for one in theorems.implied}
    by_lesson: dict[str, list[str]] = {}
    for rule in rules:
        lesson = space.base.rules[rule].lesson
        if lesson is not None:
            by_lesson.setdefault(lesson, []).append(rule)
    for lesson, some in by_lesson.items():
        for rule, other in permutations(some, 2):
            if _weight(space, rule) < _weight(space, other):
                continue

            def adds(rule: str = rule, other: str = other) -> Proof:
                alone = space.solver.check(space.true[rule], z3.Not(space.true[other])) == z3.sat
                return alone is ((rule, other) not in listed), None

            yield f"not implied: {rule} by {other}", f"both lead to {lesson}", adds


def _weight(space: AnswerSpace, rule: str) -> int:
    """The place of what a rule finds among the weights; a gap within what is the setting anyway says more."""
    return get_args(Weight).index(space.base.rules[rule].ground)


def _drop(space: AnswerSpace, question: Question) -> Proof:
    """More points for one answer, all else and all that is asked being the same, never lower the theme's score.

    The mean of a theme cannot fall when one of its points rises. What can lower a score is a stop that the better
    answer brings and the worse one does not. So it is enough to show that there is none, and no sum is needed.
    """
    from_worse, to_better, changed = _two_answers(space, question)
    capping, possible = space.base.capping, _both_possible(space, changed)
    for theme in dict.fromkeys(space.base.rules[rule].theme for rule in capping):
        stops = [
            rule
            for rule in capping
            if space.base.rules[rule].theme == theme
            and any(question.id in space.base.reach[one] for one in (rule, *capping[rule]))
        ]
        capped = either([space.given(rule, capping[rule]) for rule in stops])
        solver = finite_solver()
        solver.add(possible, from_worse, to_better, z3.substitute(capped, *changed), z3.Not(capped))
        if solver.check() == z3.sat:
            return False, space.answers(solver.model())
    return True, None


def _two_answers(space: AnswerSpace, question: Question) -> tuple[Any, Any, list[tuple[Any, Any]]]:
    """That one answer has fewer points than another, and which variables the other answer replaces.

    Of several choices those that carry no points stay as they are.
    """
    changed = _replaced(space, question)
    points: Mapping[str, float] = {one.id: one.points for one in question.options if one.points is not None}
    if question.kind == "several":
        levels = sorted(set(points.values()))
        chosen = {one: space.is_(Variable(question.id, one), [YES]) for one in points}
        neutral = [space.is_(Variable(question.id, one.id), [YES]) for one in question.options if one.points is None]
        same = every([each == z3.substitute(each, *changed) for each in neutral])
        worst_below = {level: either([chosen[one] for one in points if points[one] < level]) for level in levels}
        below = [z3.And(each, z3.Not(z3.substitute(each, *changed))) for each in worst_below.values()]
        rise = z3.And(either(below), same)
    else:
        scored = {
            token: met
            for token, answer in space.base.domains.tokens[Variable(question.id)].items()
            if answer not in (UNKNOWN, NOT_APPLICABLE, *OPEN) and (met := _points(question, answer)) is not None
        }
        pairs = [(low, high) for low, high in permutations(scored, 2) if scored[low] < scored[high]]
        here = Variable(question.id)
        rise = z3.Or(
            [z3.And(space.is_(here, [low]), z3.substitute(space.is_(here, [high]), *changed)) for low, high in pairs]
        )
    given = z3.Not(space.is_(Variable(question.id), [UNKNOWN, *space.unanswered(question.id)]))
    return z3.And(given, rise), z3.substitute(given, *changed), changed


def _replaced(space: AnswerSpace, question: Question) -> list[tuple[Any, Any]]:
    """The variables of a question, each with one that stands for another answer to it."""
    variables = [Variable(question.id), *(Variable(question.id, option.id) for option in question.options)]
    held = [(one, token, now) for one in variables for token, now in space.at.get(one, {}).items()]
    return [(now, z3.Bool(f"other {one.name} {token}")) for one, token, now in held]


def _both_possible(space: AnswerSpace, changed: list[tuple[Any, Any]]) -> Any:
    """That a user could give the answers, and the others too."""
    return z3.And(space.possible, z3.substitute(space.possible, *changed))


def _points(question: Question, answer: Answer) -> float | None:
    if question.number is not None:
        return next(band.points for band in reversed(question.number.bands) if int(str(answer)) >= band.at_least)
    option = question.option(str(answer))
    return option.points if option is not None else None


def _matters(space: AnswerSpace, question: Question) -> Proof:
    """Some answers exist that, with another answer to this question only, give other advice.

    First with the same questions asked; then, for a question that opens others, by trying answers that a rule holds on.
    """
    base = space.base
    by_lesson: dict[str, list[str]] = {}
    for rule in base.rules.values():
        if (rule.lesson is not None or rule.id in base.verdicts) and question.id in base.reach[rule.id]:
            by_lesson.setdefault(rule.lesson or rule.id, []).append(rule.id)
    changed = _replaced(space, question)
    possible = _both_possible(space, changed)
    for some in by_lesson.values():
        advised = either([space.unfolded(rule) for rule in some])
        solver = finite_solver()
        solver.add(possible, advised, z3.Not(z3.substitute(advised, *changed)))
        if solver.check() == z3.sat:
            return True, space.answers(solver.model())
    given = z3.Not(space.is_(Variable(question.id), space.unanswered(question.id)))
    for rule_id in (one for some in by_lesson.values() for one in some):
        answers = space.witness(space.true[rule_id], given)
        if answers is not None and _changes_advice(base, question, answers):
            return True, answers
    return False, None


def _changes_advice(base: RuleBase, question: Question, answers: Answers) -> bool:
    def lessons(given: Answers) -> set[str | None]:
        trace = reference(base, working_memory(given, base.knowledge.questions))
        return {base.rules[rule].lesson or (rule if rule in base.verdicts else None) for rule in trace.findings}

    now = lessons(answers)
    others: list[Answer] = [UNKNOWN]
    if question.kind == "several":
        others += [(option.id,) for option in question.options]
    else:
        tokens = base.domains.tokens[Variable(question.id)]
        others += [answer for token, answer in tokens.items() if token not in OPEN]
    return any(lessons({**answers, question.id: other}) != now for other in others)
