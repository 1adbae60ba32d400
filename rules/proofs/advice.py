"""What is proved of cards and verdicts over every possible set of answers."""

from collections.abc import Iterator, Sequence
from typing import Any

import z3

from knowledge.acts import CHAPTER, NONE
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Question
from rules.model import RuleBase
from rules.normal_form import YES, Variable
from rules.proofs.space import OPEN, AnswerSpace, either, every

SCENE = ("core.occasions", "core.first-date")
"""What is planned, and when: no answer to these is good or bad."""

PLANS = (("core.occasions", "home-meeting"),)
"""Occasions that are a choice in themselves, on which something is said however good the rest is."""

PROTECTING = ("talk-with-people", "voice-through-organisation")
"""Acts with people that are held back until their safety is answered, however good the rest is."""

COMPLETE_WITH = {"event.parties": "deciders"}
"""Per list the option without which it is no good answer: who comes, without those who decide."""

BESIDE_A_PLAN = ("core.representation",)
"""Questions of which an answer means something only together with a plan."""

Claim = tuple[str, str, Any]
"""The name of a claim, what it says, and what would be so in a counterexample."""


def claims(space: AnswerSpace) -> Iterator[Claim]:
    """Every claim about cards and verdicts; each holds where its counterexample cannot be."""
    base = space.base
    yield (
        "no card without a given ground",
        "Where every answer is the good one or not given, and no act is ticked, nothing is to do.",
        z3.And(_nothing_amiss(space), either([_said(space, rule) for rule in _asking(base, PROTECTING)])),
    )
    for question in base.knowledge.questions.values():
        for option in question.options:
            if option.points == 0 and not question.protects and question.id not in BESIDE_A_PLAN:
                using = _using(base, question, option.id)
                chosen = _chosen(space, question, option.id)
                yield (
                    f"is used wherever it is asked: {question.id} {option.id}",
                    option.label.en,
                    z3.And(chosen, z3.Not(either([space.true[rule] for rule in using]))),
                )


def possible_verdicts(space: AnswerSpace) -> Iterator[tuple[str, str, Any]]:
    """Per verdict that it can be given: its rule holds and no earlier one of its decision list does."""
    for rule_id, one in space.base.verdicts.items():
        yield f"can be given: {rule_id}", one.verdict.because.en, given(space, rule_id)


def given(space: AnswerSpace, rule_id: str) -> Any:
    """That the verdict of this rule is given."""
    stem, place = rule_id.rsplit(".", 1)
    earlier = [space.true[f"{stem}.{before}"] for before in range(int(place))]
    return z3.And(space.true[rule_id], z3.Not(either(earlier)))


def _asking(base: RuleBase, but: Sequence[str] = ()) -> list[str]:
    """The rules that put something to do on a card, without those of some acts."""
    verdicts = [
        rule for rule, one in base.verdicts.items() if one.verdict.verdict != "go-ahead" and one.act.id not in but
    ]
    gaps = [rule.id for rule in base.rules.values() if rule.lesson is not None and rule.ground == "gap"]
    return [*verdicts, *gaps]


def _said(space: AnswerSpace, rule: str) -> Any:
    """That a rule puts something on a card: of an act only the first verdict that holds does."""
    return given(space, rule) if rule in space.base.verdicts else space.true[rule]


def _nothing_amiss(space: AnswerSpace) -> Any:
    """That no answer is given but good ones, with the scene and no act.

    'Don't know' is no ground, but for what decides on the safety of people: beside a plan that gets a line.
    """
    parts = [z3.Not(_chosen(space, space.base.knowledge.questions[one], plan)) for one, plan in PLANS]
    for question in space.base.knowledge.questions.values():
        if question.id in SCENE:
            continue
        at = space.at.get(Variable(question.id), {})
        unknown = () if question.protects else (UNKNOWN,)
        silent = [token for token in (*unknown, NOT_APPLICABLE, *OPEN) if token in at]
        good = []
        if question.chapter == CHAPTER:
            good = [space.is_(Variable(question.id, NONE), [YES])] if Variable(question.id, NONE) in space.at else []
        elif question.scored:
            good = [_only_good(space, question)]
            if question.id in COMPLETE_WITH:
                good = [z3.And(*good, _chosen(space, question, COMPLETE_WITH[question.id]))]
        parts.append(z3.Or(space.is_(Variable(question.id), silent), *good))
    return every(parts)


def _only_good(space: AnswerSpace, question: Question) -> Any:
    domains = space.base.domains
    if question.number is not None:
        bands = question.number.bands
        tokens = [
            token
            for token, answer in domains.tokens[Variable(question.id)].items()
            if isinstance(answer, int) and next(band.points for band in reversed(bands) if answer >= band.at_least) == 1
        ]
        return space.is_(Variable(question.id), tokens)
    good = [option.id for option in question.options if option.points == 1]
    if question.kind == "one":
        return space.is_(Variable(question.id), [token for token in space.at[Variable(question.id)] if token in good])
    others = [option.id for option in question.options if option.points != 1]
    chosen = [space.is_(Variable(question.id, one), [YES]) for one in good if Variable(question.id, one) in space.at]
    bad = [space.is_(Variable(question.id, one), [YES]) for one in others if Variable(question.id, one) in space.at]
    return z3.And(either(chosen), z3.Not(either(bad)))


def _chosen(space: AnswerSpace, question: Question, option: str) -> Any:
    if question.kind == "one":
        tokens = [option] if option in space.at[Variable(question.id)] else []
        return space.is_(Variable(question.id), tokens)
    return space.is_(Variable(question.id, option), [YES]) if Variable(question.id, option) in space.at else False


def _using(base: RuleBase, question: Question, option: str) -> list[str]:
    """The rules that say something on a card and that this option can bring, through facts or directly."""
    return [rule for rule in _asking(base) if question.id in base.reach[rule]]
