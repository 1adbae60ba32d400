"""The conversation kit as a document: safety on top, then from purpose to the message afterwards."""

from collections.abc import Iterator

from assessment.advisers.conversation import ConversationKit, conversation_kit
from assessment.dossier import Dossier
from assessment.sheets.compose.opening import drawn_up
from assessment.sheets.compose.sayings import Sayings
from assessment.sheets.document import Alert, Block, Bullets, Document, Fields, PageBreak, Paragraph, Table
from knowledge.text import Language


def conversation_sheet(dossier: Dossier, language: Language, on_screen: bool = False) -> Document:
    """The kit for the talk that an assessment is about, in one language; `on_screen`, the screen tells what is open."""
    kit = conversation_kit(dossier.assessment.answers, dossier.inference)
    writer = _Writer(language, dossier.inference.base.knowledge, on_screen, dossier.shortened)
    ask = "supplier-talk-waits" if kit.waits else "supplier-talk" if kit.coming else "supplier-talk-after"
    return drawn_up(dossier, language, ask, "kit", writer.blocks(kit), on_screen=on_screen)


class _Writer(Sayings):
    def blocks(self, kit: ConversationKit) -> Iterator[Block]:
        if not kit.applies:
            yield Paragraph(self.labels["kit-not-applicable"])
            return
        if kit.safety:
            yield self.heading("kit-safety-first")
            yield Alert(self.labels["kit-safety"], tuple(map(self.text, kit.safety)))
            yield from self.rests_on(kit.safety)
            yield from self.part("kit-not-said", kit.not_said)
        if kit.waits:
            yield Paragraph(self.labels["kit-waits"])
        elif kit.coming:
            yield from self.purpose(kit)
            yield from self.part("kit-prepare", kit.prepare, tick=True)
            yield from self.room(kit)
            yield from self.part("kit-channel", kit.channel)
            yield from self.the_agenda(kit)
            yield from self.part("kit-questions", kit.questions)
            yield from self.wording(kit)
        else:
            yield Paragraph(self.labels["kit-not-coming"])
        if not kit.safety:
            yield from self.part("kit-not-said", kit.not_said)
        yield from self.part("kit-mandate", kit.mandate)
        yield from self.part("kit-reminder", kit.reminder)
        message = list(self.message(kit)) if kit.message else []  # what it rests on stands in the appendix too
        yield from self.still_open(kit.open)
        yield from self.appendix()
        yield from message

    def purpose(self, kit: ConversationKit) -> Iterator[Block]:
        yield self.heading("kit-purpose")
        if kit.subject is None:
            yield Paragraph(self.labels["kit-no-subject"])
            return
        yield Fields(
            (
                (self.labels["kit-subject"], kit.subject.title.in_(self.language)),
                (self.labels["kit-goal"], self.text(kit.subject.purpose)),
            )
        )
        yield from self.rests_on([kit.subject.purpose])
        if kit.later:
            yield self.heading("kit-later", 2)
            yield Paragraph(self.labels["kit-one-subject"])
            yield Bullets(tuple(one.title.in_(self.language) for one in kit.later))

    def room(self, kit: ConversationKit) -> Iterator[Block]:
        yield self.heading("kit-room")
        yield Table(
            caption=self.labels["kit-room-caption"],
            header=(self.labels["kit-who"], self.labels["kit-task"]),
            rows=tuple((one.who.in_(self.language), self.text(one.task)) for one in kit.room),
        )
        yield from self.rests_on([one.task for one in kit.room])

    def the_agenda(self, kit: ConversationKit) -> Iterator[Block]:
        if kit.agenda:
            yield self.heading("kit-agenda")
            yield Paragraph(self.label("kit-proposed" if kit.proposed else "kit-division", minutes=kit.minutes))
            yield from self.agenda(kit.agenda, self.label("kit-agenda-caption", minutes=kit.minutes))

    def wording(self, kit: ConversationKit) -> Iterator[Block]:
        if kit.wording:
            yield self.heading("kit-wording")
            yield Table(
                caption=self.labels["kit-wording-caption"],
                header=(self.labels["kit-instead"], self.labels["kit-rather"]),
                rows=tuple((one.instead_of.in_(self.language), self.text(one.rather)) for one in kit.wording),
            )
            yield from self.rests_on([one.rather for one in kit.wording])

    def message(self, kit: ConversationKit) -> Iterator[Block]:
        """The message as it is sent, so without marks."""
        yield PageBreak()
        yield self.heading("kit-message")
        yield Paragraph(self.labels["kit-message-lead"])
        if kit.safety:
            yield Paragraph(self.labels["kit-message-safe"])
        yield from self.rests_on(kit.message)
        yield self.heading("kit-message-text", 2)
        yield from (Paragraph(one.text.in_(self.language)) for one in kit.message)
