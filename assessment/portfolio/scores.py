"""The scores of many rows at once: the formula of `assessment.scoring`, with equal points taken together.

What may or may not count pulls a mean only where it lies beyond it. So the lowest score is found by taking in what is
open from the fewest points upward, as long as that lowers the mean; the highest the other way round.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assessment.model import Level
from assessment.portfolio.cells import Column
from assessment.scoring import CAP, LEVELS, shown
from rules.columns import Codes, Flags

Points = NDArray[np.float64]
Places = NDArray[np.intp]
LEVEL_NAMES: tuple[Level, ...] = tuple(name for _, name in reversed(LEVELS))
STARTS = tuple(start for start, _ in reversed(LEVELS))[1:]
NO_SCORE = -1
_told = lru_cache(65_536)(shown)


@dataclass(frozen=True)
class ScoreColumn:
    """The lowest or highest scores of one theme (NaN where it has none), and their places in LEVEL_NAMES (or -1)."""

    scores: Points
    levels: Codes


@dataclass
class Total:
    """What the questions of one part add up to, per row: points times weight and weight of what certainly counts, and
    for each number of points the weight of what may count with them."""

    lowest: Points
    highest: Points
    weight: Points
    open_lowest: dict[float, Points] = field(default_factory=dict)
    open_highest: dict[float, Points] = field(default_factory=dict)

    @classmethod
    def nothing(cls, rows: int) -> "Total":
        """Of no question yet."""
        return cls(np.zeros(rows), np.zeros(rows), np.zeros(rows))

    def add(self, column: Column, at: Places | None) -> None:
        """One question. `at` holds per row the place of its state (of ASKED) and of its cell in a table of both; it is
        None where the question is certainly asked in every row."""
        table = column.counts().reshape(-1, 4)
        if at is None:
            at, table = column.places, table[-len(column.cells) :]
        lowest, highest, weight, certain = table.T
        fixed = weight * certain
        self.lowest = self.lowest + (lowest * fixed)[at]
        self.highest = self.highest + (highest * fixed)[at]
        self.weight = self.weight + fixed[at]
        loose = weight - fixed
        if not loose.any():
            return
        used = np.flatnonzero((np.bincount(at, minlength=len(table)) > 0) & (loose > 0))
        for open_, points in ((self.open_lowest, lowest), (self.open_highest, highest)):
            for value in np.unique(points[used]).tolist():
                some = np.where(points == value, loose, 0.0)[at]
                open_[value] = open_[value] + some if value in open_ else some

    def include(self, other: "Total") -> None:
        """Take in the questions of another part."""
        self.lowest, self.highest = self.lowest + other.lowest, self.highest + other.highest
        self.weight = self.weight + other.weight
        for mine, theirs in ((self.open_lowest, other.open_lowest), (self.open_highest, other.open_highest)):
            for value, some in theirs.items():
                mine[value] = mine[value] + some if value in mine else some

    def scores(self, surely_capped: Flags, perhaps_capped: Flags) -> tuple[ScoreColumn, ScoreColumn]:
        """The lowest and highest score per row; there is none where nothing is certain."""
        lowest = _extreme(self.lowest, self.weight, sorted(self.open_lowest.items()), np.less)
        highest = _extreme(self.highest, self.weight, sorted(self.open_highest.items(), reverse=True), np.greater)
        return _shown(_capped(lowest, perhaps_capped)), _shown(_capped(highest, surely_capped))


def _extreme(total: Any, weight: Any, open_: Sequence[tuple[float, Points]], beyond: Any) -> Points:
    with np.errstate(invalid="ignore"):  # 0 / 0 is NaN: nothing is certain
        value: Points = total / weight
        for points, some in open_:
            taken = np.where(beyond(points, value), some, 0.0)
            total = total + points * taken
            weight = weight + taken
            value = total / weight
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
