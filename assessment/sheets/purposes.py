"""Which sheets there are, for whom, and in which forms each can be written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, cast, get_args

from assessment.answers.advice_file import AdviceFile
from assessment.answers.advice_file import write as write_advice_file
from assessment.dossier import Dossier
from assessment.sheets.compose.accountability import accountability_sheet
from assessment.sheets.compose.checklists import checklists_sheet
from assessment.sheets.compose.conversation import conversation_sheet
from assessment.sheets.compose.dialogue import dialogue_sheet
from assessment.sheets.compose.director import director_sheet
from assessment.sheets.compose.full import full_sheet
from assessment.sheets.compose.handout import case_sheet
from assessment.sheets.compose.letters import (
    chair_report_sheet,
    invitation_sheet,
    letter_notes_sheet,
    letter_of_intent_sheet,
    partner_request_sheet,
)
from assessment.sheets.compose.listening import listening_sheet
from assessment.sheets.compose.partners import partners_sheet
from assessment.sheets.compose.script import script_sheet
from assessment.sheets.document import Document
from assessment.sheets.fitting import fixed, has_dates, unfit
from assessment.sheets.notes import OWN_USE, with_notes
from assessment.sheets.problem import SheetError
from assessment.sheets.words import labels
from assessment.sheets.writers import FORMS, Form, write
from assessment.sheets.writers.calendar import write_calendar
from assessment.sheets.writers.spreadsheet import write_csv, write_xlsx
from knowledge.text import LANGUAGES, Language, Text

SheetForm = Literal["pdf", "docx", "html", "md", "text", "xlsx", "csv", "ics", "json"]

SHEET_FORMS: tuple[SheetForm, ...] = get_args(SheetForm)

Compose = Callable[[Dossier, Language], Document]

_DATA: Mapping[SheetForm, Callable[[Dossier, Language], bytes]] = {
    "xlsx": write_xlsx,
    "csv": write_csv,
    "ics": write_calendar,
    "json": lambda dossier, language: write_advice_file(
        AdviceFile(
            assessment=dossier.assessment,
            advice=dossier.advice,
            plan=dossier.plan,
            case=dossier.case.id if dossier.case else None,
        )
    ),
}
DATA_FORMS: tuple[SheetForm, ...] = tuple(_DATA)
"""Forms that hold data and no running text; only the full advice has these."""
SUFFIXES: Mapping[SheetForm, str] = {"text": ".txt"}
MIME: Mapping[SheetForm, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
    "md": "text/markdown",
    "text": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "ics": "text/calendar",
    "json": "application/json",
}


@dataclass(frozen=True)
class Purpose:
    """A kind of sheet: its name, the function that composes it, its forms, and whether it is for oneself."""

    name: str
    compose: Compose
    forms: tuple[SheetForm, ...] = FORMS
    own_use: bool = True

    @property
    def title(self) -> Text:
        """What it is called."""
        return fixed(f"purpose.{self.name}")


PURPOSES: Mapping[str, Purpose] = MappingProxyType(
    {
        purpose.name: purpose
        for purpose in (
            Purpose("director", director_sheet),
            Purpose("full", full_sheet, (*FORMS, *DATA_FORMS)),
            Purpose("supplier-talk", conversation_sheet),
            Purpose("script", script_sheet),
            Purpose("dialogue", dialogue_sheet),
            Purpose("listening", listening_sheet),
            Purpose("partners", partners_sheet),
            Purpose("accountability", accountability_sheet, own_use=False),
            Purpose("trainer", case_sheet, own_use=False),
            Purpose("partner-request", partner_request_sheet, own_use=False),
            Purpose("letter-of-intent", letter_of_intent_sheet, own_use=False),
            Purpose("chair-report", chair_report_sheet, own_use=False),
            Purpose("invitation", invitation_sheet, own_use=False),
            Purpose("letter-notes", letter_notes_sheet),
            Purpose("checklists", checklists_sheet),
        )
    }
)
"""Every purpose by its name, in the order in which they are offered."""


def offered(dossier: Dossier) -> tuple[str, ...]:
    """The purposes that fit this dossier."""
    return tuple(name for name in PURPOSES if unfit(dossier, name) is None)


def refusal(dossier: Dossier, purpose: str, form: str) -> Text | None:
    """Why this dossier has no such sheet in this form; None where it has."""
    if form == "ics" and not has_dates(dossier):
        return fixed("unfit.dates")
    return unfit(dossier, purpose)


def suffix(form: SheetForm) -> str:
    """The ending of the name of a file in this form."""
    return SUFFIXES.get(form, f".{form}")


def answers_optional(purpose: str, form: str) -> bool:
    """Whether this sheet exists without what was answered; JSON has it, to be read back without loss."""
    return purpose == "full" and form != "json"


def notes_optional(purpose: str, form: str) -> bool:
    """Whether this sheet can have the user's notes below it; forms that hold data have them anyway, or never."""
    return purpose in OWN_USE and form not in DATA_FORMS


def write_sheet(dossier: Dossier, purpose: str, form: str, language: Language, reference: bytes | None = None) -> bytes:
    """The sheet as a file. `reference` is a company's own Word document, whose styles a DOCX gets.

    Raises:
        SheetError: there is no such purpose, it has no such form, or this dossier has no such sheet.
        ReferenceDocumentError: the reference is no Word document that can safely be used.
    """
    known = PURPOSES.get(purpose)
    if known is None:
        listed = ", ".join(PURPOSES)
        raise SheetError(
            Text(
                nl=f"{purpose}: dat blad is er niet; kies uit {listed}.",
                en=f"{purpose}: no such sheet; choose from {listed}.",
            )
        )
    if form not in known.forms:
        listed = ", ".join(known.forms)
        raise SheetError(
            Text(
                nl=f"{purpose} is er niet als {form}; kies uit {listed}.",
                en=f"{purpose} does not exist as {form}; choose from {listed}.",
            )
        )
    if reference is not None and form != "docx":
        raise SheetError(fixed("unfit.reference"))
    if not dossier.with_answers and not answers_optional(purpose, form):
        raise SheetError(
            Text(
                nl=f"{purpose} als {form}: de antwoorden horen daarbij en kunnen er niet uit.",
                en=f"{purpose} as {form}: the answers belong to it and cannot be left out.",
            )
        )
    if dossier.with_notes and purpose not in OWN_USE:
        raise SheetError(
            Text(
                nl=f"{purpose}: dit blad is voor anderen; eigen notities kunnen er niet op.",
                en=f"{purpose}: this sheet is for others; your own notes cannot be on it.",
            )
        )
    if (why := refusal(dossier, purpose, form)) is not None:
        raise SheetError(_refused(dossier, purpose, form, why))
    if form in DATA_FORMS:
        return _DATA[form](dossier, language)
    if dossier.with_notes:
        return write(with_notes(known.compose(dossier, language), dossier, language), cast(Form, form), reference)
    return write(known.compose(dossier, language), cast(Form, form), reference)


def _refused(dossier: Dossier, purpose: str, form: str, why: Text) -> Text:
    """The refusal with the purposes that do fit, or for a form that does not, the other forms."""
    fit = offered(dossier)
    others = [one for one in PURPOSES[purpose].forms if one != form] if purpose in fit else fit
    said = {
        language: labels(language)["unfit"].format(
            title=form if purpose in fit else PURPOSES[purpose].title.in_(language),
            reason=why.in_(language),
            others=", ".join(others),
        )
        for language in LANGUAGES
    }
    return Text(**said)
