"""What is told about rows as they come by: an id that was there before, and a row that adds up the others."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from assessment.answers.understood import Words
from assessment.portfolio.batches import ID, Batch, Problem, Told
from knowledge.base import KnowledgeBase
from knowledge.text import Language, Text

MOST_WORDS, LONGEST_WORD = 1_000, 20
"""Of a column with more distinct texts, and of a longer text, nothing is said: it is no yes or no."""
_SUMS = pa.array(["totaal", "total", "totalen", "totals", "som", "sum", "gemiddelde", "average", "mean", "subtotaal",
                  "subtotal", "eindtotaal", "grand total", "aantal", "count"])  # fmt: skip
_TWICE = Text(
    nl="dit kenmerk stond al in een eerdere rij; beide rijen tellen mee, haal er een weg als het dezelfde is",
    en="this id stood in an earlier row already; both rows count, remove one of them if it is the same",
)
_SUM = Text(
    nl="deze rij telt andere rijen op en is geen beoordeling; hij is overgeslagen",
    en="this row adds up other rows and is no assessment; it was skipped",
)


def watched(batches: Iterator[Batch], knowledge: KnowledgeBase) -> Iterator[Batch]:
    """The same batches without rows that add up others; these, and ids that are repeated, are told."""
    choices = {one.id for one in knowledge.questions.values() if one.number is None}
    seen, read_as = _Seen(), _ReadAs(knowledge)
    for batch in batches:
        whole = _without_sums(batch, choices)
        again = seen.again(whole.ids)
        told = (*read_as(whole), *(Problem(str(whole.rows[row]), ID, _TWICE) for row in again.tolist()))
        yield replace(whole, problems=(*whole.problems, *told)) if told else whole


class Watch:
    """What no batch of a table knows by itself: which ids stood in an earlier one, and which notes were told."""

    def __init__(self, language: Language):
        self._seen, self._notes, self._language = _Seen(), set[Told](), language

    def told(self, problems: pd.DataFrame, results: pd.DataFrame) -> Iterator[Told]:
        """The problems of the next batch without notes on the whole table that were told, and ids that came back."""
        listed: list[Told] = [*problems.itertuples(index=False, name=None)]
        yield from (one for one in listed if one[0] or one not in self._notes)
        self._notes.update(one for one in listed if not one[0])
        known = {row for row, column, _ in listed if column == ID}
        again = self._seen.again(pa.array(results["id"].to_numpy(object), pa.string()))
        rows = (str(label) for label in results.index[again])
        yield from (Problem(row, ID, _TWICE).told(self._language) for row in rows if row not in known)


class _ReadAs:
    """Tells once of each text that was read as an answer that says more."""

    def __init__(self, knowledge: KnowledgeBase):
        asked = (one for one in knowledge.questions.values() if one.kind == "one")
        self._words = {one.id: Words(one, knowledge.renamed) for one in asked}
        self._told: set[tuple[str, str]] = set()

    def __call__(self, batch: Batch) -> Iterator[Problem]:
        for question, texts in batch.columns.items():
            words = self._words.get(question)
            if words is None or len(texts.dictionary) > MOST_WORDS:
                continue
            for text in texts.dictionary.to_pylist():
                meaning = words.meaning(text) if text and len(text) < LONGEST_WORD else None
                if meaning is not None and (question, text) not in self._told:
                    self._told.add((question, text))
                    yield Problem("", question, Text(
                        nl=f"'{text}' is gelezen als '{meaning.nl}'", en=f"'{text}' was read as '{meaning.en}'",
                    ))  # fmt: skip


class _Seen:
    """The ids that came by, each as a number of 64 bits."""

    def __init__(self) -> None:
        self._sorted: NDArray[np.uint64] = np.array([], np.uint64)

    def again(self, ids: Any) -> NDArray[np.intp]:
        """The places in these ids of those that were there before."""
        there = np.flatnonzero(ids.is_valid().to_numpy(zero_copy_only=False))
        if not len(there):
            return there
        texts = ids.take(pa.array(there)).to_numpy(zero_copy_only=False)
        hashes = pd.util.hash_array(np.asarray(texts, object), categorize=False)
        distinct, first = np.unique(hashes, return_index=True)
        repeated = np.ones(len(hashes), np.bool_)
        repeated[first] = False
        at = np.searchsorted(self._sorted, hashes)
        at[at == len(self._sorted)] = 0
        before = self._sorted[at] == hashes if len(self._sorted) else np.zeros(len(hashes), np.bool_)
        self._sorted = np.sort(np.concatenate([self._sorted, distinct]), kind="stable")
        return there[repeated | before]


def _without_sums(batch: Batch, choices: set[str]) -> Batch:
    named = pc.or_(_is_sum(batch.ids), _is_sum(batch.titles)).to_numpy(zero_copy_only=False)
    sums = [
        row for row in np.flatnonzero(named).tolist()
        if not any(texts[row].as_py() for question, texts in batch.columns.items() if question in choices)
    ]  # fmt: skip
    if not sums:
        return batch
    kept = np.delete(np.arange(len(batch.rows)), sums)
    return Batch(
        [batch.rows[row] for row in kept.tolist()],
        batch.ids.take(pa.array(kept)),
        batch.titles.take(pa.array(kept)),
        {question: texts.take(pa.array(kept)) for question, texts in batch.columns.items()},
        (*batch.problems, *(Problem(str(batch.rows[row]), "", _SUM) for row in sums)),
        batch.done,
    )


def _is_sum(texts: Any) -> Any:
    short = pc.utf8_rtrim(pc.utf8_slice_codeunits(texts, 0, 20), " :.")
    return pc.is_in(pc.utf8_lower(short), value_set=_SUMS)
