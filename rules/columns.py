"""All rules over many sets of answers at once, with NumPy, from the same normal form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rules.memory import WorkingMemory
from rules.model import RuleBase
from rules.normal_form import Literal, Variable, Way

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Conclusions:
    """Per rule id one flag per row: whether it holds, and whether it is false. Neither: undetermined."""

    true: Mapping[str, Flags]
    false: Mapping[str, Flags]

    def findings(self, row: int) -> frozenset[str]:
        """The rules that hold in one row."""
        return frozenset(rule for rule, flags in self.true.items() if flags[row])

    def undetermined(self, row: int) -> frozenset[str]:
        """The rules that can still come to hold in one row."""
        return frozenset(rule for rule in self.true if not self.true[rule][row] and not self.false[rule][row])


class Columns:
    """A rule base made ready for whole columns of answers."""

    def __init__(self, base: RuleBase):
        self._base = base
        self.codes = {
            variable: {token: code for code, token in enumerate(tokens)}
            for variable, tokens in base.domains.tokens.items()
        }

    def encode(self, memories: Sequence[WorkingMemory]) -> dict[Variable, NDArray[np.int8]]:
        """One column of token codes per variable, one row per working memory."""
        return {
            variable: np.fromiter(
                (codes[self._base.domains.token(variable, memory.facts[variable.question])] for memory in memories),
                np.int8,
                len(memories),
            )
            for variable, codes in self.codes.items()
        }

    def evaluate(self, columns: Mapping[Variable, NDArray[np.int8]]) -> Conclusions:
        """Every rule on every row. `columns` holds an int8 column of equal length for each variable."""
        true: dict[str, Flags] = {}
        false: dict[str, Flags] = {}
        known: dict[Literal, tuple[Flags, Flags]] = {}

        def literal(asked: Literal) -> tuple[Flags, Flags]:
            if asked not in known:
                codes = self.codes[asked.variable]
                table = np.zeros((2, len(codes)), np.bool_)
                table[0, [codes[token] for token in asked.true]] = True
                table[1, [codes[token] for token in asked.false]] = True
                known[asked] = table[0][columns[asked.variable]], table[1][columns[asked.variable]]
            return known[asked]

        def way(asked: Way) -> tuple[Flags, Flags]:
            each = [literal(one) for one in asked.literals]
            each += [
                (true[rule], false[rule]) if wanted else (false[rule], true[rule]) for rule, wanted in asked.findings
            ]
            return np.logical_and.reduce([one[0] for one in each]), np.logical_or.reduce([one[1] for one in each])

        for rule in self._base.rules:
            each = [way(one) for one in self._base.ways[rule]]
            true[rule] = np.logical_or.reduce([one[0] for one in each])
            false[rule] = np.logical_and.reduce([one[1] for one in each])
        return Conclusions(true, false)
