"""Files that are broken in every way never bring a traceback, a hang or a file that was not asked for."""

from pathlib import Path

import pytest

from assessment.answers.files import MAXIMUM_NOTE, AnswerFileError, read
from assessment.portfolio.batches import TableError
from assessment.portfolio.read.tables import open_source
from knowledge.base import knowledge_base
from tests.support.amounts import amount
from tests.support.mutated_files import complaint, mutated, sound
from tests.support.steps import at_most
from ui.parts.answer_upload import LARGEST, read_upload

pytestmark = pytest.mark.slow

PARTS, EACH = 4, amount(15, 2500)


@pytest.mark.parametrize("part", range(PARTS))
def test_mutated_files_are_refused_in_one_clear_line_or_read(part: int, tmp_path: Path) -> None:
    sound()
    wrong = []
    for number in range(part * EACH, (part + 1) * EACH):
        suffix, content = mutated(number)
        path = tmp_path / f"{number}" / f"given{suffix}"
        path.parent.mkdir()
        path.write_bytes(content)
        with at_most():
            found = complaint(path)
        if found:
            wrong.append(f"{number}{suffix}: {found}")
    assert wrong == []


def test_the_mutations_reach_what_lies_behind_the_first_check(tmp_path: Path) -> None:
    """Some are still read and others are not; otherwise the test above would say little."""
    read_, refused = set(), set()
    for number in range(100):
        suffix, content = mutated(number)
        path = tmp_path / f"{number}{suffix}"
        path.write_bytes(content)
        try:
            if suffix in (".yaml", ".json"):
                read(path, knowledge_base())
            else:
                list(open_source(path, knowledge_base()).batches)
            read_.add(suffix)
        except (AnswerFileError, TableError):
            refused.add(suffix)
    assert read_ >= {".yaml", ".csv", ".xlsx"}
    assert refused == {".yaml", ".json", ".csv", ".xlsx", ".parquet"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_upload_has_limits_that_it_tells(language: str) -> None:
    question = next(iter(knowledge_base().questions))
    told = {
        b"x" * (LARGEST * 1_000_000 + 1): {"nl": f"groter dan {LARGEST} MB", "en": f"larger than {LARGEST} MB"},
        f"answers: {{}}\nnotes: {{{question}: {'a' * (MAXIMUM_NOTE + 1)}}}".encode(): {
            "nl": f"hooguit {MAXIMUM_NOTE} tekens", "en": f"at most {MAXIMUM_NOTE} characters",
        },
    }  # fmt: skip
    for content, words in told.items():
        with pytest.raises(AnswerFileError) as caught:
            read_upload("x.yaml", content, language)  # type: ignore[arg-type]
        assert any(words[language] in line for line in caught.value.problems), caught.value.problems
