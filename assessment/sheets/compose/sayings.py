"""What an adviser says as blocks of a document: the texts, why they stand there, and where they come from."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import shorten

from assessment.advisers.conversation import AgendaPart
from assessment.advisers.situation import Saying
from assessment.sheets.document import Block, Bullets, Checklist, Heading, Paragraph, Table
from assessment.sheets.words import labels
from knowledge.base import KnowledgeBase
from knowledge.text import Language

LONGEST_HEADING = 60
DEEP = 3
"""The level of a part within something that is named `above` it."""
MARK = "\u00a0*"
"""Behind a text that is our own way to put a lesson into practice; it never begins a line."""


class Publications:
    """Numbers publications in the order in which they are named, so that a table need not repeat their titles."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, title: str) -> str:
        """What stands for the publication: `[1]`."""
        return f"[{self._numbers.setdefault(title, len(self._numbers) + 1)}]"

    def listed(self) -> Bullets:
        """Every publication after its number."""
        return Bullets(tuple(self._numbers), leads=tuple(map(self.number, self._numbers)))


class Sayings:
    """Writes the sayings of one adviser in one language."""

    def __init__(self, language: Language, knowledge: KnowledgeBase, on_screen: bool = False, shortened: bool = False):
        self.language, self.knowledge, self.on_screen, self.shortened = language, knowledge, on_screen, shortened
        self.labels = labels(language)
        self.marked = False
        self.title = self.above = ""
        self.resting: list[tuple[str, Sequence[Saying]]] = []

    def heading(self, key: str, level: int = 1) -> Heading:
        """The title of a part, under which its reasons and passages stand in the appendix."""
        title = self.labels[key]
        self.title = f"{self.above}: {title[:1].lower()}{title[1:]}" if level == DEEP else title
        return Heading(title, level)

    def label(self, key: str, **filled: object) -> str:
        """A fixed text with its values filled in."""
        return self.labels[key].format(**filled)

    def text(self, saying: Saying) -> str:
        """The words of a saying, marked where they are our own way to put a lesson into practice."""
        words = saying.text.in_(self.language)
        if saying.basis != "inferred":
            return words
        self.marked = True
        return f"{words}{MARK}"

    def part(self, title: str, sayings: Sequence[Saying], tick: bool = False, level: int = 1) -> Iterator[Block]:
        """A part with these sayings as a list, or to tick off; nothing where there are none."""
        if sayings:
            items = tuple(map(self.text, sayings))
            yield self.heading(title, level)
            yield Checklist(items) if tick else Bullets(items)
            yield from self.rests_on(sayings)

    def agenda(self, parts: Sequence[AgendaPart], caption: str) -> Iterator[Block]:
        """The parts of a meeting with their minutes, as a table."""
        yield Table(
            caption=caption,
            header=(self.labels["kit-minutes"], self.labels["kit-part"], self.labels["kit-how"]),
            rows=tuple((str(one.minutes), one.title.in_(self.language), self.text(one.how)) for one in parts),
        )
        yield from self.rests_on([one.how for one in parts])

    def rests_on(self, sayings: Sequence[Saying]) -> Iterator[Block]:
        """On a page why these sayings stand here and where they come from; on a sheet that stands in the appendix."""
        if not self.on_screen:
            self.resting.append((self.title, sayings))
            return
        if why := self.why(sayings):
            yield Paragraph(self.label("sayings-why", reasons=why), quiet=True)
        for title, headings in self.passages(sayings):
            yield Paragraph(self.label("sayings-source", source=title), quiet=True, dutch=headings)

    def appendix(self) -> Iterator[Block]:
        """Per part why it stands here, and the passages that it rests on."""
        publications = Publications()
        rows = []
        parts: dict[str, list[Saying]] = {}
        for part, some in self.resting:
            parts.setdefault(part, []).extend(some)
        for part, sayings in parts.items():
            passages = [f"{publications.number(title)} {headings}" for title, headings in self.passages(sayings)]
            rows.append((part, self.why(sayings), " ".join(passages)))
        if rows:
            yield Heading(self.labels["sayings-appendix"])
            columns = [("part", 0), *([("why", 1)] if any(why for _, why, _ in rows) else []), ("place", 2)]
            header = tuple(self.labels[f"sayings-appendix.{name}"] for name, _ in columns)
            told = tuple(tuple(row[at] for _, at in columns) for row in rows)
            yield Table(self.labels["sayings-appendix.about"], header, told, dutch=len(columns) - 1)
            yield publications.listed()
        yield from self.legend()

    def why(self, sayings: Sequence[Saying]) -> str:
        """What was found and answered that brings these sayings."""
        said = [one.says.in_(self.language).removesuffix(".") for saying in sayings for one in saying.reasons]
        said += [
            f"{one.asked.in_(self.language)} {one.answer.in_(self.language).removesuffix('.')}"
            for saying in sayings
            for one in saying.answers
        ]
        return "; ".join(dict.fromkeys(said)) + "." if said else ""

    def passages(self, sayings: Iterable[Saying]) -> Iterator[tuple[str, str]]:
        """The publications that sayings come from, each once, with the beginnings of the headings there."""
        places: dict[str, list[str]] = {}
        for saying in sayings:
            for one in saying.sources:
                heading = shorten(one.at.split(" > ")[-1], LONGEST_HEADING, placeholder="…")
                places.setdefault(one.source, []).append(heading)
        for source, headings in places.items():
            yield self.knowledge.sources[source].title.in_(self.language), "; ".join(dict.fromkeys(headings))

    def still_open(self, questions: Sequence[str]) -> Iterator[Block]:
        """The questions that can still change what is said; the screen tells them itself, and they are for no others.

        A reader elsewhere may be who told something: what is asked about a source is not for them.
        """
        if questions and not self.on_screen and not self.shortened:
            yield self.heading("sayings-open")
            yield Paragraph(self.labels["sayings-open-lead"])
            yield Checklist(tuple(self.knowledge.questions[one].text.in_(self.language) for one in questions))

    def legend(self) -> Iterator[Block]:
        """What the mark behind a text means, where there is one."""
        if self.marked:
            yield Paragraph(self.labels["sayings-ours"])
