"""All rules over many sets of answers at once, with NumPy, from the same normal form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.model import Answer
from rules.meaning import NOT_ASKED, UNANSWERED
from rules.memory import WorkingMemory
from rules.model import RuleBase
from rules.normal_form import Literal, Variable, Way

Flags = NDArray[np.bool_]
Codes = NDArray[np.int8]


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
        self._tables: dict[Literal, tuple[Flags, Flags]] = {}
        self.codes = {
            variable: {token: code for code, token in enumerate(tokens)}
            for variable, tokens in base.domains.tokens.items()
        }

    def encode(self, memories: Sequence[WorkingMemory]) -> dict[Variable, Codes]:
        """One column of token codes per variable, one row per working memory."""
        return {
            variable: np.fromiter(
                (codes[self._base.domains.token(variable, memory.facts[variable.question])] for memory in memories),
                np.int8,
                len(memories),
            )
            for variable, codes in self.codes.items()
        }

    def of_answers(self, rows: Sequence[Mapping[str, Answer]]) -> dict[Variable, Codes]:
        """One column of token codes per variable, one row per set of answers; what is asked is worked out here.

        Much faster than `encode` where the rows are many: visibility is computed for whole columns at once.
        """
        return self.visible(
            {
                variable: np.fromiter(
                    (codes[self._base.domains.token(variable, row.get(variable.question, UNANSWERED))] for row in rows),
                    np.int8,
                    len(rows),
                )
                for variable, codes in self.codes.items()
            }
        )

    def of_changes(self, answers: Mapping[str, Answer], changes: Sequence[tuple[str, Answer]]) -> dict[Variable, Codes]:
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
        return self.visible(given)

    def visible(self, given: Mapping[Variable, Codes]) -> dict[Variable, Codes]:
        """The columns as rules see them: `-` where a question is not asked, `?` where that is not known yet."""
        seen: dict[Variable, Codes] = {}
        for question in self._base.knowledge.questions.values():
            variables = [Variable(question.id), *(Variable(question.id, option.id) for option in question.options)]
            for variable in (one for one in variables if one in self.codes):
                seen[variable] = given[variable]
            if question.ask_when is None:
                continue
            asked, hidden = self._asked(question.id, seen)
            for variable in (one for one in variables if one in self.codes):
                codes = self.codes[variable]
                seen[variable] = np.where(
                    hidden, np.int8(codes[NOT_ASKED]), np.where(asked, given[variable], np.int8(codes[UNANSWERED]))
                )
        return seen

    def _asked(self, question: str, seen: Mapping[Variable, Codes]) -> tuple[Flags, Flags]:
        each = [[self._literal(one, seen) for one in way.literals] for way in self._base.asking[question]]
        asked = np.logical_or.reduce([np.logical_and.reduce([one[0] for one in way]) for way in each])
        hidden = np.logical_and.reduce([np.logical_or.reduce([one[1] for one in way]) for way in each])
        return asked, hidden

    def _literal(self, asked: Literal, columns: Mapping[Variable, Codes]) -> tuple[Flags, Flags]:
        if asked not in self._tables:
            tokens = self.codes[asked.variable]
            self._tables[asked] = (
                np.array([token in asked.true for token in tokens]),
                np.array([token in asked.false for token in tokens]),
            )
        true, false = self._tables[asked]
        return true[columns[asked.variable]], false[columns[asked.variable]]

    def evaluate(self, columns: Mapping[Variable, Codes]) -> Conclusions:
        """Every rule on every row. `columns` holds an int8 column of equal length for each variable."""
        true: dict[str, Flags] = {}
        false: dict[str, Flags] = {}
        known: dict[Literal, tuple[Flags, Flags]] = {}

        def literal(asked: Literal) -> tuple[Flags, Flags]:
            if asked not in known:
                known[asked] = self._literal(asked, columns)
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
