"""A column per choice, as survey tools write it: joined to the one cell that stands for the same answer."""

from collections.abc import Mapping, Sequence

from assessment.answers.understood import Words, folded
from knowledge.base import KnowledgeBase
from knowledge.condition import NOT_APPLICABLE, UNKNOWN

Cells = Sequence[str | None]
_CHOSEN = frozenset({"1", "1.0", "1,0", "true", "waar", "ja", "yes", "j", "y", "x", "✓", "✔", "☑", "checked",
                     "selected", "gekozen", "aangevinkt"})  # fmt: skip
_NOT_CHOSEN = frozenset({"", "0", "0.0", "0,0", "false", "onwaar", "nee", "no", "n", "-", "unchecked", "not selected",
                         "niet gekozen", "niet aangevinkt"})  # fmt: skip


class Choices:
    """Joins the columns of each question that has a column per choice."""

    def __init__(self, columns: Mapping[str, Mapping[str, object]], knowledge: KnowledgeBase):
        self._words = {question: Words(knowledge.questions[question], knowledge.renamed) for question in columns}

    def joined(self, texts: Mapping[str, Cells], marks: Mapping[str, Mapping[str, Cells]]) -> dict[str, Cells]:
        """The cells of every question: those of a column for the whole answer, and those of choices joined.

        Where both stand there and differ, the cell holds both, which is no answer.
        """
        found = dict(texts)
        for question, columns in marks.items():
            words, options = self._words[question], tuple(columns)
            known: dict[tuple[str | None, ...], str | None] = {}
            joined: list[str | None] = []
            for row in zip(*columns.values(), strict=True):
                if row not in known:
                    known[row] = self._cell(words, options, row)
                joined.append(known[row])
            whole = texts.get(question)
            found[question] = [
                self._either(words, one, other)
                for one, other in zip(whole or [None] * len(joined), joined, strict=True)
            ]
        return found

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
