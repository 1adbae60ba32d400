"""A mail, agenda or list of questions before it is sent: what in it does harm, why, and what to write rather.

Nothing is kept. It marks rather too much than too little, and that nothing was marked says nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from assessment.anonymity.folding import Token, tokens
from assessment.anonymity.patterns import rows_of, standing
from assessment.anonymity.source import source_hidden
from assessment.anonymity.traces import Name, traces
from assessment.anonymity.vocabulary import lists
from knowledge.base import knowledge_base
from knowledge.drafts import Better, DraftKind, Rows, drafts
from knowledge.model import Answers, Lesson
from knowledge.text import LANGUAGES, Language, Text
from rules.engine.inference import Inference

LONGEST = 50_000
"""So many letters are read; a mail is shorter."""
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
SHORTEST_QUESTION = 3
LONGEST_GREETING = 6
LONGEST_NAME = 3
"""In words."""
LABEL = re.compile(
    r"^[ \t]*(?:[-–•*>][ \t]+)?(?:(?:\d{1,2}|[a-z])[.)](?=\s)|\d{1,2}[.:]\d\d(?:[ \t]*[-–][ \t]*\d{1,2}[.:]\d\d)?\b)",
    re.MULTILINE,
)
"""What numbers a line of a list, or the time of a part of an agenda."""


@dataclass(frozen=True)
class Mark:
    """A part of a text that does harm, or some on one line that do the same.

    `better` is for the language that it is written in, where that shows; `called` is what it is, more precisely.
    """

    start: int
    end: int
    text: str
    kind: DraftKind
    because: Text
    better: Text
    lessons: tuple[Lesson, ...]
    language: Language | None = None
    called: Text | None = None

    def line(self, text: str) -> int:
        """The number of the line in which it begins."""
        return text.count("\n", 0, self.start) + 1


@dataclass(frozen=True)
class Checked:
    """What was marked, in the order of the text, and whether it was taken that a source must stay hidden."""

    text: str
    marks: tuple[Mark, ...]
    hidden: bool


def check(text: str, answers: Answers | None, inference: Inference, names: Iterable[Name] = ()) -> Checked:
    """A text looked through. Without answers, as with answers that leave it open, a source must stay hidden."""
    text = text[:LONGEST]
    hidden = answers is None or source_hidden(answers, inference)
    unnumbered = LABEL.sub(lambda match: " " * len(match.group()), text)  # each word stays where it is
    words = tokens(unnumbered)
    found = [*_worded(text, words, hidden), *_closed(unnumbered, words), *_subjects(text, words)]
    if hidden:
        found += _leads(unnumbered, words, names)
    return Checked(text, tuple(_merged(text, found)), hidden)


def _merged(text: str, found: Iterable[Mark]) -> list[Mark]:
    """The marks in the order of the text; of those that say the same of one line, one, with the words of each."""
    by_line: dict[tuple[int, DraftKind, Text], Mark] = {}
    for mark in sorted(found, key=lambda one: (one.start, -one.end)):
        place = (mark.line(text), mark.kind, mark.because)
        before = by_line.get(place)
        if before is None:
            by_line[place] = mark
        elif mark.start >= before.end:
            by_line[place] = replace(
                before, end=mark.end, text=f"{before.text} … {mark.text}", called=_both(before.called, mark.called)
            )
    return list(by_line.values())


def _both(one: Text | None, other: Text | None) -> Text | None:
    if one is None or other is None:
        return one or other
    return Text(nl=_listed(one.nl, other.nl), en=_listed(one.en, other.en))


def _listed(one: str, other: str) -> str:
    return ", ".join(dict.fromkeys([*one.split(", "), other]))


def _mark(
    text: str,
    span: tuple[int, int],
    kind: DraftKind,
    why: Better,
    language: Language | None = None,
    called: Text | None = None,
    because: Text | None = None,
) -> Mark:
    lessons = tuple(knowledge_base().lessons[one] for one in why.lessons)
    said = " ".join(text[slice(*span)].split())
    return Mark(*span, said, kind, because or why.because, why.better, lessons, language, called)


def _worded(text: str, words: Sequence[Token], hidden: bool) -> Iterator[Mark]:
    for one in drafts().marks:
        if one.kind == "source" and not hidden:
            continue
        for language, span in _where(one.words, words):
            yield _mark(text, span, one.kind, one, language)


def _where(rows: Rows, words: Sequence[Token]) -> Iterator[tuple[Language, tuple[int, int]]]:
    for language in LANGUAGES:
        for first, last in standing(rows_of(frozenset(rows[language])), words):
            yield language, (words[first].start, words[last].end)


def _closed(text: str, words: Sequence[Token]) -> Iterator[Mark]:
    """Questions that take only yes or no."""
    closed = drafts().closed
    opens = {one for some in (closed.opens, closed.asks) for rows in some.values() for one in rows}
    leave = {start for _, (start, _) in _where(closed.leave, words)}
    starts = [one.start for one in words]
    for match in SENTENCE.finditer(text):
        said = words[bisect_left(starts, match.start()) : bisect_left(starts, match.end())]
        asked = match.group().endswith("?") and len(said) >= SHORTEST_QUESTION
        if asked and said[0].start not in leave and not opens & {one.folded for one in said}:
            begins = [one for one in LANGUAGES if said[0].folded in closed.begins[one]]
            language = begins[0] if len(begins) == 1 else None
            yield _mark(text, (said[0].start, match.end()), "yes-no", closed, language)


def _subjects(text: str, words: Sequence[Token]) -> Iterator[Mark]:
    """The first words of each subject after the first one, with which they all are."""
    told = drafts().subjects
    firsts = []
    for subject in told.each:
        places = sorted(span for _, span in _where(subject.words, words))
        if places:
            firsts.append((places[0], subject.label))
    if len(firsts) < 2:
        return
    firsts.sort(key=lambda one: one[0])
    labels = Text(nl=", ".join(one.nl for _, one in firsts), en=", ".join(one.en for _, one in firsts))
    yield _mark(text, firsts[1][0], "subjects", told, called=labels)


def _leads(text: str, words: Sequence[Token], names: Iterable[Name]) -> Iterator[Mark]:
    """What could lead to somebody, outside the greeting and the end of a mail."""
    greeted = list(_greetings(text, words))
    ordinary = [*greeted, *_ends(text, words), *(_signed(text) if greeted else ())]
    for hit in traces(text, names):
        if hit.listed or not any(start <= hit.start and hit.end <= end for start, end in ordinary):
            called = lists().roles[hit.role] if hit.role is not None else lists().kinds[hit.kind]
            yield _mark(text, (hit.start, hit.end), "source", drafts().leads, called=called)


def _greetings(text: str, words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The lines that greet: short, and with nothing behind the name."""
    for _, (start, _) in _where(drafts().greeting, words):
        first, last = _line(text, start)
        said = text[start:last]
        if not text[first:start].strip() and len(said.split()) <= LONGEST_GREETING and not re.search(r"[.?:]\s", said):
            yield start, last


def _ends(text: str, words: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """From the last line that closes a mail on, up to a postscript."""
    closing = [start for _, (start, end) in _where(drafts().closing, words) if _alone(text, start, end)]
    if closing and max(closing) > 0:
        after = [start for _, (start, _) in _where(drafts().postscript, words) if start > max(closing)]
        begun = [start for start in after if not text[_line(text, start)[0] : start].strip()]
        yield max(closing), min(begun, default=len(text))


def _signed(text: str) -> Iterator[tuple[int, int]]:
    """The last line, where it is a name and stands apart."""
    *before, last = text.rstrip().split("\n")
    if before and not before[-1].strip() and len(last.split()) <= LONGEST_NAME:
        yield len(text.rstrip()) - len(last), len(text)


def _alone(text: str, start: int, end: int) -> bool:
    """Whether these words stand on a line with at most a name behind them."""
    first, last = _line(text, start)
    return not text[first:start].strip() and len(text[end:last].split()) <= LONGEST_NAME


def _line(text: str, place: int) -> tuple[int, int]:
    """Where the line of this place begins and ends."""
    last = text.find("\n", place)
    return text.rfind("\n", 0, place) + 1, last if last >= 0 else len(text)
