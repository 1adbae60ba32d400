"""A column per choice, as survey tools write it: joined to the one cell that stands for the same answer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pyarrow as pa

from assessment.answers.understood import Words, folded
from assessment.portfolio.read.headers import Header
from knowledge.base import KnowledgeBase
from knowledge.condition import NOT_APPLICABLE, UNKNOWN

Cells = Sequence[str | None]
_CHOSEN = frozenset({"1", "1.0", "1,0", "true", "waar", "ja", "yes", "j", "y", "x", "✓", "✔", "☑", "checked",
                     "selected", "gekozen", "aangevinkt"})  # fmt: skip
_NOT_CHOSEN = frozenset({"", "0", "0.0", "0,0", "false", "onwaar", "nee", "no", "n", "-", "unchecked", "not selected",
                         "niet gekozen", "niet aangevinkt"})  # fmt: skip


class Choices:
    """Joins the columns of each question that has a column per choice."""

    def __init__(self, header: Header, knowledge: KnowledgeBase):
        self._header = header
        self._words = {one: Words(knowledge.questions[one], knowledge.renamed) for one in header.choices}

    def columns(self, coded: Callable[[int], Any]) -> dict[str, Any]:
        """A dictionary-encoded column per question; `coded` gives that of a place in the row of names.

        Where a question has a column for the whole answer and columns per choice, and these differ, the cell holds
        both, which is no answer.
        """
        found = {question: coded(at) for question, at in self._header.questions.items()}
        for question, places in self._header.choices.items():
            whole = found[question].to_pylist() if question in found else None
            marks = {option: coded(at).to_pylist() for option, at in places.items()}
            found[question] = pa.array(self._joined(question, whole, marks), pa.string()).dictionary_encode()
        return found

    def _joined(self, question: str, whole: Cells | None, marks: Mapping[str, Cells]) -> Cells:
        words, options = self._words[question], tuple(marks)
        known: dict[tuple[str | None, ...], str | None] = {}
        joined: list[str | None] = []
        for row in zip(*marks.values(), strict=True):
            if row not in known:
                known[row] = self._cell(words, options, row)
            joined.append(known[row])
        return [
            self._either(words, one, other) for one, other in zip(whole or [None] * len(joined), joined, strict=True)
        ]

    def _cell(self, words: Words, options: Sequence[str], row: Sequence[str | None]) -> str | None:
        chosen = []
        for option, mark in zip(options, row, strict=True):
            key = folded(mark or "") if (mark or "").strip() != "-" else "-"
            if key in _CHOSEN or words.choice(mark or "") == option:
                chosen.append(option)
            elif key not in _NOT_CHOSEN:
                return f"{option}: {mark}"
        if len(chosen) > 1 and {UNKNOWN, NOT_APPLICABLE} & set(chosen):
            return "; ".join(chosen)
        return ";".join(chosen) or None

    @staticmethod
    def _either(words: Words, whole: str | None, joined: str | None) -> str | None:
        if whole is None or not whole.strip() or joined is None:
            return joined if whole is None or not whole.strip() else whole
        answers = words.answer(whole), words.answer(joined)
        same = answers[0] is None or (answers[0] == answers[1]) or _as_set(answers[0]) == _as_set(answers[1])
        return whole if same else f"{whole} / {joined}"


def _as_set(answer: object) -> frozenset[object]:
    return frozenset(answer) if isinstance(answer, tuple) else frozenset({answer})
