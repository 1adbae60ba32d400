"""The partner finder: goals, checks and named help, on the publications' cases and on random answers."""

import shutil
from pathlib import Path
from random import Random

import pytest

from assessment.advisers.partners import partner_plan
from assessment.dossier import dossier
from assessment.model import Assessment
from assessment.sheets.compose.partners import partners_sheet
from assessment.sheets.document import Table
from knowledge.adviser_texts import guides
from knowledge.base import CONTENT, knowledge_base
from knowledge.resources import load_resources, resources
from knowledge.text import LANGUAGES
from knowledge.yaml_files import ContentError
from rules.engine.inference import inference
from rules.sampling import random_answers

KNOWLEDGE = knowledge_base()


def test_in_pakistan_facts_on_the_wage_are_checked_with_more_than_one_party() -> None:
    plan = partner_plan(KNOWLEDGE.scenarios["pakistan-minimum-wage"].answers, inference())
    (goal,) = plan.goals
    assert plan.applies and plan.chosen and goal.goal == "knowledge"
    assert "PS-knowledge-several-sources" in {lesson.id for step in goal.steps for lesson in step.lessons}
    assert {"res-fair-wear", "res-dutch-embassy"} <= {one.id for one in goal.resources}


def test_without_a_goal_all_seven_stand_there() -> None:
    plan = partner_plan({"start.preparing": ("partners",)}, inference())
    assert len(plan.goals) == len(guides().partners.goals) == 7 and not plan.chosen
    assert "partners.goals" in plan.open


@pytest.mark.parametrize("union", ["tied", "forbidden", "opposed", "unknown"])
def test_no_union_is_named_where_that_may_be_unsafe(union: str) -> None:
    answers = {"start.preparing": ("partners",), "partners.goals": ("access",), "start.union-situation": union}
    (goal,) = partner_plan(answers, inference()).goals
    assert goal.kinds and not any("vakbond" in one.text.nl for one in goal.kinds)


def test_only_help_that_a_lesson_of_the_goal_points_to() -> None:
    random = Random(3)
    for _ in range(100):
        answers = {**random_answers(KNOWLEDGE, random, share=0.8), "start.preparing": ("partners",)}
        for goal in partner_plan(answers, inference()).goals:
            lessons = {one.id for said in (goal.about, *goal.kinds, *goal.steps) for one in said.lessons}
            assert all(lessons & set(one.lessons) for one in goal.resources)


def test_every_goal_has_partners_and_steps_and_every_lesson_of_the_checks_is_cited() -> None:
    plan = partner_plan({"start.preparing": ("partners",), "start.role": "investor"}, inference())
    for goal in plan.goals:
        assert goal.steps and (goal.kinds or goal.goal == "access")
    for one in (*plan.checks, *plan.letter):
        assert one.sources


def test_both_languages_have_the_same_shape_and_tables_are_whole() -> None:
    for case in KNOWLEDGE.scenarios.values():
        whole = dossier(Assessment(title="x", answers=case.answers, knowledge_version="x"), inference())
        dutch, english = (partners_sheet(whole, language) for language in LANGUAGES)
        assert [type(one) for one in dutch.blocks] == [type(one) for one in english.blocks]
        for block in dutch.blocks:
            if isinstance(block, Table):
                assert {len(row) for row in block.rows} == {len(block.header)}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("lessons: [PS-leverage-open-supply-hub", "lessons: [XX-none", "expected the id of a lesson"),
        ("source: whom-to-work-with", "source: nowhere", "expected"),
        ("url: https://www.andwider.com/", "url: javascript:x", "url"),
        ("id: res-fair-wear", "id: res-open-supply-hub", "not used yet"),
    ],
)
def test_a_mistake_in_the_resources_is_found(tmp_path: Path, old: str, new: str, expected: str) -> None:
    folder = tmp_path / "knowledge" / "content"
    folder.mkdir(parents=True)
    shutil.copy(CONTENT / "resources.yaml", folder)
    file = folder / "resources.yaml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=expected) as found:
        load_resources(folder, KNOWLEDGE)
    assert found.value.problems[0].line


def test_every_named_help_rests_on_a_lesson_that_can_be_advised() -> None:
    advised = {rule.lesson for rule in inference().base.rules.values()}
    assert [one.id for one in resources() if not advised & set(one.lessons)] == []
