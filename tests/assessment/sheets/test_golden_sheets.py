"""The sheets of some cases are those that were read and approved."""

import pytest

from assessment.sheets.purposes import PURPOSES
from knowledge.text import Language
from tests.support.golden_sheets import FOLDER, path, sheets, text

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("case", "purpose", "language"), tuple(sheets()))
def test_the_sheet_is_as_it_was_read(case: str, purpose: str, language: Language) -> None:
    approved = path(case, purpose, language).read_text(encoding="utf-8")
    assert text(case, purpose, language) == approved, (
        "read the difference after `python -m tests.support.golden_sheets`"
    )


def test_no_text_is_left_of_a_sheet_that_went() -> None:
    assert {*FOLDER.iterdir()} == {path(*one) for one in sheets()}


def test_every_purpose_is_read_for_a_case_that_calls_for_it() -> None:
    """A sheet that says that it does not belong here is a line or two."""
    long = {purpose for case, purpose, _ in sheets() if len(path(case, purpose, "nl").read_text("utf-8")) > 1500}
    assert long == {*PURPOSES}
