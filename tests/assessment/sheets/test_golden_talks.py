"""The conversation kits and dialogue plans of the publications' cases are the ones that were read and approved."""

import pytest

from knowledge.text import LANGUAGES, Language
from tests.support.golden_talks import FOLDER, SHEETS, path, text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", SHEETS)
def test_the_sheet_is_as_it_was_read(case: str, language: Language) -> None:
    approved = path(case, language).read_text(encoding="utf-8")
    assert text(case, language) == approved, "read the difference after `make golden`"


def test_no_text_is_left_of_a_case_that_went() -> None:
    assert {*FOLDER.iterdir()} == {path(case, language) for case in SHEETS for language in LANGUAGES}
