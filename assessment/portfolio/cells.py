"""From the cells of one question's column to what rules and scores need: one look-up per distinct text, not per row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessment.answers.numbers import ONE, is_part, is_share, part_problem
from assessment.answers.understood import Words
from assessment.scoring import counted
from knowledge.model import Answer
from knowledge.renames import Carried, Renamed, carry_over
from knowledge.text import Text
from rules.columns import Bits, Columns, Flags, packed, place
from rules.meaning import NOT_ASKED, UNANSWERED, Truth
from rules.normal_form import GIVEN, NO, YES, Domains, Variable

Places = NDArray[Any]
REMEMBERED, LONGEST_REMEMBERED = 65_536, 500
"""The most distinct answers per question, and the longest, that are remembered from one batch to the next."""
ASKED: tuple[Truth, ...] = (False, None, True)


@dataclass(frozen=True)
class Cell:
    """What one text stands for: a token code per variable of the question; `wrong` where it is no answer to it.

    `counts` holds what it adds to a score (lowest and highest points, whether it counts, and whether it certainly does)
    for each state of `ASKED`.
    """

    codes: tuple[int, ...]
    counts: tuple[tuple[float, float, float, float], ...]
    wrong: bool = False


@dataclass(frozen=True)
class Column:
    """The cells of one question: the distinct ones, the last two being 'no answer' and 'not asked', and which of them
    stands in each row."""

    cells: Sequence[Cell]
    places: Places

    @property
    def wrong(self) -> Flags:
        """The rows with a text that is no answer to the question."""
        wrong = np.array([cell.wrong for cell in self.cells])
        return wrong[self.places] if wrong.any() else np.zeros(len(self.places), np.bool_)

    @property
    def filled(self) -> Flags:
        """The rows with any text."""
        return np.not_equal(self.places, len(self.cells) - 2)

    def counts(self) -> NDArray[np.float64]:
        """Shape (states of ASKED, distinct cells, 4)."""
        return np.array([cell.counts for cell in self.cells]).transpose(1, 0, 2)


class Reader:
    """Reads the cells of one question."""

    def __init__(self, words: Words, columns: Columns, domains: Domains, renamed: Sequence[Renamed]):
        question = self.question = words.question
        self.variables = tuple(
            variable
            for variable in (Variable(question.id), *(Variable(question.id, one.id) for one in question.options))
            if variable in columns.codes
        )
        self._codes = [columns.codes[variable] for variable in self.variables]
        self._domains, self._words, self._renamed = domains, words, renamed
        self._share = question.number is not None and is_share(question.number)
        self._fixed = [self._meaning(UNANSWERED), self._meaning(NOT_ASKED)]
        self._wrong = replace(self._fixed[0], wrong=True)
        self._known: dict[str, Cell] = {}

    def column(self, texts: Any, rows: int) -> Column:
        """A dictionary-encoded Arrow column, or None where the table has no column for this question."""
        if texts is None:
            return Column(self._fixed, np.zeros(rows, np.intp))
        distinct = texts.dictionary.to_pylist()
        known = [self._cell(text) if text is not None else self._fixed[0] for text in distinct]
        if self._share and any(text is not None and is_part(text) for text in distinct):
            # a spreadsheet keeps 40 % as 0.4, and 100 % as 1
            known = [self._wrong if text is not None and ONE.fullmatch(text.strip()) else cell
                     for text, cell in zip(distinct, known, strict=True)]  # fmt: skip
        # a text that holds nothing stands for no answer, like an empty cell
        empty = len(known)
        places = [empty if cell is self._fixed[0] else number for number, cell in enumerate(known)]
        return Column([*known, *self._fixed], _looked_up(texts.indices, places, empty))

    def bits(self, column: Column) -> Mapping[str, Bits]:
        """In which rows each token of the question's variables stands, as `Facts` keeps them."""
        table, at = np.array([cell.codes for cell in column.cells], np.int8), column.places.astype(np.intp)
        about, *options = self.variables
        codes = table[:, 0].take(at)
        tokens, *ticks = self._codes
        found = {place(about, token): packed(np.equal(codes, np.int8(code))) for token, code in tokens.items()}
        if options:
            yes = table[:, 1:] == [tick[YES] for tick in ticks]
            ticked = np.packbits(yes, axis=1, bitorder="little").take(at, axis=0)
            for number, variable in enumerate(options):
                chosen = np.packbits(ticked[:, number // 8] & np.uint8(1 << number % 8), bitorder="little")
                found[place(variable, YES)] = chosen
                found[place(variable, NO)] = found[place(about, GIVEN)] & ~chosen
        return found

    def reason(self, text: str) -> Text | None:
        """What is wrong with a text as an answer; None where nothing is."""
        value = self._words.answer(text)
        aside = self._carried(value).set_aside if value not in ("", None) else ()
        if aside:
            return aside[0].because
        return self._words.reason(text) or (part_problem(text) if self._share and ONE.fullmatch(text.strip()) else None)

    def _carried(self, value: Answer) -> Carried:
        return carry_over({self.question.id: value}, {self.question.id: self.question}, self._renamed)

    def _cell(self, text: str) -> Cell:
        known = self._known.get(text)
        if known is not None:
            return known
        value = self._words.answer(text)
        if value == "":
            cell = self._fixed[0]
        else:
            answers = self._carried(value).answers if value is not None else {}
            known_answer = answers.get(self.question.id)
            cell = self._wrong if known_answer is None else self._meaning(known_answer)
        if len(self._known) < REMEMBERED and len(text) <= LONGEST_REMEMBERED:
            self._known[text] = cell
        return cell

    def _meaning(self, answer: Answer) -> Cell:
        token = self._domains.token
        codes = tuple(
            codes.get(token(variable, answer), 0) for variable, codes in zip(self.variables, self._codes, strict=True)
        )
        counts = tuple(counted(self.question, answer, asked) for asked in ASKED)
        return Cell(
            codes,
            tuple(
                (one.lowest, one.highest, 1.0, float(one.certain)) if one else (0.0, 0.0, 0.0, 0.0) for one in counts
            ),
        )


def _looked_up(indices: Any, table: Sequence[int], empty: int) -> Places:
    """What a table says of Arrow's 32-bit places in a dictionary, as short numbers; `empty` where there is none."""
    validity, numbers = indices.buffers()
    last = indices.offset + len(indices)
    found = np.frombuffer(numbers, np.int32, last)[indices.offset :]
    short: Places = np.array([*table, empty], np.min_scalar_type(empty + 1))
    if not indices.null_count:
        return short.take(found)
    valid = np.unpackbits(np.frombuffer(validity, np.uint8), count=last, bitorder="little")[indices.offset :]
    known: Places = short.take(found * valid) * valid + short[-1] * (1 - valid)
    return known  # arithmetic is quicker than choosing
