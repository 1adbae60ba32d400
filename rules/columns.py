"""All rules over many sets of answers at once, with NumPy, from the same normal form.

Each token of each variable is a column of bits, eight rows to a byte, the first row in the lowest bit (as in Arrow).
A rule is then a few operations on short columns, whatever its answers look like.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_, or_

import numpy as np
from numpy.typing import NDArray

from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answer
from rules.engine.memory import WorkingMemory
from rules.meaning import NOT_ASKED, UNANSWERED
from rules.model import RuleBase
from rules.normal_form import Literal, Variable, Way

Flags = NDArray[np.bool_]
Codes = NDArray[np.int8]
Bits = NDArray[np.uint8]
_Program = list[tuple[list[int], list[tuple[str, bool]]]]
SPECIAL = frozenset({UNKNOWN, NOT_APPLICABLE, UNANSWERED, NOT_ASKED})
"""Tokens that every variable of a question has in the same rows; they are kept once, with the question."""


def packed(flags: Flags) -> Bits:
    """One flag per row as bits."""
    return np.packbits(flags, bitorder="little")


def unpacked(bits: Bits, rows: int) -> Flags:
    """Bits as one flag per row."""
    return np.unpackbits(bits, count=rows, bitorder="little").view(np.bool_)


def place(variable: Variable, token: str) -> str:
    """Where `Facts` keeps a token of a variable."""
    return f"{variable.question if token in SPECIAL else variable.name} {token}"


@dataclass(frozen=True)
class Facts:
    """Sets of answers, one per row: in which rows each token of each variable stands, by its `place`."""

    rows: int
    bits: Mapping[str, Bits]

    def are(self, variable: Variable, token: str) -> Bits:
        """The rows in which a variable has this token."""
        return self.bits.get(place(variable, token), self.none)

    @cached_property
    def none(self) -> Bits:
        """No row at all."""
        return np.zeros((self.rows + 7) // 8, np.uint8)


class _Unpacked(Mapping[str, Flags]):
    """Flags per rule, unpacked when they are looked at."""

    def __init__(self, bits: Mapping[str, Bits], rows: int):
        self._bits, self._rows = bits, rows

    def __getitem__(self, rule: str) -> Flags:
        return unpacked(self._bits[rule], self._rows)

    def __iter__(self) -> Iterator[str]:
        return iter(self._bits)

    def __len__(self) -> int:
        return len(self._bits)


@dataclass(frozen=True)
class Conclusions:
    """Per rule id the rows in which it holds, and those in which it is false. Neither: undetermined."""

    rows: int
    true_bits: Mapping[str, Bits]
    false_bits: Mapping[str, Bits]

    @property
    def true(self) -> Mapping[str, Flags]:
        """Per rule one flag per row: whether it holds."""
        return _Unpacked(self.true_bits, self.rows)

    @property
    def false(self) -> Mapping[str, Flags]:
        """Per rule one flag per row: whether it is false."""
        return _Unpacked(self.false_bits, self.rows)

    def findings(self, row: int) -> frozenset[str]:
        """The rules that hold in one row."""
        return frozenset(rule for rule, bits in self.true_bits.items() if _bit(bits, row))

    def undetermined(self, row: int) -> frozenset[str]:
        """The rules that can still come to hold in one row."""
        return frozenset(
            rule
            for rule, bits in self.true_bits.items()
            if not _bit(bits, row) and not _bit(self.false_bits[rule], row)
        )


def _bit(bits: Bits, row: int) -> bool:
    return bool(bits[row >> 3] >> (row & 7) & 1)


class Columns:
    """A rule base made ready for whole columns of answers."""

    def __init__(self, base: RuleBase):
        self._base = base
        self.codes = {
            variable: {token: code for code, token in enumerate(tokens)}
            for variable, tokens in base.domains.tokens.items()
        }
        self._places: dict[str, dict[str, tuple[Variable, str]]] = {
            question: {} for question in base.knowledge.questions
        }
        for variable, tokens in self.codes.items():
            found = self._places[variable.question]
            found.update((place(variable, token), (variable, token)) for token in reversed(tokens))
        self._literals: dict[Literal, int] = {}
        self._asking = {question: self._program(ways) for question, ways in base.asking.items()}
        self._rules = {rule: self._program(base.ways[rule]) for rule in base.rules}
        self._tables = [
            tuple([place(literal.variable, token) for token in tokens] for tokens in (literal.true, literal.false))
            for literal in self._literals
        ]

    def _program(self, ways: Sequence[Way]) -> _Program:
        """What must hold together, way by way: the numbers of literals, and findings."""
        return [
            ([self._literals.setdefault(one, len(self._literals)) for one in way.literals], list(way.findings))
            for way in ways
        ]

    def encode(self, memories: Sequence[WorkingMemory]) -> Facts:
        """The facts of working memories, one per row."""
        return self.of_codes(
            {
                variable: np.fromiter(
                    (codes[self._base.domains.token(variable, memory.facts[variable.question])] for memory in memories),
                    np.int8,
                    len(memories),
                )
                for variable, codes in self.codes.items()
            },
            len(memories),
        )

    def of_answers(self, rows: Sequence[Mapping[str, Answer]]) -> Facts:
        """The facts of sets of answers, one per row; what is asked is worked out here.

        Much faster than `encode` where the rows are many: visibility is computed for whole columns at once.
        """
        given = {
            variable: np.fromiter(
                (codes[self._base.domains.token(variable, row.get(variable.question, UNANSWERED))] for row in rows),
                np.int8,
                len(rows),
            )
            for variable, codes in self.codes.items()
        }
        return self.visible(self.of_codes(given, len(rows)))

    def of_changes(self, answers: Mapping[str, Answer], changes: Sequence[tuple[str, Answer]]) -> Facts:
        """The answers in the first row, and in each next row with the answer to one question (id, answer) changed."""
        given = {}
        rows: dict[str, list[tuple[int, Answer]]] = {}
        for row, (question, answer) in enumerate(changes, start=1):
            rows.setdefault(question, []).append((row, answer))
        for variable, codes in self.codes.items():
            now = codes[self._base.domains.token(variable, answers.get(variable.question, UNANSWERED))]
            given[variable] = np.full(len(changes) + 1, now, np.int8)
            for row, answer in rows.get(variable.question, ()):
                given[variable][row] = codes[self._base.domains.token(variable, answer)]
        return self.visible(self.of_codes(given, len(changes) + 1))

    def of_codes(self, given: Mapping[Variable, Codes], rows: int) -> Facts:
        """The facts of one column of token codes per variable, all of this length."""
        return Facts(
            rows,
            {
                at: packed(np.equal(given[variable], np.int8(self.codes[variable][token])))
                for places in self._places.values()
                for at, (variable, token) in places.items()
            },
        )

    def settled(self, facts: Facts) -> Facts:
        """The same with real answers only: where there is a doubt, or nothing is asked, there is no answer."""
        bits = dict(facts.bits)
        for question in self._places:
            unanswered, *open_ = (place(Variable(question), token) for token in (UNANSWERED, UNKNOWN, NOT_ASKED))
            for one in open_:
                if one in bits:
                    bits[unanswered] = bits[unanswered] | bits.pop(one)
        return Facts(facts.rows, bits)

    def visible(self, given: Facts) -> Facts:
        """The facts as rules see them: `-` where a question is not asked, `?` where that is not known yet."""
        seen: dict[str, Bits] = {}
        facts = Facts(given.rows, seen)
        literals = _Literals(self._tables, facts)
        for question, places in self._places.items():
            if question not in self._asking:
                seen.update((one, given.bits[one]) for one in places if one in given.bits)
                continue
            asked, hidden = _holding([[literals[one] for one in way] for way, _ in self._asking[question]])
            seen.update((one, asked & given.bits[one]) for one in places if one in given.bits)
            about = Variable(question)
            unanswered = place(about, UNANSWERED)
            seen[unanswered] = ~hidden & (~asked | seen.get(unanswered, facts.none))
            seen[place(about, NOT_ASKED)] = hidden
        return facts

    def needed(self, rules: Iterable[str]) -> frozenset[str]:
        """These rules and all that they rest on."""
        found: set[str] = set()
        waiting = [*rules]
        while waiting:
            rule = waiting.pop()
            if rule not in found:
                found.add(rule)
                waiting += [other for _, findings in self._rules[rule] for other, _ in findings]
        return frozenset(found)

    def evaluate(self, facts: Facts, only: frozenset[str] | None = None) -> Conclusions:
        """Every rule on every row; or `only` some, among which is all that they rest on."""
        true: dict[str, Bits] = {}
        false: dict[str, Bits] = {}
        literals = _Literals(self._tables, facts)
        for rule, program in self._rules.items():
            if only is not None and rule not in only:
                continue
            ways = []
            for some, findings in program:
                way = [literals[one] for one in some]
                way += [(true[one], false[one]) if wanted else (false[one], true[one]) for one, wanted in findings]
                ways.append(way)
            true[rule], false[rule] = _holding(ways)
        return Conclusions(facts.rows, true, false)


class _Literals(dict[int, tuple[Bits, Bits]]):
    """Literals by number, each worked out once: the rows where it is true, and where it is false."""

    def __init__(self, tables: Sequence[tuple[list[str], ...]], facts: Facts):
        self._tables, self._facts = tables, facts

    def __missing__(self, number: int) -> tuple[Bits, Bits]:
        bits, none = self._facts.bits, self._facts.none
        true, false = (
            _reduced(or_, [bits[at] for at in some if at in bits] or [none]) for some in self._tables[number]
        )
        self[number] = true, false
        return true, false


def _holding(ways: Sequence[Sequence[tuple[Bits, Bits]]]) -> tuple[Bits, Bits]:
    """Where some way holds as a whole, and where each way fails in some part. The parts are true and false rows."""
    true = _reduced(or_, [_reduced(and_, [one for one, _ in way]) for way in ways])
    false = _reduced(and_, [_reduced(or_, [one for _, one in way]) for way in ways])
    return true, false


def _reduced(operator: Callable[[Bits, Bits], Bits], some: list[Bits]) -> Bits:
    return some[0] if len(some) == 1 else reduce(operator, some)
