"""A whole portfolio in numbers that fit in memory however long it is: counts, and counts of scores in tenths."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet
from numpy.typing import NDArray

from assessment.portfolio.batches import BATCH_ROWS, MAXIMUM_COLUMNS, MAXIMUM_ROWS, TableError, too_long
from assessment.portfolio.score_columns import LEVEL_NAMES
from assessment.portfolio.write.naming import LESSON
from assessment.portfolio.write.results import HIGHEST, HIGHEST_LEVEL, LOWEST, LOWEST_LEVEL, SAFETY
from knowledge.damaged import told_as

OPEN = "open"
"""The level of a range that spans more than one level."""
TENTHS = 1000


@dataclass(frozen=True)
class Spread:
    """How some scores are spread: a quarter lies below `lower`, a quarter above `upper`. The extremes are no one's
    business: each is one company."""

    lower: float
    median: float
    upper: float


class ThemeSummary:
    """The scores of one theme: how many there are, at which level, and how they are spread."""

    def __init__(self) -> None:
        self.levels: Counter[str] = Counter()
        self._tenths: dict[str, NDArray[np.int64]] = {end: np.zeros(TENTHS + 1, np.int64) for end in (LOWEST, HIGHEST)}

    @property
    def count(self) -> int:
        return self.levels.total()

    def add(self, lowest: Any, highest: Any, lowest_level: Any, highest_level: Any) -> None:
        """Four Arrow columns of equal length; null where there is no score."""
        for end, column in ((LOWEST, lowest), (HIGHEST, highest)):
            scores = column.drop_null().to_numpy(zero_copy_only=False)
            tenths = np.clip(np.rint(scores * 10), 0, TENTHS).astype(np.intp)
            self._tenths[end] += np.bincount(tenths, minlength=TENTHS + 1)
        low, high = (_level_places(column) for column in (lowest_level, highest_level))
        for place, name in enumerate(LEVEL_NAMES):
            self.levels[name] += int(((low == place) & (high == place)).sum())
        self.levels[OPEN] += int((low != high).sum())

    def spread(self, end: str) -> Spread:
        """Of the lowest or of the highest scores; there must be at least one."""
        upto = np.cumsum(self._tenths[end])
        total = int(upto[-1])

        def place(rank: int) -> float:
            return int(np.searchsorted(upto, rank, side="right")) / 10

        quarter = (total - 1) // 4
        return Spread(place(quarter), (place((total - 1) // 2) + place(total // 2)) / 2, place(total - 1 - quarter))


def _level_places(column: Any) -> NDArray[np.intp]:
    """The places in LEVEL_NAMES of a column of names; -1 for another name."""
    coded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    places = pc.index_in(coded.dictionary.cast(pa.string()), pa.array(LEVEL_NAMES, pa.string())).fill_null(-1)
    indices = coded.indices.drop_null().to_numpy(zero_copy_only=False)
    return places.to_numpy(zero_copy_only=False).take(indices)  # type: ignore[no-any-return]


class Summary:
    """The numbers of one portfolio."""

    def __init__(self, versions: Mapping[str, str]):
        self.versions = dict(versions)
        self.rows = 0
        self.with_safety = 0
        self.themes: dict[str, ThemeSummary] = {}
        self.lessons: Counter[str] = Counter()
        self.asked: Counter[str] = Counter()
        self.unknown: Counter[str] = Counter()

    def add(self, batch: Any) -> None:
        """Rows of a table of results."""
        names = set(batch.schema.names)
        self.rows += batch.num_rows
        self.with_safety += pc.sum(pc.greater(batch.column(SAFETY), 0)).as_py() or 0
        for name in batch.schema.names:
            if name.startswith(LESSON):
                self.lessons[name.removeprefix(LESSON)] += batch.column(name).true_count
            about = name.removesuffix(f".{LOWEST}")
            ends = [f"{about}.{end}" for end in (LOWEST, HIGHEST, LOWEST_LEVEL, HIGHEST_LEVEL)]
            if about != name and names.issuperset(ends):
                self.themes.setdefault(about, ThemeSummary()).add(*(batch.column(end) for end in ends))

    def add_questions(self, questions: pd.DataFrame) -> None:
        """How many rows are `asked` each question, and how many do not know the answer (`unknown`)."""
        for question, asked, unknown in questions[["asked", "unknown"]].itertuples():
            self.asked[question] += asked
            self.unknown[question] += unknown


def read_former(path: Path) -> Summary:
    """The numbers of a portfolio that was written as Parquet before.

    Raises:
        TableError: it is no such file.
    """
    refusal = TableError(
        f"{path.name}: verwacht: een uitkomst van dialoogwijzer portfolio in Parquet",
        f"{path.name}: expected: an outcome of dialoogwijzer portfolio in Parquet",
    )
    with (
        told_as(lambda: refusal, TableError),
        pyarrow.parquet.ParquetFile(path, pre_buffer=False, buffer_size=1 << 16) as file,
    ):
        columns = file.schema_arrow
        metadata = columns.metadata or {}
        if SAFETY not in columns.names or len(columns.names) > MAXIMUM_COLUMNS:
            raise refusal
        if file.metadata.num_rows > MAXIMUM_ROWS:
            raise too_long()
        found = Summary({key.decode(): value.decode("utf-8", "replace")[:40] for key, value in metadata.items()})
        wanted = [name for name in columns.names if name not in ("id", "title")]
        for batch in file.iter_batches(batch_size=BATCH_ROWS, columns=wanted):
            found.add(batch)
        return found
