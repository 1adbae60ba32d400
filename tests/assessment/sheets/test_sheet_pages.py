"""Sheets as pages: five at most for the full advice, one for the director, and nothing that stands alone at the end."""

import re
from dataclasses import replace
from itertools import islice

import pytest

from assessment.plan import Decision
from assessment.sheets.document import Bullets, Document, Heading, Paragraph, Table
from assessment.sheets.purposes import PURPOSES, offered, write_sheet
from assessment.sheets.words import labels
from assessment.sheets.writers.pdf import to_pdf
from knowledge.base import knowledge_base
from knowledge.text import LANGUAGES, Language
from tests.support.amounts import LONG, amount, cover
from tests.support.pdf_reading import elements, outside_the_margins, read, squeezed, without_footer
from tests.support.sheet_dossiers import DAY, decided, of_case, written_by_somebody

pytestmark = pytest.mark.slow

MOST = 5
"""The pages of the full advice without what was answered."""
CASES = cover(knowledge_base().scenarios, LANGUAGES)
SOME = CASES if LONG else CASES[::3]
"""In the build every third, in both languages; the longest of all stand among them."""


@pytest.mark.parametrize(("case", "language"), SOME)
def test_the_full_advice_of_a_case_has_at_most_five_pages_and_nothing_beside_them(
    case: str, language: Language
) -> None:
    pdf = write_sheet(replace(of_case(case, language), with_answers=False), "full", "pdf", language)
    pages = read(pdf).pages
    assert 1 <= len(pages) <= MOST
    said = [squeezed(page.extract_text()) for page in pages]
    assert squeezed(labels(language)["plan-tested"]) in said[0]
    assert outside_the_margins(pdf) == []
    titles = [squeezed(str(one["/T"])) for kind, one in elements(read(pdf)) if re.fullmatch("H[1-6]", kind)]
    for page in map(without_footer, said):
        assert not [title for title in titles if page.endswith(title)], "a heading alone at the end"


@pytest.mark.parametrize(("purpose", "language"), cover(PURPOSES, LANGUAGES))
def test_nothing_that_introduces_stands_alone_at_the_end_of_a_page(purpose: str, language: Language) -> None:
    cases = knowledge_base().scenarios
    fitting = (case for case in cases if purpose in offered(of_case(case, language)))
    for case in islice(fitting, amount(1, len(cases))):
        given = of_case(case, language)
        blocks = PURPOSES[purpose].compose(given, language).blocks
        introduces = {one.text for one in blocks if isinstance(one, Heading)}
        introduces |= {one.caption for one in blocks if isinstance(one, Table)}
        introduces |= {one.text for one in blocks if isinstance(one, Paragraph) and one.text.endswith(":")}
        pdf = write_sheet(given, purpose, "pdf", language)
        for page in read(pdf).pages[:-1]:
            end = without_footer(squeezed(page.extract_text()))
            assert not [one for one in introduces if end.endswith(squeezed(one))], (case, end[-80:])
        assert outside_the_margins(pdf) == []


def test_a_line_that_announces_a_list_stays_with_it() -> None:
    lists = [(Paragraph(f"Lijst {number}:"), Bullets(("een", "twee"))) for number in range(90)]
    filled = [(*one, *([Paragraph("Regel.")] * (number % 3))) for number, one in enumerate(lists)]
    sheet = Document("nl", "Blad", "Titel", "Waarvoor", DAY, tuple(block for part in filled for block in part))
    ends = [without_footer(squeezed(page.extract_text())) for page in read(to_pdf(sheet)).pages]
    assert len(ends) > 3 and not [end for end in ends if end.endswith(":")]


def test_a_page_with_hardly_anything_on_it_is_saved() -> None:
    """Of a sheet that grows line by line no last page begins with a line or two."""
    lines = tuple(Paragraph(f"Regel {number} van dit blad.") for number in range(60))
    sheet = Document("nl", "Blad", "Titel", "Waarvoor", DAY, ())
    pages = [read(to_pdf(replace(sheet, blocks=lines[:count]))).pages for count in range(40, len(lines), amount(2, 1))]
    last = [page[-1].extract_text().count("Regel") for page in pages if len(page) > 1]
    assert [len(page) for page in pages] == sorted(len(page) for page in pages) and last
    assert min(last) >= 4, last


@pytest.mark.parametrize(("case", "language"), CASES)
def test_the_directors_page_is_one_page(case: str, language: Language) -> None:
    assert len(read(write_sheet(of_case(case, language), "director", "pdf", language)).pages) == 1


@pytest.mark.parametrize("text", ["W" * 500, "woord " * 100, "漢" * 500])
def test_the_directors_page_is_one_page_whatever_somebody_wrote(text: str) -> None:
    given = of_case("invented-electronics-malaysia-nearly-all-unknown")
    plan = given.plan.actions
    chosen = {
        at: Decision(task=one.task, status="accepted", owner=text[:200], due=DAY, words=text)
        for at, one in enumerate(plan)
    }
    pdf = write_sheet(decided(written_by_somebody(given, text), chosen), "director", "pdf", "nl")
    assert len(read(pdf).pages) == 1
    assert outside_the_margins(pdf) == []
