"""A mail, agenda or list of questions before it is sent: what in it does harm, why, and what to write rather.

Nothing is kept. It marks rather too much than too little, and that nothing was marked says nothing.
"""

import re
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
    words = tokens(text)
    found = [*_worded(text, words, hidden), *_closed(text, words), *_subjects(text, words)]
    if hidden:
        found += _leads(text, words, names)
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
    for match in SENTENCE.finditer(text):
        said = [one.folded for one in words if match.start() <= one.start < match.end()]
        if not match.group().rstrip().endswith("?") or not said:
            continue
        for language in LANGUAGES:
            if said[0] in closed.begins[language] and not set(closed.opens[language]) & set(said):
                start = match.start() + len(match.group()) - len(match.group().lstrip(" -–•*\t0123456789.)"))
                yield _mark(text, (start, match.end()), "yes-no", closed, language)
                break


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
    greeted, closed = _greeting(text, words), _end(text, words)
    for hit in traces(text, names):
        ordinary = hit.end <= greeted or hit.start >= closed
        if hit.listed or not ordinary:
            called = lists().roles[hit.role] if hit.role is not None else lists().kinds[hit.kind]
            yield _mark(text, (hit.start, hit.end), "source", drafts().leads, called=called)


def _greeting(text: str, words: Sequence[Token]) -> int:
    """Where the first line ends, when it greets; else 0."""
    greetings = {one for some in drafts().greeting.values() for one in some}
    if not words or words[0].folded not in greetings:
        return 0
    line = text.find("\n", words[0].start)
    return line if line >= 0 else 0


def _end(text: str, words: Sequence[Token]) -> int:
    """Where the last line that closes a mail begins; else the end of the text."""
    ends = [start for _, (start, _) in _where(drafts().closing, words)]
    return max((one for one in ends if "\n" in text[:one]), default=len(text))
