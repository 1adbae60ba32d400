"""The advice sheet of every case: a summary on the first page, and eight pages at most."""

from datetime import date

import pytest

from assessment.advice import advise
from assessment.model import Assessment
from assessment.sheets.pdf import write_pdf
from assessment.sheets.words import labels
from knowledge.base import knowledge_base
from knowledge.text import LANGUAGES, Language
from rules.inference import inference
from tests.pdf_reading import read, squeezed


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", knowledge_base().scenarios)
def test_a_case_has_a_summary_on_one_page_and_at_most_eight_pages(case: str, language: Language) -> None:
    knowledge = knowledge_base()
    given = knowledge.scenarios[case]
    assessment = Assessment(title=given.title.in_(language), answers=given.answers, knowledge_version=knowledge.version)
    pdf = write_pdf(advise(assessment, inference(), date(2026, 11, 20)), language)
    pages = read(pdf).pages
    assert 2 <= len(pages) <= 8
    first, second = (squeezed(page.extract_text()) for page in pages[:2])
    assert squeezed(labels(language)["scores"]) in first
    assert squeezed(labels(language)["advice"]) in second[:200]
