"""Somebody's own words for answers, put into the words of the questionnaire as the mapping says."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import pyarrow as pa

from assessment.answers.understood import folded
from assessment.portfolio.batches import Piece


def with_meanings(pieces: Iterator[Piece], meanings: Mapping[str, Mapping[str, str]]) -> Iterator[Piece]:
    """The same pieces, in which each word that the mapping names is the answer that it stands for."""
    for piece in pieces:
        columns = {
            question: _translated(texts, meanings[question]) if question in meanings else texts
            for question, texts in piece.columns.items()
        }
        yield replace(piece, columns=columns)


def _translated(texts: Any, meanings: Mapping[str, str]) -> Any:
    said = [meanings.get(folded(text), text) if text is not None else None for text in texts.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(texts.indices, pa.array(said, pa.string()))
