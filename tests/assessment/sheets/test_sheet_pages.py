"""The advice sheet of every case: a summary on the first page, and eight pages at most."""

import pytest
from assessment.sheets.writers.advice_pdf import write_pdf

from assessment.plan import Decision
from assessment.sheets.purposes import write_sheet
from assessment.sheets.words import labels
from knowledge.base import knowledge_base
from knowledge.text import LANGUAGES, Language
from tests.support.pdf_reading import outside_the_margins, read, squeezed
from tests.support.sheet_dossiers import DAY, decided, of_case, written_by_somebody

MANY = 15
"""With more recommendations than this a sheet may become too long, so it is looked at in both languages."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", knowledge_base().scenarios)
def test_a_case_has_a_summary_on_one_page_and_at_most_eight_pages(case: str, language: Language) -> None:
    given = of_case(case, language)
    if language == "en" and len(given.advice.recommendations) <= MANY:
        return  # as in Dutch
    pdf = write_pdf(given.advice, language, given.plan)
    pages = read(pdf).pages
    assert 2 <= len(pages) <= 8
    first, second = (squeezed(page.extract_text()) for page in pages[:2])
    assert squeezed(labels(language)["scores"]) in first
    assert squeezed(labels(language)["advice"]) in second[:200]


@pytest.mark.parametrize("case", knowledge_base().scenarios)
def test_the_directors_page_is_one_page(case: str) -> None:
    for language in LANGUAGES:
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
