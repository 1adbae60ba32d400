"""A comparison of two assessments as plain text, 88 columns wide, for a terminal or an e-mail."""

from collections.abc import Iterator, Mapping
from textwrap import fill

from assessment.changes.comparison import ChangedAnswer, ChangedLesson, Comparison, ScorePair, Topic
from assessment.sheets.words import clean
from knowledge.model import Severity
from knowledge.text import Language, Text

WIDTH = 88
LONGEST = 4000

_WORDS: Mapping[str, Text] = {
    "title": Text(nl="Vergelijking", en="Comparison"),
    "untitled": Text(nl="Zonder titel", en="Untitled"),
    "same": Text(
        nl="Er is geen verschil in antwoorden, advies of scores.",
        en="There is no difference in answers, advice or scores.",
    ),
    "agenda": Text(nl="Om samen te bespreken", en="To talk about"),
    "agenda-about": Text(
        nl="De verschillen waar het meeste advies van afhangt staan vooraan.",
        en="The differences on which most advice depends come first.",
    ),
    "advice": Text(nl="Verschil in advies", en="Difference in advice"),
    "advice-same": Text(nl="Het advies is hetzelfde.", en="The advice is the same."),
    "answers": Text(nl="Verschil in antwoorden", en="Difference in answers"),
    "answers-same": Text(nl="De antwoorden zijn dezelfde.", en="The answers are the same."),
    "scores": Text(nl="Scores naast elkaar", en="Scores side by side"),
    "appeared": Text(nl="Alleen bij B", en="Only in B"),
    "vanished": Text(nl="Alleen bij A", en="Only in A"),
    "because": Text(nl="Door het antwoord op:", en="Because of the answer to:"),
    "rules": Text(nl="Doordat de regels zijn veranderd.", en="Because the rules have changed."),
    "hangs": Text(nl="Hiervan hangt advies af:", en="Advice that depends on it:"),
    "hangs-none": Text(nl="Hiervan hangt geen verschil in advies af.", en="No difference in advice depends on it."),
    "brought-by": Text(nl="Komt door het antwoord op:", en="Brought about by the answer to:"),
    "not-scored": Text(nl="geen score", en="no score"),
}
_SEVERITY: Mapping[Severity, Text] = {
    "critical": Text(nl="veiligheid", en="safety"),
    "high": Text(nl="belangrijk", en="important"),
    "normal": Text(nl="gewoon", en="normal"),
}


def write_comparison(comparison: Comparison, language: Language) -> str:
    """The comparison as text with line ends; A is the first assessment, B the second."""
    return "\n".join(_Writer(comparison, language).lines()) + "\n"


class _Writer:
    def __init__(self, comparison: Comparison, language: Language):
        self._all = comparison
        self._language = language
        self._asked = {one.question: one.asked for one in comparison.answers}

    def lines(self) -> Iterator[str]:
        yield from ("=" * WIDTH, self._word("title").upper(), "=" * WIDTH)
        for letter, title in zip("AB", self._all.titles, strict=True):
            yield from _wrapped(f"{letter}: {clean(title, 200, '…') or self._word('untitled')}", "", "   ")
        if self._all.empty:
            yield from ("", self._word("same"))
            return
        if self._all.agenda:
            yield from (*self._heading("agenda"), self._word("agenda-about"))
        for number, topic in enumerate(self._all.agenda, start=1):
            yield from self._topic(number, topic)
        yield from self._heading("advice")
        if not self._all.lessons:
            yield self._word("advice-same")
        for lesson in self._all.lessons:
            yield from self._lesson(lesson)
        yield from self._heading("answers")
        if not self._all.answers:
            yield self._word("answers-same")
        for answer in self._all.answers:
            yield from self._answer(answer)
        yield from self._heading("scores")
        wide = max((len(self._text(pair.title)) for pair in self._all.scores), default=0)
        for pair in self._all.scores:
            yield self._score(pair, wide)

    def _topic(self, number: int, topic: Topic) -> Iterator[str]:
        yield ""
        yield from _wrapped(self._text(topic.asked), f"{number:2}. ", "    ")
        yield from self._two_answers(topic.before, topic.after)
        yield f"    {self._word('hangs' if topic.lessons else 'hangs-none')}"
        titles = {
            self._text(one.title): one.severity for one in reversed(self._all.lessons) if one.lesson in topic.lessons
        }
        for title, severity in sorted(titles.items(), key=lambda item: [*_SEVERITY].index(item[1])):
            yield from _wrapped(f"{title} ({self._text(_SEVERITY[severity])})", "    - ", "      ")

    def _lesson(self, lesson: ChangedLesson) -> Iterator[str]:
        side = self._word("appeared" if lesson.appeared else "vanished")
        yield ""
        yield from _wrapped(
            f"{side}: {self._text(lesson.title)} ({self._text(_SEVERITY[lesson.severity])})", "- ", "  "
        )
        yield from _wrapped(self._text(lesson.advice), "  ")
        if lesson.due_to == "rules":
            yield f"  {self._word('rules')}"
        else:
            yield from self._questions("because", lesson.questions)

    def _answer(self, answer: ChangedAnswer) -> Iterator[str]:
        yield ""
        yield from _wrapped(self._text(answer.asked), "- ", "  ")
        yield from self._two_answers(answer.before, answer.after)
        if answer.because_of:
            yield from self._questions("brought-by", answer.because_of)

    def _questions(self, key: str, questions: tuple[str, ...]) -> Iterator[str]:
        asked = "; ".join(self._text(self._asked[one]) for one in questions if one in self._asked)
        yield from _wrapped(f"{self._word(key)} {asked}", "  ")

    def _two_answers(self, before: Text, after: Text) -> Iterator[str]:
        for letter, answer in zip("AB", (before, after), strict=True):
            yield from _wrapped(f"{letter}: {self._text(answer)}", "    ", "       ")

    def _score(self, pair: ScorePair, wide: int) -> str:
        before, after = self._range(pair.before), self._range(pair.after)
        return f"{self._text(pair.title):{wide}}  A {before:>11}   B {after:>11}".rstrip()

    def _range(self, score: tuple[float, float] | None) -> str:
        if score is None:
            return self._word("not-scored")
        lowest, highest = (f"{end:.0f}%" for end in score)
        return lowest if lowest == highest else f"{lowest} – {highest}"

    def _heading(self, key: str) -> tuple[str, ...]:
        title = self._word(key).upper()
        return ("", "", title, "=" * len(title))

    def _word(self, key: str) -> str:
        return _WORDS[key].in_(self._language)

    def _text(self, text: Text) -> str:
        return clean(text.in_(self._language), LONGEST, "…")


def _wrapped(text: str, first: str = "", then: str | None = None) -> Iterator[str]:
    later = first if then is None else then
    yield from fill(text, WIDTH, initial_indent=first, subsequent_indent=later, break_on_hyphens=False).splitlines()
