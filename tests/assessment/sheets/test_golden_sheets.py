"""The sheets of some cases are those that were read and approved."""

from pathlib import Path

import pytest

from assessment.sheets.purposes import PURPOSES
from tests.support.golden_sheets import FOLDER, path, sheets, text

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("approved", sorted(FOLDER.iterdir()), ids=lambda file: file.stem)
def test_the_sheet_is_as_it_was_read(approved: Path) -> None:
    case, purpose, language = approved.stem.split(".")
    assert text(case, purpose, language) == approved.read_text(encoding="utf-8"), (  # type: ignore[arg-type]
        "read the difference after `make golden`"
    )


def test_every_sheet_was_read_and_no_text_is_left_of_one_that_went() -> None:
    assert {*FOLDER.iterdir()} == {path(*one) for one in sheets()}


def test_every_purpose_is_read_for_a_case_that_calls_for_it() -> None:
    """A sheet that says that it does not belong here is a line or two."""
    long = {purpose for case, purpose, _ in sheets() if len(path(case, purpose, "nl").read_text("utf-8")) > 1500}
    assert long == {*PURPOSES}
