"""The texts of the advisers are in order, and each way of breaking them gives one line that says what and where."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.adviser_texts import guides, load_guides, pieces
from knowledge.base import CONTENT, knowledge_base
from knowledge.condition import Concluded
from knowledge.text import LANGUAGES
from knowledge.yaml_files import ContentError
from rules.checks import loose_pieces
from rules.model import rule_base

BREAKS = [
    ("conversation", "lessons: [FU-ask-in-general-terms]", "lessons: [XX-none]", "expected the id of a lesson"),
    ("conversation", "subjects: [programme]", "subjects: [weather]", "expected the id of a subject"),
    ("conversation", "{question: talk.counterpart, is: owner}", "{question: x.y, is: owner}", "comes before"),
    ("conversation", "is: owner", "is: king", "one of its options"),
    ("conversation", "id: who-decides", "id: may-you-speak", "not used yet"),
    ("conversation", "    share: 5\n", "    share: 5\n    when: {finding: x}\n", "without a condition"),
    ("conversation", "basis: implied", "basis: guessed", "basis"),
    ("dialogue", 'at: "Praktische organisatie"', 'at: "Elders"', "expected a heading"),
    ("dialogue", "days: 210", "days: -1", "days"),
    ("dialogue", "who: {nl:", "who: {de:", "nl"),
    ("listening", "covers: [compare]", "covers: [scale]", "expected an option of core.goal"),
    ("listening", "id: tool\n", "id: digital\n", "expected an option of means.which"),
]


@pytest.mark.parametrize(("name", "old", "new", "expected"), BREAKS)
def test_a_mistake_in_a_guide_is_found_with_its_place(
    tmp_path: Path, name: str, old: str, new: str, expected: str
) -> None:
    folder = tmp_path / "knowledge" / "content"
    shutil.copytree(CONTENT, folder)
    file = folder / "advisers" / f"{name}.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as found:
        load_guides(folder, knowledge_base())
    first = found.value.problems[0]
    assert first.file == f"knowledge/content/advisers/{name}.yaml" and first.line
    assert expected in str(found.value)


def test_the_guides_of_the_product_name_only_rules_that_exist() -> None:
    assert loose_pieces(guides(), rule_base()) == []


def test_a_finding_that_does_not_exist_is_told() -> None:
    dialogue = guides().dialogue
    broken = dialogue.alarms[0].model_copy(update={"when": Concluded(finding="dialogue.nothing")})
    wrong = replace(guides(), dialogue=dialogue.model_copy(update={"alarms": (broken,)}))
    assert loose_pieces(wrong, rule_base()) == ["alarms short: expected the id of a rule, found 'dialogue.nothing'"]


def test_a_text_is_the_same_length_of_thought_in_both_languages() -> None:
    for guide in (guides().conversation, guides().dialogue, guides().listening, guides().partners):
        for _, _, piece in pieces(guide):
            longest, shortest = (pick(len(piece.text.in_(language)) for language in LANGUAGES) for pick in (max, min))
            assert longest < 2 * shortest + 10, piece.id
