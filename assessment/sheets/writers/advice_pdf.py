"""The advice sheet as PDF/UA-1, set by Typst: tagged, with its own fonts, the same bytes for the same advice."""

from dataclasses import asdict

from assessment.model import Advice
from assessment.plan import Plan
from assessment.sheets.compose.composition import sheet
from assessment.sheets.writers.typesetting import typeset
from knowledge.text import Language


def write_pdf(advice: Advice, language: Language, plan: Plan | None = None, with_answers: bool = True) -> bytes:
    """The advice sheet as a PDF file; without `plan` nothing is decided yet."""
    contents = sheet(advice, language, plan=plan, with_answers=with_answers)
    return typeset("advice.typ", asdict(contents), advice.made_on)
