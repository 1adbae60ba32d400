"""The content as a whole is in order, and each way of breaking it gives one line that says what and where."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest

import rules.model
from knowledge import yaml_files
from knowledge.base import CONTENT, knowledge_base, load
from knowledge.text import LANGUAGES
from knowledge.yaml_files import ContentError, read_text
from rules.checks import loose_ends
from rules.model import BASE, rule_base


def test_nothing_in_the_knowledge_base_hangs_loose() -> None:
    assert loose_ends(rule_base()) == []


def test_a_question_or_lesson_is_the_same_length_of_thought_in_both_languages() -> None:
    """A translation of less than a third or more than three times the length has lost or gained something."""
    for lesson in knowledge_base().lessons.values():
        for text in (lesson.advice, lesson.evidence):
            longest, shortest = (pick(len(text.in_(language)) for language in LANGUAGES) for pick in (max, min))
            assert longest < 3 * shortest, lesson.id


@pytest.fixture(scope="module")
def _each_text_is_parsed_once() -> Iterator[None]:
    """Of a copy with one mistake all other files are as they were."""
    with patch.object(yaml_files, "read_text", cache(read_text)):
        yield


@pytest.fixture
def copy(_each_text_is_parsed_once: None, tmp_path: Path) -> Path:
    shutil.copytree(CONTENT, tmp_path / "knowledge" / "content")
    shutil.copytree(BASE, tmp_path / "rules" / "base")
    return tmp_path


BREAKS = [
    ("knowledge/content/lessons/conversation.yaml", "severity: high", "severity: enormous", "severity"),
    ("knowledge/content/lessons/conversation.yaml", "phase: conduct", "fase: conduct", "fase"),
    (
        "knowledge/content/lessons/conversation.yaml",
        "source: supplier-talks-pilot",
        "source: nowhere",
        "expected one of",
    ),
    ("knowledge/content/questions/start.yaml", "kind: one", "kind: two", "kind"),
    ("knowledge/content/questions/start.yaml", "element: ", "element: x", "element"),
    ("knowledge/content/questions/conversation.yaml", "{question: core.", "{question: nowhere.", "comes before"),
    (
        "knowledge/content/checklists.yaml",
        "forward-report-to-supplier: {",
        "short-talk: {",
        "expected acts of this card",
    ),
    ("knowledge/content/themes.yaml", "title: {nl: ", "title: {de: ", "nl"),
    ("knowledge/content/themes.yaml", "- id: start", "- id: start\n  id: start", "twice"),
    ("rules/base/conversation.yaml", "lesson: SC-", "lesson: XX-", "expected the id of a lesson"),
    (
        "rules/base/conversation.yaml",
        "{question: talk.",
        "{question: nowhere.",
        "expected the id of a question",
    ),
    ("rules/base/conversation.yaml", "when:", "if:", "when"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("file", "old", "new", "told"), BREAKS, ids=[f"{b[0]}: {b[2]}" for b in BREAKS])
def test_a_mistake_is_told_with_file_line_and_what_was_expected(
    copy: Path, file: str, old: str, new: str, told: str
) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        rules.model.load(copy / "rules" / "base", load(copy / "knowledge" / "content"))
    first = str(caught.value.problems[0])
    assert first.startswith(f"{file}:") and told in str(caught.value)
    line = int(first.split(":")[1])
    assert abs(line - (text[: text.index(old)].count("\n") + 1)) <= 25


def test_a_circle_of_rules_is_refused(copy: Path) -> None:
    rule = "- id: {}\n  says: {{nl: een, en: one}}\n  when: {{finding: {}}}\n"
    circle = rule.format("start.a", "start.b") + rule.format("start.b", "start.a")
    (copy / "rules" / "base" / "zz.yaml").write_text(circle)
    with pytest.raises(ContentError, match="circle"):
        rules.model.load(copy / "rules" / "base", load(copy / "knowledge" / "content"))


def test_a_condition_of_too_many_ways_is_refused(copy: Path) -> None:
    ids = list(knowledge_base().questions)[:12]
    pairs = zip(ids[::2], ids[1::2], strict=True)
    unknown = [
        f"{{any: [{{question: {one}, is: unknown}}, {{question: {other}, is: unknown}}]}}" for one, other in pairs
    ]
    (copy / "rules" / "base" / "zz.yaml").write_text(
        f"- id: start.wide\n  says: {{nl: een, en: one}}\n  when: {{all: [{', '.join(unknown)}]}}\n"
    )
    with pytest.raises(ContentError, match="at most 32 alternatives"):
        rules.model.load(copy / "rules" / "base", load(copy / "knowledge" / "content"))


@pytest.mark.parametrize(
    ("written", "read"),
    [("yes", "yes"), ("no", "no"), ("on", "on"), ("010", "010"), ("1_000", "1_000"), ("0x10", "0x10"),
     ("12:30", "12:30"), ("2024-01-01", "2024-01-01"), ("45", 45), ("-3", -3), ("true", True), ("1.5", 1.5)],
)  # fmt: skip
def test_words_stay_words(written: str, read: object) -> None:
    assert read_text(f"a: {written}", "x.yaml").data == {"a": read}


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\nb: *x",
        "a: !!python/object:os.system 1",
        "a: 1\na: 2",
        "{" * 60 + "}" * 60,
        "a: [",
        "\x00",
        "a: 'x",
        "- " * 5000,
    ],
)
def test_dangerous_or_broken_yaml_gives_one_line(text: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_text(text, "x.yaml")
    assert len(caught.value.problems) == 1 and "\n" not in str(caught.value)
    assert str(caught.value).startswith("x.yaml")
