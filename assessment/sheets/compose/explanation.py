"""Explanations as plain text: why, why not, what would change it, a score, what to ask next."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import fill

from assessment.changes.model import Change, NextQuestion, WhyNot
from assessment.model import AdvisedLesson, Score
from assessment.outline import Point, outline
from assessment.sheets.words import COLUMNS, clean, labels
from knowledge.model import Lesson, Question
from knowledge.text import Language, Text

LONGEST = 4000


class Explanations:
    """Writes explanations in one language; each piece is a row of lines."""

    def __init__(self, language: Language):
        self._language = language
        self._words = labels(language)

    def why(self, advised: AdvisedLesson, change: Change | None) -> Iterator[str]:
        """Why a lesson is advised, down to the answers, and the smallest change of answers that removes it."""
        yield from self._lesson(advised.lesson, "explain-given")
        yield from self._part("explain-why")
        yield from self._points(outline(advised.reasons))
        yield from self._changes("explain-removes", "explain-always", change)

    def why_not(self, lesson: Lesson, why: WhyNot) -> Iterator[str]:
        """Why a lesson is not advised, and the smallest change of answers that brings it."""
        yield from self._lesson(lesson, "explain-not-given")
        yield from self._part("explain-why-not")
        yield from self._line(self._fill("explain-nearest", rule=self._text(why.says)), 0)
        if why.because is None:
            yield from self._line(self._words["explain-undecided"], 0)
        else:
            yield from self._points(outline([why.because]))
        yield from self._changes("explain-brings", "explain-never", why.change)

    def score(self, score: Score) -> Iterator[str]:
        """A score with the contribution of each question, and what caps it."""
        title = self._text(score.title)
        yield self._fill("explain-score", title=title, lowest=f"{score.lowest:.0f}", highest=f"{score.highest:.0f}")
        for one in score.contributions:
            values = {"lowest": f"{one.lowest:g}", "highest": f"{one.highest:g}"}
            said = {"question": self._text(one.asked), "answer": self._text(one.answer)}
            yield from self._line(self._fill("explain-contribution", **values, **said), 0)
        if score.capped_by:
            yield from self._part("explain-capped")
        for reason in score.capped_by:
            yield from self._line(self._text(reason.says), 0)

    def names(self, named: Iterable[tuple[str, Text]]) -> Iterator[str]:
        """What can be explained, each with its name."""
        yield self._words["explain-names"]
        for name, title in named:
            yield from self._line(f"{name}: {self._text(title)}", 0)

    def order(self, order: Sequence[NextQuestion], questions: dict[str, Question], most: int) -> Iterator[str]:
        """The open questions, the one that settles most first."""
        deciding = sum(one.matters for one in order)
        yield self._fill("explain-progress", open=len(order), deciding=deciding)
        for number, one in enumerate(order[:most], start=1):
            key = "explain-settles" if one.matters else "explain-settled"
            yield from _wrapped(self._text(questions[one.question].text), f"{number:2}. ", "    ")
            yield from _wrapped(self._fill(key, count=one.lessons + one.acts, id=one.question), "    ", "    ")

    def _lesson(self, lesson: Lesson, key: str) -> Iterator[str]:
        yield from _wrapped(self._text(lesson.advice))
        yield f"{self._words[key]} ({lesson.id})"

    def _points(self, points: Iterable[Point], depth: int = 0) -> Iterator[str]:
        for point in points:
            yield from self._line(self._said(point), depth)
            yield from self._points(point.below, depth + 1)

    def _said(self, point: Point) -> str:
        key = f"explain-{point.kind}"
        if point.answer is not None:
            return self._fill(key, question=self._text(point.answer.asked), answer=self._text(point.answer.answer))
        if point.reason is None:
            return self._words[key]
        says = self._text(point.reason.says)
        says = says if point.reason.holds else self._fill("explain-not-so", finding=says)
        return says if point.kind == "finding" else self._fill(key, finding=says)

    def _changes(self, key: str, none: str, change: Change | None) -> Iterator[str]:
        yield from self._part(key)
        if change is None:
            yield from self._line(self._words[none], 0)
            return
        for one, before in zip(change.words, change.instead_of, strict=True):
            values = {"question": one.asked, "before": before, "after": one.answer}
            words = {name: self._text(value) for name, value in values.items()}
            yield from self._line(self._fill("explain-change", **words), 0)

    def _part(self, key: str) -> Iterator[str]:
        yield from ("", f"{self._words[key]}:")

    def _fill(self, key: str, **values: object) -> str:
        return self._words[key].format(**values)

    def _line(self, text: str, depth: int) -> Iterator[str]:
        return _wrapped(text, "  " * depth + "- ", "  " * depth + "  ")

    def _text(self, text: Text) -> str:
        return clean(text.in_(self._language), LONGEST, "…")


def _wrapped(text: str, first: str = "", then: str = "") -> Iterator[str]:
    yield from fill(text, COLUMNS, initial_indent=first, subsequent_indent=then, break_on_hyphens=False).splitlines()
