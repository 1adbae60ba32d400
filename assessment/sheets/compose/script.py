"""The script for a talk with a supplier: what you say in your own words, and white space where the other speaks."""

from collections.abc import Iterator

from assessment.advisers.conversation import ConversationKit, conversation_kit
from assessment.dossier import Dossier
from assessment.sheets.compose.opening import drawn_up
from assessment.sheets.compose.sayings import Sayings
from assessment.sheets.document import Alert, Block, Bullets, Document, Fields, Heading, Paragraph, Space
from knowledge.text import Language

OWN_LINES, SILENCE = 2, 4
SPARE = "spare"
"""The part of the agenda in which nothing is said."""


def script_sheet(dossier: Dossier, language: Language) -> Document:
    """The script, part by part of the agenda."""
    kit = conversation_kit(dossier.assessment.answers, dossier.inference)
    writer = _Writer(language, dossier.inference.base.knowledge)
    return drawn_up(dossier, language, "script", "script", writer.blocks(kit))


class _Writer(Sayings):
    def blocks(self, kit: ConversationKit) -> Iterator[Block]:
        if kit.safety:
            yield Alert(self.labels["kit-safety"], tuple(map(self.text, kit.safety)))
        yield from self.part("kit-not-said", kit.not_said)
        for part in kit.agenda:
            if part.id == SPARE:
                continue
            self.title = part.title.in_(self.language)
            yield Heading(self.label("script-part", title=self.title, minutes=part.minutes))
            yield Paragraph(self.text(part.how), quiet=True)
            yield from self.rests_on([part.how])
            if part.theirs:
                yield Space(self.labels["script-they"], 2 * SILENCE)
                continue
            yield Space(self.labels["script-you"], OWN_LINES)
            if part.id == "subject":
                yield from self.subject(kit)
            else:
                yield Space(self.labels["script-they"], SILENCE)
        yield from self.appendix()

    def subject(self, kit: ConversationKit) -> Iterator[Block]:
        """The subject in words that are safe here, and each open question with room for the answer."""
        if kit.subject is not None:
            yield Fields(((self.labels["kit-goal"], self.text(kit.subject.purpose)),))
        if kit.wording:
            yield Paragraph(self.labels["script-words"])
            yield Bullets(tuple(dict.fromkeys(self.text(one.rather) for one in kit.wording)))
            yield from self.rests_on([one.rather for one in kit.wording])
        for question in kit.questions:
            yield Space(self.label("script-ask", question=self.text(question)), SILENCE)
        yield from self.rests_on(kit.questions)
