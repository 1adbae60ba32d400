"""Somebody's own words for answers, put into the words of the questionnaire as the mapping says."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa

from assessment.answers.understood import folded
from assessment.portfolio.batches import Batch


def with_meanings(batches: Iterator[Batch], meanings: Mapping[str, Mapping[str, str]]) -> Iterator[Batch]:
    """The same batches, in which each word that the mapping names is the answer that it stands for."""
    for batch in batches:
        columns = {
            question: _translated(texts, meanings[question]) if question in meanings else texts
            for question, texts in batch.columns.items()
        }
        yield replace(batch, columns=columns)


def _translated(texts: Any, meanings: Mapping[str, str]) -> Any:
    said = [meanings.get(folded(text), text) if text is not None else None for text in texts.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(texts.indices, pa.array(said, pa.string()))
