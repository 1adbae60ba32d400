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
    if isinstance(test, Is | IsOneOf) and answer in test.accepted:
        return True
    if answer == UNKNOWN:
        return None
    match test:
        case Includes() if isinstance(answer, tuple):
            return test.includes in answer
        case AtLeast() if isinstance(answer, int):
            return answer >= test.at_least
        case AtMost() if isinstance(answer, int):
            return answer <= test.at_most
        case _:
            return False


def truth(condition: Condition, facts: Mapping[str, Answer], findings: Mapping[str, Truth]) -> Truth:
    """Whether a condition holds, given the answers and what was concluded before."""
    match condition:
        case AllOf():
            return _every(truth(part, facts, findings) for part in condition.all)
        case AnyOf():
            return _not(_every(_not(truth(part, facts, findings)) for part in condition.any))
        case NoneOf():
            return _every(_not(truth(part, facts, findings)) for part in condition.none)
        case Concluded():
            return findings[condition.finding]
        case _:
            return holds(condition, facts[condition.question])


def _not(value: Truth) -> Truth:
    return None if value is None else not value


def _every(values: Iterable[Truth]) -> Truth:
    worst: Truth = True
    for value in values:
        if value is False:
            return False
        worst = None if value is None else worst
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
    match condition:
        case AllOf() if wanted:
            return _together([evidence(part, facts, findings, True) for part in condition.all])
        case AllOf():
            return least(ground for part in condition.all for ground in evidence(part, facts, findings, False))
        case AnyOf() if wanted:
            return least(ground for part in condition.any for ground in evidence(part, facts, findings, True))
        case AnyOf():
            return _together([evidence(part, facts, findings, False) for part in condition.any])
        case NoneOf() if wanted:
            return _together([evidence(part, facts, findings, False) for part in condition.none])
        case NoneOf():
            return least(ground for part in condition.none for ground in evidence(part, facts, findings, True))
        case Concluded():
            fact = Fact("finding", condition.finding, holds=wanted)
            return frozenset({frozenset({fact})}) if findings[condition.finding] is wanted else frozenset()
        case _:
            option = condition.includes if isinstance(condition, Includes) else ""
            given = frozenset({frozenset({Fact("answer", condition.question, option)})})
            return given if holds(condition, facts[condition.question]) is wanted else frozenset()


def least(grounds: Iterable[Ground]) -> Evidence:
    """The grounds that hold no other ground within them."""
    kept: list[Ground] = []
    for ground in sorted(set(grounds), key=len):
        if not any(other <= ground for other in kept):
            kept.append(ground)
    return frozenset(kept)


def _together(each: list[Evidence]) -> Evidence:
    return least(frozenset().union(*choice) for choice in product(*each))
