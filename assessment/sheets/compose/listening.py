"""The listening chooser as a document: safety on top, the methods side by side, the best combination, then each."""

from collections.abc import Iterator

from assessment.advisers.listening import ListeningChoice, MethodChoice, listening_choice
from assessment.dossier import Dossier
from assessment.sheets.compose.opening import drawn_up
from assessment.sheets.compose.sayings import Sayings
from assessment.sheets.document import Alert, Block, Checklist, Document, Fields, Heading, Paragraph, Table
from knowledge.text import Language, Text

REASONS = 3
"""So many reasons per method stand in the overview; all of them stand further on."""


def listening_sheet(dossier: Dossier, language: Language, on_screen: bool = False) -> Document:
    """The five methods held against an assessment, in one language; `on_screen`, the screen tells what is open."""
    choice = listening_choice(dossier.assessment.answers, dossier.inference)
    writer = _Writer(language, dossier.inference.base.knowledge, on_screen, dossier.shortened)
    return drawn_up(dossier, language, "listening", "listen", writer.blocks(choice), on_screen=on_screen)


class _Writer(Sayings):
    def blocks(self, choice: ListeningChoice) -> Iterator[Block]:
        if not choice.applies:
            yield Paragraph(self.labels["listen-not-applicable"])
            return
        if choice.safety:
            yield self.heading("listen-safety-first")
            yield Alert(self.labels["listen-safety"], tuple(map(self.text, choice.safety)))
            yield from self.rests_on(choice.safety)
        yield self.heading("listen-overview")
        yield Table(
            caption=self.labels["listen-caption"],
            header=(self.labels["listen-method"], self.labels["listen-fit"], self.labels["listen-because"]),
            rows=tuple((self.named(one), self.labels[f"fit.{one.fit}"], self.short(one)) for one in choice.methods),
        )
        yield from self.combination(choice)
        yield from self.part("listen-always", choice.always, tick=True)
        yield self.heading("listen-by-method")
        for one in choice.methods:
            yield from self.method(one)
        yield from self.still_open(choice.open)
        yield from self.appendix()

    def named(self, one: MethodChoice) -> str:
        title = one.title.in_(self.language)
        return self.label("listen-chosen", title=title) if one.chosen else title

    def short(self, one: MethodChoice) -> str:
        """Why, in short; a version for others never says that nothing stands in the way: it may leave that out."""
        said = [saying.text.in_(self.language) for saying in one.because[:REASONS]]
        if one.fit == "unclear" and not said:
            said.append(self.labels["listen-still-open"])
        elif one.fit == "suitable" and not self.shortened:
            said.append(self.labels["listen-no-objection"])
        elif one.fit == "conditional" and not one.chosen:
            said.append(self.labels["listen-not-chosen"])
        return " ".join(said)

    def combination(self, choice: ListeningChoice) -> Iterator[Block]:
        yield self.heading("listen-combination")
        best = choice.combination
        if best is None:
            yield Paragraph(self.labels["listen-no-combination"])
            return
        yield Fields(
            (
                (self.labels["listen-together"], self.listed(best.methods, "")),
                (self.labels["listen-covers"], self.listed(best.covers, "listen-nothing")),
                (self.labels["listen-leaves"], self.listed(best.leaves, "listen-nothing")),
                (self.labels["listen-missed"], self.listed(best.unheard, "listen-nobody")),
            )
        )
        for one in best.conditions:
            if one.says:
                yield Heading(self.label("listen-only-if", title=one.title.in_(self.language)), 2)
                yield Checklist(tuple(map(self.text, one.says)))
        if not_asked := tuple(one.title for one in best.conditions if not one.chosen):
            yield Paragraph(self.label("listen-not-asked", titles=self.listed(not_asked, "")))

    def listed(self, texts: tuple[Text, ...], none: str) -> str:
        return "; ".join(one.in_(self.language) for one in texts) or self.labels[none]

    def method(self, one: MethodChoice) -> Iterator[Block]:
        self.title = self.above = self.named(one)
        yield Heading(f"{self.named(one)}: {self.labels[f'fit.{one.fit}'].lower()}", 2)
        yield Paragraph(self.text(one.about))
        because = {"unsuitable": "listen-ruled-out", "unclear": "listen-settle"}.get(one.fit, "listen-conditions")
        yield from self.part(because, one.because, level=3)
        yield from self.part("listen-mind", one.mind, tick=True, level=3)
        yield from self.part("listen-brings", one.brings, level=3)
        yield from self.part("listen-cannot-tell", one.cannot_tell, level=3)
        yield from self.part("listen-unheard", one.unheard, level=3)
