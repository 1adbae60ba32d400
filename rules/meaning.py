"""The reference meaning of a condition: true, false or undetermined for a set of answers (Kleene's three values).

Every engine is held to this file: durable-rules at each evaluation, the columns and the proofs in the tests.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from knowledge.condition import (
    UNKNOWN,
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    Concluded,
    Condition,
    Includes,
    Is,
    IsOneOf,
    NoneOf,
    Test,
)
from knowledge.model import Answer

UNANSWERED = "?"
NOT_ASKED = "-"
Truth = bool | None
"""True, False, or None for undetermined."""


def holds(test: Test, answer: Answer) -> Truth:
    """Whether an answer meets a test. Not asked meets none; unanswered and unknown leave it open."""
    if answer == NOT_ASKED:
        return False
    if answer == UNANSWERED:
        return None
    if (type(test) is Is or type(test) is IsOneOf) and answer in test.accepted:
        return True
    if answer == UNKNOWN:
        return None
    if type(test) is Includes:
        return isinstance(answer, tuple) and test.includes in answer
    if type(test) is AtLeast:
        return isinstance(answer, int) and answer >= test.at_least
    if type(test) is AtMost:
        return isinstance(answer, int) and answer <= test.at_most
    return False


def truth(condition: Condition, facts: Mapping[str, Answer], findings: Mapping[str, Truth]) -> Truth:
    """Whether a condition holds, given the answers and what was concluded before."""
    # By `type`: `isinstance` of a model costs more than all else here, and each form is final.
    if type(condition) is AllOf:
        return _every(condition.all, True, facts, findings)
    if type(condition) is AnyOf:
        none = _every(condition.any, False, facts, findings)
        return None if none is None else not none
    if type(condition) is NoneOf:
        return _every(condition.none, False, facts, findings)
    if type(condition) is Concluded:
        return findings[condition.finding]
    return holds(condition, facts[condition.question])


def _every(
    parts: Iterable[Condition], wanted: bool, facts: Mapping[str, Answer], findings: Mapping[str, Truth]
) -> Truth:
    """Whether every part is as wanted: true, or false."""
    worst: Truth = True
    for part in parts:
        value = truth(part, facts, findings)
        if value is None:
            worst = None
        elif value is not wanted:
            return False
    return worst


@dataclass(frozen=True, order=True)
class Fact:
    """One thing that a finding rests on: the answer to a question, one option of it, or a finding that holds or not."""

    kind: str
    about: str
    option: str = ""
    holds: bool = True


Ground = frozenset[Fact]
Evidence = frozenset[Ground]
"""The grounds of a finding: each is enough by itself, and none holds another."""


def evidence(
    condition: Condition, facts: Mapping[str, Answer], findings: Mapping[str, Truth], wanted: bool = True
) -> Evidence:
    """On what the truth (or, with `wanted` False, the falsity) of a condition rests; empty where it is not so."""
    if type(condition) is AllOf:
        parts, sign, together = condition.all, wanted, wanted
    elif type(condition) is AnyOf:
        parts, sign, together = condition.any, wanted, not wanted
    elif type(condition) is NoneOf:
        parts, sign, together = condition.none, not wanted, wanted
    elif type(condition) is Concluded:
        fact = Fact("finding", condition.finding, holds=wanted)
        return frozenset({frozenset({fact})}) if findings[condition.finding] is wanted else frozenset()
    else:
        option = condition.includes if type(condition) is Includes else ""
        given = frozenset({frozenset({Fact("answer", condition.question, option)})})
        return given if holds(condition, facts[condition.question]) is wanted else frozenset()
    each = [evidence(part, facts, findings, sign) for part in parts]
    return _together(each) if together else least(ground for grounds in each for ground in grounds)


def least(grounds: Iterable[Ground]) -> Evidence:
    """The grounds that hold no other ground within them."""
    kept: list[Ground] = []
    for ground in sorted(set(grounds), key=len):
        if not any(other <= ground for other in kept):
            kept.append(ground)
    return frozenset(kept)


def _together(each: list[Evidence]) -> Evidence:
    return least(frozenset().union(*choice) for choice in product(*each))
