"""Letters and reports to send or to sign: filled as far as the answers go, with lines to write on for the rest.

Nothing that a user wrote stands in them but who does what. They are made for readers elsewhere, so nothing in them can
rest on there being a source, whatever was answered.
"""

from assessment.anonymity.source import without_source
from assessment.dossier import Dossier
from assessment.sheets.compose.letters.chair_report import chair_report
from assessment.sheets.compose.letters.draft import Draft
from assessment.sheets.compose.letters.invitation import invitation
from assessment.sheets.compose.letters.letter_of_intent import letter_of_intent
from assessment.sheets.document import Document
from knowledge.text import Language


def letter_of_intent_sheet(dossier: Dossier, language: Language) -> Document:
    """The letter of intent, with points for a memorandum of understanding."""
    return letter_of_intent(Draft(without_source(dossier), language))


def chair_report_sheet(dossier: Dossier, language: Language) -> Document:
    """The chair's report and the joint action plan after a dialogue."""
    return chair_report(Draft(without_source(dossier), language))


def invitation_sheet(dossier: Dossier, language: Language) -> Document:
    """The invitation to a dialogue and the briefing for participants."""
    return invitation(Draft(without_source(dossier), language))
