"""A comparison of two assessments as a document; A is the first, B the second."""

from collections.abc import Iterator
from datetime import date

from assessment.changes.comparison import ChangedLesson, Comparison, ScorePair, Topic
from assessment.model import LONGEST_TITLE, Standing
from assessment.sheets.compose.composition import conditions
from assessment.sheets.document import Block, Bullets, Document, Fields, Heading, Paragraph, Table
from assessment.sheets.words import clean, labels
from assessment.sheets.writers import write
from knowledge.text import Language, Text

SEVERITIES = ("critical", "high", "normal")


def comparison_sheet(comparison: Comparison, language: Language, made_on: date | None = None) -> Document:
    """What to talk about, and the differences in advice, answers and scores."""
    words = labels(language)
    return Document(
        language=language,
        kind=words["compare-kind"],
        title=words["compare-title"],
        about=words["compare-about"],
        made_on=made_on or date.today(),
        blocks=tuple(_Writer(comparison, language).blocks()),
        notice=words["notice.own"],
    )


def write_comparison(comparison: Comparison, language: Language) -> str:
    """The comparison as plain text."""
    return write(comparison_sheet(comparison, language), "text").decode()


class _Writer:
    def __init__(self, comparison: Comparison, language: Language):
        self.all, self.language, self.words = comparison, language, labels(language)
        self.asked = {one.question: one.asked for one in comparison.answers}

    def text(self, text: Text) -> str:
        return text.in_(self.language)

    def blocks(self) -> Iterator[Block]:
        words = self.words
        titles = (clean(one, LONGEST_TITLE, "…") or words["untitled"] for one in self.all.titles)
        yield Fields(tuple(zip("AB", titles, strict=True)))
        if self.all.empty:
            yield Paragraph(words["compare-same"])
            return
        if self.all.agenda:
            yield Heading(words["compare-agenda"])
            yield Paragraph(words["compare-agenda-about"])
        for number, topic in enumerate(self.all.agenda, start=1):
            yield from self.topic(number, topic)
        yield Heading(words["compare-advice"])
        if self.all.lessons:
            header = tuple(words[f"compare-{key}"] for key in ("where", "what", "because"))
            yield Table(words["compare-advice"], header, tuple(map(self.lesson, self.all.lessons)))
        else:
            yield Paragraph(words["compare-advice-same"])
        yield Heading(words["compare-answers"])
        if self.all.answers:
            rows = tuple(
                (self.text(one.asked), self.text(one.before), self.text(one.after)) for one in self.all.answers
            )
            yield Table(words["compare-answers"], (words["question"], "A", "B"), rows)
        else:
            yield Paragraph(words["compare-answers-same"])
        yield Heading(words["compare-scores"])
        yield Table(words["compare-scores-about"], (words["theme"], "A", "B"), tuple(map(self.score, self.all.scores)))

    def topic(self, number: int, topic: Topic) -> Iterator[Block]:
        yield Heading(f"{number}. {self.text(topic.asked)}", 2)
        yield Fields((("A", self.text(topic.before)), ("B", self.text(topic.after))))
        titles = {
            self.text(one.title): one.severity for one in reversed(self.all.lessons) if one.lesson in topic.lessons
        }
        yield Paragraph(self.words["compare-hangs" if titles else "compare-hangs-none"])
        ordered = sorted(titles.items(), key=lambda item: SEVERITIES.index(item[1]))
        yield Bullets(tuple(f"{title} ({self.words[f'compare-severity.{severity}']})" for title, severity in ordered))

    def lesson(self, one: ChangedLesson) -> tuple[str, str, str]:
        side = self.words["compare-appeared" if one.appeared else "compare-vanished"]
        severity = self.words[f"compare-severity.{one.severity}"]
        asked = "; ".join(self.text(self.asked[each]) for each in one.questions if each in self.asked)
        because = self.words["compare-rules"] if one.due_to == "rules" else asked
        return side, f"{self.text(one.title)} ({severity}). {self.text(one.advice)}", because

    def score(self, pair: ScorePair) -> tuple[str, str, str]:
        return self.text(pair.title), self.met(pair.before), self.met(pair.after)

    def met(self, standing: Standing | None) -> str:
        return self.words["too-early"] if standing is None else conditions(standing, self.words)
