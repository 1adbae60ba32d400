"""The full advice of every case on five pages at most, and the director's page on one."""

import re
from dataclasses import replace

import pytest

from assessment.plan import Decision
from assessment.sheets.purposes import write_sheet
from assessment.sheets.words import labels
from knowledge.base import knowledge_base
from knowledge.text import LANGUAGES, Language
from tests.support.amounts import cover
from tests.support.pdf_reading import elements, outside_the_margins, read, squeezed
from tests.support.sheet_dossiers import DAY, decided, of_case, written_by_somebody

pytestmark = pytest.mark.slow

MOST = 5
"""The pages of the full advice without what was answered."""
CASES = cover(knowledge_base().scenarios, LANGUAGES)


@pytest.mark.parametrize(("case", "language"), CASES)
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
    for page in said:
        end = page.split("DialoogwijzerBladzijde")[0].split("DialoogwijzerPage")[0]
        assert not [title for title in titles if end.endswith(title)], "a heading alone at the end"


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
