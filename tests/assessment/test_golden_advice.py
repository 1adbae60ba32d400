"""The advice on the publications' own cases is the one that was read and approved."""

import pytest

from knowledge.model import Scenario
from knowledge.text import LANGUAGES, Language
from tests.support.golden_advice import FOLDER, cases, path, text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_the_advice_is_as_it_was_read(case: Scenario, language: Language) -> None:
    approved = path(case.id, language).read_text(encoding="utf-8")
    assert text(case, language) == approved, "read the difference after `make golden`"


def test_no_text_is_left_of_a_case_that_went() -> None:
    assert {*FOLDER.iterdir()} == {path(case.id, language) for case in cases() for language in LANGUAGES}
