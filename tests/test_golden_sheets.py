"""The sheets of three cases are those that were read and approved."""

import pytest

from knowledge.text import Language
from tests.golden_sheets import FOLDER, path, sheets, text


@pytest.mark.parametrize(("case", "purpose", "language"), tuple(sheets()))
def test_the_sheet_is_as_it_was_read(case: str, purpose: str, language: Language) -> None:
    approved = path(case, purpose, language).read_text(encoding="utf-8")
    assert text(case, purpose, language) == approved, "read the difference after `python -m tests.golden_sheets`"


def test_no_text_is_left_of_a_sheet_that_went() -> None:
    assert {*FOLDER.iterdir()} == {path(*one) for one in sheets()}
