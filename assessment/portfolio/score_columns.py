"""The scores of many rows at once: the formula of `assessment.scoring`, with equal points taken together.

What may or may not count pulls a mean only where it lies beyond it. So the lowest score is found by taking in what is
open from the fewest points upward, as long as that lowers the mean; the highest the other way round.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessment.model import Level
from assessment.portfolio.cells import Column
from assessment.scoring import CAP, FEWEST, LEVELS, points_range, shown
from knowledge.model import Question
from rules.columns import Codes, Flags
from rules.meaning import UNANSWERED

Points = NDArray[np.float64]
Words = NDArray[np.uint64]
Places = NDArray[np.intp]
LEVEL_NAMES: tuple[Level, ...] = tuple(name for _, name in reversed(LEVELS))
STARTS = tuple(start for start, _ in reversed(LEVELS))[1:]
NO_SCORE = -1
DECIMALS = 9
"""Of points; as many as are left of a score."""
WORD = 8
_FIXED = 3
_told = lru_cache(65_536)(shown)


@dataclass(frozen=True)
class ScoreColumn:
    """The lowest or highest scores of one theme (NaN where it has none), and their places in LEVEL_NAMES (or -1)."""

    scores: Points
    levels: Codes


class Scale:
    """How what questions add to a score is written as small whole numbers, side by side in a few machine words.

    So one look-up gives all that an answer adds, one addition adds all of it, and sums are exact. There is a number for
    the lowest points, the highest, and how many conditions certainly count; and for each number of points how many may
    count with them at least, and at most.
    """

    def __init__(self, questions: Iterable[Question]):
        """For any sum of these questions."""
        scored = [question for question in questions if question.scored]
        points = {float(some) for question in scored for some in points_range(question, UNANSWERED) or ()}
        points |= {float(one.points) for question in scored for one in question.options if one.points is not None}
        bands = [band for question in scored if question.number for band in question.number.bands]
        points |= {band.points for band in bands if band.points is not None}
        self.points = sorted(points)
        self.steps = lcm(*(Fraction(str(round(one, DECIMALS))).denominator for one in points))
        largest = self.steps * max(1, len(scored))
        self._kind = np.min_scalar_type(largest)
        width = _FIXED + 2 * len(self.points)
        per_word = WORD // self._kind.itemsize
        self.words = 1 << (-(-width // per_word) - 1).bit_length()  # NumPy is quick where they are 1, 2, 4 or 8

    def table(self, counts: Points) -> Words:
        """Of rows of (lowest points, highest points, counts, certain) what each adds."""
        lowest, highest, counting, certain = counts.T
        fixed = counting * certain
        loose = (counting - fixed)[:, None]
        made = np.zeros((len(counts), self.words * WORD // self._kind.itemsize), self._kind)
        made[:, :_FIXED] = np.rint(np.array([lowest * fixed * self.steps, highest * fixed * self.steps, fixed])).T
        count = len(self.points)
        made[:, _FIXED : _FIXED + count] = loose * np.equal.outer(lowest, self.points)
        made[:, _FIXED + count : _FIXED + 2 * count] = loose * np.equal.outer(highest, self.points)
        return made.view(np.uint64)

    def numbers(self, words: Words) -> NDArray[Any]:
        """The numbers that stand in words, a column for each."""
        return words.view(self._kind)


class Total:
    """What the questions of one part add up to, per row."""

    def __init__(self, scale: Scale, rows: int):
        self._scale, self._words = scale, np.zeros((rows, scale.words), np.uint64)
        self._used = np.zeros((1, scale.words), np.uint64)
        self._added = np.empty_like(self._words)

    def add(self, column: Column, at: Places | None) -> None:
        """One question. `at` holds per row the place of its state (of ASKED) and of its cell in a table of both; it is
        None where the question is certainly asked in every row."""
        table = self._scale.table(column.counts().reshape(-1, 4))
        if at is None:
            at, table = column.places.astype(np.intp), table[-len(column.cells) :]
        self._words += table.take(at, axis=0, out=self._added, mode="clip")  # the mode in which `out` is used as it is
        self._used |= np.bitwise_or.reduce(table, axis=0)

    def include(self, other: "Total") -> None:
        """Take in the questions of another part."""
        self._words += other._words
        self._used |= other._used

    def scores(self, surely_capped: Flags, perhaps_capped: Flags) -> tuple[ScoreColumn, ScoreColumn]:
        """The lowest and highest score per row; there is none with fewer than FEWEST certain conditions."""
        numbers, used = self._scale.numbers(self._words).T, self._scale.numbers(self._used)[0]
        lowest, highest, weight = numbers[:_FIXED].astype(np.float64)
        weight[weight < FEWEST] = np.nan
        count, points = len(self._scale.points), self._scale.points
        open_ = [
            [
                (points[place], numbers[start + place].astype(np.float64))
                for place in range(count)
                if used[start + place]
            ]
            for start in (_FIXED, _FIXED + count)
        ]
        lowest = _extreme(lowest / self._scale.steps, weight, open_[0], np.less)
        highest = _extreme(highest / self._scale.steps, weight, open_[1][::-1], np.greater)
        return _shown(_capped(lowest, perhaps_capped)), _shown(_capped(highest, surely_capped))


def _extreme(total: Any, weight: Any, open_: Sequence[tuple[float, Points]], beyond: Any) -> Points:
    """The mean when what is open is taken in as long as it lies beyond that; `total` becomes the sum of all taken."""
    weight = weight.copy()
    with np.errstate(invalid="ignore"):  # 0 / 0 is NaN: nothing is certain
        value: Points = total / weight
        for points, some in open_:
            some *= beyond(points, value)
            weight += some
            some *= points
            total += some
            np.divide(total, weight, out=value)
    return value


def _capped(mean: Points, caps: Flags) -> Points:
    return np.round(np.minimum(100 * mean, np.where(caps, CAP, 100.0)), 9).astype(np.float64, copy=False)


def _shown(scores: Points) -> ScoreColumn:
    """As `scoring.shown`, for a column: halves of a tenth, which lie on either side as floats, are left to it."""
    tenths = scores * 10
    rounded = np.rint(tenths) / 10
    halves = np.flatnonzero(np.abs(np.abs(tenths - np.trunc(tenths)) - 0.5) < 1e-6)
    rounded[halves] = [_told(score)[0] for score in scores[halves].tolist()]
    levels: Codes = np.zeros(len(scores), np.int8)
    for start in STARTS:
        levels += rounded >= start
    levels[np.isnan(rounded)] = NO_SCORE
    return ScoreColumn(rounded, levels)
