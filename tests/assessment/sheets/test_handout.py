"""The handout of a case: what it tells beforehand, afterwards, and never."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from assessment.sheets.compose.handout import handout_sheet
from assessment.sheets.document import Document
from assessment.sheets.writers import write
from knowledge.base import knowledge_base
from knowledge.model import Scenario
from knowledge.text import LANGUAGES, Language
from tests.support.amounts import cover

pytestmark = pytest.mark.slow

CASES = [case for case in knowledge_base().scenarios.values() if not case.invented]


def said(document: Document) -> str:
    return " ".join(str(block) for block in document.blocks)


@pytest.mark.parametrize(("case", "language"), cover(CASES, LANGUAGES), ids=lambda one: getattr(one, "id", one))
def test_beforehand_nothing_is_given_away(case: Scenario, language: Language) -> None:
    before = said(handout_sheet(case, language, with_answers=False))
    after = said(handout_sheet(case, language, with_answers=True))
    for ending in (case.decided, case.happened, case.teaching):
        assert ending.in_(language) not in before
        assert ending.in_(language) in after
    for step in case.training.steps if case.training is not None else ():
        assert step.text.in_(language) in before
        assert step.notes.in_(language) not in before + after
        if step.vote is not None:
            assert step.vote.why.in_(language) not in before
            assert step.vote.why.in_(language) in after
            assert all(choice.text.in_(language) in before for choice in step.vote.choices)


@pytest.mark.parametrize("with_answers", [False, True])
def test_it_is_written_as_pdf_and_word(with_answers: bool) -> None:
    document = handout_sheet(knowledge_base().scenarios["company-b"], "nl", with_answers)
    read = PdfReader(BytesIO(write(document, "pdf")))
    assert document.title.split(":")[0] in read.pages[0].extract_text()
    assert write(document, "docx").startswith(b"PK")
