"""Letters and reports to send or to sign: filled as far as the answers go, with lines to write on for the rest.

Nothing that a user wrote stands in them but who does what, and where a source must stay hidden, nothing that rests on
there being one.
"""

from collections.abc import Callable
from typing import Literal, get_args

from assessment.anonymity.source import must_be_default, without_source
from assessment.sheets.document import Document
from assessment.sheets.dossier import Dossier
from assessment.sheets.letters.chair_report import chair_report
from assessment.sheets.letters.draft import Draft
from assessment.sheets.letters.invitation import invitation
from assessment.sheets.letters.letter_of_intent import letter_of_intent
from knowledge.text import Language

__all__ = ["LETTERS", "Letter", "letter"]

Letter = Literal["letter-of-intent", "chair-report", "invitation"]
LETTERS: tuple[Letter, ...] = get_args(Letter)

_WRITERS: dict[Letter, Callable[[Draft], Document]] = {
    "letter-of-intent": letter_of_intent,
    "chair-report": chair_report,
    "invitation": invitation,
}


def letter(name: Letter, dossier: Dossier, language: Language) -> Document:
    """One letter or report on this dossier."""
    safe = without_source(dossier) if must_be_default(dossier.advice) else dossier
    return _WRITERS[name](Draft(safe, language))
