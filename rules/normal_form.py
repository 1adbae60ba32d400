"""The one normal form that all engines read: a condition as alternative ways in which it comes true.

A way is a set of literals that must hold together. A literal allows some tokens of one variable; its falsity has
tokens of its own, since an unanswered question makes it neither true nor false. Both sets are worked out with the
reference meaning, token by token, so that no engine has a meaning of its own.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product

from knowledge.condition import (
    NOT_APPLICABLE,
    UNKNOWN,
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    Concluded,
    Condition,
    Includes,
    NoneOf,
    Test,
    leaves,
)
from knowledge.model import Answer, Question
from rules.meaning import NOT_ASKED, UNANSWERED, holds

MAXIMUM_WAYS = 32
YES, NO, GIVEN = "yes", "no", "given"


class TooManyWaysError(ValueError):
    """A condition that expands to more than 32 ways: unreadable as well as slow."""


@dataclass(frozen=True, order=True)
class Variable:
    """What engines store one token of: a question, or one option of a several-choice question."""

    question: str
    option: str = ""

    @property
    def name(self) -> str:
        return f"{self.question}:{self.option}" if self.option else self.question


@dataclass(frozen=True)
class Literal:
    """A variable with the tokens that make it true and those that make it false; on the others it is undetermined."""

    variable: Variable
    true: frozenset[str]
    false: frozenset[str]


@dataclass(frozen=True)
class Way:
    """Literals and findings (rule id -> must hold or must be false) that together make a condition true."""

    literals: tuple[Literal, ...]
    findings: tuple[tuple[str, bool], ...]

    @property
    def possible(self) -> bool:
        """False where it asks for two things that exclude each other; it then never holds."""
        return all(literal.true for literal in self.literals) and len({rule for rule, _ in self.findings}) == len(
            self.findings
        )


class Domains:
    """The finite domain of every question: for each variable its tokens, each with an answer that stands for it."""

    def __init__(self, questions: Mapping[str, Question], conditions: Iterable[Condition]):
        cuts: dict[str, set[int]] = {}
        for condition in conditions:
            for leaf in leaves(condition):
                if isinstance(leaf, AtLeast):
                    cuts.setdefault(leaf.question, set()).add(leaf.at_least)
                elif isinstance(leaf, AtMost):
                    cuts.setdefault(leaf.question, set()).add(leaf.at_most + 1)
        self.tokens: dict[Variable, dict[str, Answer]] = {}
        self._starts: dict[str, list[int]] = {}
        self._literals: dict[Test, Literal] = {}
        for question in questions.values():
            special: dict[str, Answer] = {UNKNOWN: UNKNOWN}
            if question.not_applicable:
                special[NOT_APPLICABLE] = NOT_APPLICABLE
            special[UNANSWERED] = UNANSWERED
            if question.ask_when is not None:
                special[NOT_ASKED] = NOT_ASKED
            if question.number is not None:
                low, high = question.number.minimum, question.number.maximum
                bands = {band.at_least for band in question.number.bands}
                starts = sorted({low} | {cut for cut in cuts.get(question.id, set()) | bands if low < cut <= high})
                self._starts[question.id] = starts
                self.tokens[Variable(question.id)] = {_interval(starts, start): start for start in starts} | special
            elif question.kind == "one":
                ids: dict[str, Answer] = {option.id: option.id for option in question.options}
                self.tokens[Variable(question.id)] = ids | special
            else:
                self.tokens[Variable(question.id)] = {GIVEN: ()} | special
                for option in question.options:
                    chosen: dict[str, Answer] = {YES: (option.id,), NO: ()}
                    self.tokens[Variable(question.id, option.id)] = chosen | special

    def token(self, variable: Variable, answer: Answer) -> str:
        """The token that stands for an answer (or `?`, `-`) in a variable."""
        if isinstance(answer, tuple):
            return (YES if variable.option in answer else NO) if variable.option else GIVEN
        if isinstance(answer, int):
            starts = self._starts[variable.question]
            return _interval(starts, max(start for start in starts if start <= answer))
        return answer

    def literal(self, test: Test) -> Literal:
        """A test as a literal, by asking the reference meaning about every token."""
        if test not in self._literals:
            variable = Variable(test.question, test.includes if isinstance(test, Includes) else "")
            tokens = self.tokens[variable].items()
            self._literals[test] = Literal(
                variable,
                frozenset(token for token, answer in tokens if holds(test, answer) is True),
                frozenset(token for token, answer in tokens if holds(test, answer) is False),
            )
        return self._literals[test]


def _interval(starts: list[int], start: int) -> str:
    after = [other for other in starts if other > start]
    return f"{start}..{after[0] - 1}" if after else f"{start}.."


def ways(condition: Condition, domains: Domains, wanted: bool = True) -> tuple[Way, ...]:
    """The ways in which a condition comes true, or false where `wanted` is False.

    Raises:
        TooManyWaysError: there are more than 32.
    """
    found = list(dict.fromkeys(_expand(condition, domains, wanted)))
    return tuple(way for way in found if not any(_within(other, way) for other in found if other is not way))


def _expand(condition: Condition, domains: Domains, wanted: bool) -> list[Way]:
    match condition:
        case AllOf():
            each = [_expand(part, domains, wanted) for part in condition.all]
            return _combined(each) if wanted else _listed(each)
        case AnyOf():
            each = [_expand(part, domains, wanted) for part in condition.any]
            return _listed(each) if wanted else _combined(each)
        case NoneOf():
            each = [_expand(part, domains, not wanted) for part in condition.none]
            return _combined(each) if wanted else _listed(each)
        case Concluded():
            return [Way((), ((condition.finding, wanted),))]
        case _:
            literal = domains.literal(condition)
            return [Way((literal if wanted else Literal(literal.variable, literal.false, literal.true),), ())]


def _listed(each: list[list[Way]]) -> list[Way]:
    return _bounded([way for some in each for way in some])


def _combined(each: list[list[Way]]) -> list[Way]:
    joined = [Way((), ())]
    for some in each:
        joined = _bounded([_merged(first, second) for first, second in product(joined, some)])
    return joined


def _bounded(found: list[Way]) -> list[Way]:
    if len(set(found)) > MAXIMUM_WAYS:
        raise TooManyWaysError(
            f"expected at most {MAXIMUM_WAYS} alternatives; name a part of it as an intermediate finding"
        )
    return list(dict.fromkeys(found))


def _merged(first: Way, second: Way) -> Way:
    literals: dict[Variable, Literal] = {}
    for literal in (*first.literals, *second.literals):
        known = literals.get(literal.variable)
        literals[literal.variable] = (
            Literal(literal.variable, known.true & literal.true, known.false | literal.false) if known else literal
        )
    findings = tuple(sorted({*first.findings, *second.findings}))
    return Way(tuple(literals[variable] for variable in sorted(literals)), findings)


def _within(wide: Way, narrow: Way) -> bool:
    """Whether `narrow` only adds demands to `wide`, so that it may be left out."""
    demands = {literal.variable: literal for literal in narrow.literals}
    return set(wide.findings) <= set(narrow.findings) and all(
        literal.variable in demands
        and demands[literal.variable].true <= literal.true
        and demands[literal.variable].false >= literal.false
        for literal in wide.literals
    )
