"""Letters and reports to send or to sign: filled as far as the answers go, with lines to write on for the rest.

Nothing that a user wrote stands in them but who does what. They are made for readers elsewhere, so nothing in them can
rest on there being a source, whatever was answered.
"""

from collections.abc import Iterable, Iterator, Mapping

from assessment.anonymity.source import without_source
from assessment.dossier import Dossier
from assessment.sheets.compose.letters.chair_report import PARTS as REPORT_PARTS
from assessment.sheets.compose.letters.chair_report import chair_report
from assessment.sheets.compose.letters.draft import Draft, Part
from assessment.sheets.compose.letters.invitation import PARTS as INVITATION_PARTS
from assessment.sheets.compose.letters.invitation import invitation
from assessment.sheets.compose.letters.letter_of_intent import letter_of_intent
from assessment.sheets.compose.letters.letter_of_intent import parts as intent_parts
from assessment.sheets.compose.letters.partner_request import PARTS as REQUEST_PARTS
from assessment.sheets.compose.letters.partner_request import partner_request
from assessment.sheets.compose.opening import drawn_up
from assessment.sheets.compose.sayings import Publications
from assessment.sheets.document import Block, Document, Heading, Paragraph
from assessment.sheets.fitting import LETTERS, unfit
from knowledge.text import Language


def partner_request_sheet(dossier: Dossier, language: Language) -> Document:
    """The page that asks a partner to take part."""
    return partner_request(Draft(without_source(dossier), language))


def letter_of_intent_sheet(dossier: Dossier, language: Language) -> Document:
    """The letter of intent, with points for a memorandum of understanding."""
    return letter_of_intent(Draft(without_source(dossier), language))


def chair_report_sheet(dossier: Dossier, language: Language) -> Document:
    """The chair's report and the joint action plan after a dialogue."""
    return chair_report(Draft(without_source(dossier), language))


def invitation_sheet(dossier: Dossier, language: Language) -> Document:
    """The invitation to a dialogue and the briefing for participants."""
    return invitation(Draft(without_source(dossier), language))


def letter_notes_sheet(dossier: Dossier, language: Language) -> Document:
    """What the letters that fit this situation rest on: for oneself, and in no letter."""
    return drawn_up(dossier, language, "letter-notes", "letter-notes", _notes(dossier, Draft(dossier, language)))


def _notes(dossier: Dossier, draft: Draft) -> Iterator[Block]:
    parts: Mapping[str, tuple[str, Iterable[Part]]] = {
        "partner-request": ("request.title", REQUEST_PARTS),
        "letter-of-intent": ("intent.title", intent_parts()),
        "chair-report": ("report.title", REPORT_PARTS),
        "invitation": ("invite.title", INVITATION_PARTS),
    }
    publications = Publications()
    for letter in LETTERS:
        title, rests_on = parts[letter]
        if unfit(dossier, letter) is None:
            yield Heading(draft.t(title))
            yield from draft.resting_on(rests_on, publications)
    yield publications.listed()
    yield Paragraph(draft.t("rests-on.limits", knowledge=dossier.advice.knowledge_version), quiet=True)
