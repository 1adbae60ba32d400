"""Titles and notes in the languages of workers print as letters, or the sheet says which it cannot print."""

import io
import re
from datetime import date

import openpyxl
import pypdf
import pytest

from assessment.sheets.document import Document, Paragraph
from assessment.sheets.purposes import write_sheet
from assessment.sheets.words import clean, labels
from assessment.sheets.writers import fallback as fonts
from assessment.sheets.writers.html import to_html
from assessment.sheets.writers.pdf import to_pdf
from assessment.sheets.writers.typesetting import NO_GLYPH
from knowledge.text import LANGUAGES, Language
from tests.support.sheet_dossiers import of_case, written_by_somebody

PACKAGED = {
    "Bengaals": "শ্রমিক কমিটির সভাপতি র‍্যালি করেছেন।",
    "Devanagari (Hindi)": "कार्यकर्ता क्ष्म शक्ति",
    "Tamil": "தொழிலாளர்",
    "Thai": "คนงาน",
    "Khmer": "កម្មករ",
    "Arabisch schrift": "لجنة العمال في المصنع",
    "Persian": "می‌خواهم با کارگران صحبت کنم",
    "Urdu": "مزدوروں کی کمیٹی",
    "Turkish": "İşçi sınıfı ığdır",
    "Vietnamese": "Công đoàn công nhân Việt Nam",
}
OTHERS = {
    "Birmaans": "အလုပ်သမားကော်မတီ",
    "Chinees": "工厂工人代表会议",
    "Ethiopisch (Amhaars)": "ሠራተኞች",
    "andere tekens": "👩🏽‍🌾",
}


def sheet(text: str, language: Language = "nl") -> Document:
    return Document(language, "Proef", "Proef", "", date(2026, 11, 28), (Paragraph(text),))


def words_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.usefixtures("no_system_fonts")
@pytest.mark.parametrize("text", PACKAGED.values(), ids=PACKAGED.keys())
def test_these_scripts_print_on_every_computer(text: str) -> None:
    found = words_of(to_pdf(sheet(text)))
    assert NO_GLYPH not in found
    assert set(text) - set(found) <= set(" \u200c\u200d")  # a PDF holds what is drawn


@pytest.mark.usefixtures("no_system_fonts")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("named", "text"), OTHERS.items())
def test_what_cannot_be_printed_is_named_on_the_sheet(named: str, text: str, language: Language) -> None:
    found = " ".join(words_of(to_pdf(sheet(text, language))).split())
    told = next(one for one in (*fonts._SCRIPTS.values(), fonts._OTHER) if one.nl == named).in_(language)
    assert NO_GLYPH in found and labels(language)["unprintable"].format(scripts=told, mark=NO_GLYPH) in found


@pytest.mark.parametrize("text", [*PACKAGED.values(), *OTHERS.values()])
def test_every_script_prints_or_is_told(text: str) -> None:
    found = words_of(to_pdf(sheet(text)))
    assert NO_GLYPH not in found or "gedrukt" in found


def test_a_sheet_without_other_scripts_has_our_own_font_alone() -> None:
    made = pypdf.PdfReader(io.BytesIO(to_pdf(sheet("Zoë, 5 × 3"))))
    used = {
        str(font) for page in made.pages for font in re.findall(r"/BaseFont.{0,60}", str(page["/Resources"]["/Font"]))
    }
    assert not any("Noto" in one or "Hind" in one for one in used)


@pytest.mark.parametrize(
    "text",
    ["র‍্যালি", "می‌خواهم", "ක්‍ෂ", "👩🏽‍🌾", "👨‍👩‍👧", "កម្ម\u200bករ"],
)
def test_joiners_stay_where_a_script_or_picture_needs_them(text: str) -> None:
    assert clean(text, 100, "…") == text
    assert text in to_html(sheet(text)).decode()
    dossier = written_by_somebody(of_case("company-b"), text)
    book = openpyxl.load_workbook(io.BytesIO(write_sheet(dossier, "full", "xlsx", "nl")))
    cells = [cell for one in book.worksheets for row in one.iter_rows(values_only=True) for cell in row]
    assert text in cells


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Ja\u200dn", "Jan"), ("Ja\u200cn", "Jan"), ("a\u200bb", "ab"), ("\u200dবা", "বা"), ("বা\u200d\u200dলা", "বালা"),
        ("\u202eomgekeerd\u202c", "omgekeerd"), ("\u2066x\u2069", "x"), ("می\u202eخواهم", "میخواهم"), ("x\ufeff", "x"),
    ],
)  # fmt: skip
def test_what_hides_or_turns_letters_goes(text: str, right: str) -> None:
    assert clean(text, 100, "…") == right


@pytest.mark.parametrize(
    ("text", "right"), [("لجنة (ABC) 2026", True), ("2026 لجنة", True), ("ABC لجنة", False), ("12", False)]
)
def test_a_text_runs_in_the_direction_of_its_first_letter(text: str, right: bool) -> None:
    assert fonts.right_to_left(text) == right
    assert "unicode-bidi: plaintext" in to_html(sheet(text)).decode()
