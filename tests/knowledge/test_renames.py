"""Renamed ids: a line that leads nowhere is refused, and every answer is carried over or set aside."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase, knowledge_base
from knowledge.model import Answers
from knowledge.renames import Renamed, carry_over, present_id
from knowledge.yaml_files import ContentError
from rules.model import RuleBase
from tests.support.random_bases import answer_sets, rule_bases
from tests.support.small_folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "copy")


MISTAKES: dict[str, Callable[[Folder], Any]] = {
    "t.nowhere": lambda folder: {"question": "t.old", "to": "t.nowhere"},
    "no question has any more": lambda folder: {"question": "t.who", "to": "t.place"},
    "no option of this question has any more": lambda folder: {"question": "t.who", "option": "boss", "to": "worker"},
    "one of its options": lambda folder: {"question": "t.who", "option": "chief", "to": "king"},
    "present id of a choice question": lambda folder: {"question": "t.old", "option": "chief", "to": "boss"},
    "expected no such field": lambda folder: {"question": "t.old", "to": "t.who", "why": "x"},
    "one of `option`, `at_least`": lambda folder: {"question": "t.old", "at_least": 3, "to": "t.who"},
}


@pytest.mark.parametrize("expected", MISTAKES)
def test_a_line_that_leads_nowhere_is_refused_with_its_place(folder: Folder, expected: str) -> None:
    folder.renamed = [{"question": "t.former", "to": "t.who"}, MISTAKES[expected](folder)]
    with pytest.raises(ContentError) as refused:
        folder.load()
    (problem,) = refused.value.problems
    assert expected in problem.expected and problem.line > 1 and problem.file.endswith("changes.yaml")


def test_circles_and_repetitions_are_refused_and_chains_are_followed(folder: Folder) -> None:
    folder.renamed = [{"question": "t.a", "to": "t.b"}, {"question": "t.b", "to": "t.a"}]
    with pytest.raises(ContentError):
        folder.load()
    folder.renamed = [{"question": "t.a", "to": "t.who"}, {"question": "t.a", "to": "t.place"}]
    with pytest.raises(ContentError, match="each old id once"):
        folder.load()
    folder.renamed = [
        {"question": "t.b", "to": "t.who"}, {"question": "t.a", "to": "t.b"},
        {"question": "t.who", "option": "x", "to": "y"}, {"question": "t.who", "option": "y", "to": "boss"},
    ]  # fmt: skip
    knowledge = folder.load().base.knowledge
    assert present_id("t.a", knowledge.renamed) == "t.who"
    assert carry_over({"t.a": "x"}, knowledge.questions, knowledge.renamed).answers == {"t.who": "boss"}
    merged = carry_over({"t.a": "x", "t.who": "worker"}, knowledge.questions, knowledge.renamed)
    assert merged.answers == {"t.who": "worker"}
    assert [(one.question, one.answer) for one in merged.set_aside] == [("t.a", "x")]


FOR_WEEKS = {"core.waiting": ("partner", "for-weeks")}


@pytest.mark.parametrize(
    ("former", "now"),
    [
        ({"core.waiting-weeks": 3, "core.waiting": ("partner",)}, FOR_WEEKS),
        ({"core.waiting-weeks": 2, "core.waiting": ("partner",)}, {"core.waiting": ("partner",)}),
        ({"core.waiting-weeks": 9, "core.waiting": ("nobody",)}, {"core.waiting": ("nobody",)}),
        ({"core.waiting-weeks": 9, "core.waiting": "unknown"}, {"core.waiting": "unknown"}),
        ({"core.waiting-weeks": "unknown", "core.waiting": ("partner",)}, {"core.waiting": ("partner",)}),
        ({"core.pressed-weeks": 2}, {"core.pressed-by": ("within-month", "within-quarter")}),
        ({"core.pressed-weeks": 12}, {"core.pressed-by": ("within-quarter",)}),
        ({"public.work-of": "others", "public.content": ("result",)}, {"public.content": ("result", "result-others")}),
        ({"talk.language": "theirs", "talk.channel": ("there",)}, {"talk.channel": ("there", "their-interpreter")}),
    ],
)
def test_a_question_that_became_an_option_tells_it_beside_what_was_answered(former: Answers, now: Answers) -> None:
    """An exclusive answer and one that is not known stay as they are."""
    knowledge = knowledge_base()
    assert carry_over(former, knowledge.questions, knowledge.renamed).answers == now


def renamed_copy(base: RuleBase) -> KnowledgeBase:
    """The same questions, each under another id, with the lines that say so."""
    questions = {
        f"{id_}-new": one.model_copy(update={"id": f"{id_}-new"}) for id_, one in base.knowledge.questions.items()
    }
    renamed = tuple(Renamed(question=id_, to=f"{id_}-new") for id_ in base.knowledge.questions)
    return KnowledgeBase(**{**vars(base.knowledge), "questions": questions, "renamed": renamed})


@settings(max_examples=100)
@given(st.data())
def test_every_answer_is_carried_over_or_set_aside(data: st.DataObject) -> None:
    base, other = data.draw(rule_bases()), data.draw(rule_bases())
    answers = data.draw(answer_sets(base.knowledge))
    same = carry_over(answers, base.knowledge.questions)
    assert same.answers == answers and not same.set_aside
    moved = renamed_copy(base)
    carried = carry_over(answers, moved.questions, moved.renamed)
    assert carried.answers == {f"{id_}-new": answer for id_, answer in answers.items()} and not carried.set_aside
    strange = carry_over(answers, other.knowledge.questions)
    assert strange.answers | {one.question: one.answer for one in strange.set_aside} == answers
    assert len(strange.answers) + len(strange.set_aside) == len(answers)
