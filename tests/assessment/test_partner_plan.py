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
from knowledge.model import Answers
from knowledge.resources import load_resources, resources
from knowledge.text import LANGUAGES
from knowledge.yaml_files import ContentError
from rules.engine.inference import inference
from rules.sampling import random_answers
from tests.support.amounts import amount
from tests.support.nameless import ANSWERS, KNOWN
from tests.support.sheet_dossiers import of_case

pytestmark = pytest.mark.slow

KNOWLEDGE = knowledge_base()


def test_facts_on_a_wage_are_checked_with_more_than_one_party() -> None:
    answers: Answers = {
        "core.occasions": ("supplier-talk", "partner"),
        "core.first": "supplier-talk",
        "core.goal": ("agree",),
        "core.weight": 30,
        "core.people": ("employees",),
        "core.reached-by": ("union",),
        "talk.subjects": ("norm-unchecked",),
    }
    plan = partner_plan(answers, inference())
    (goal,) = plan.goals
    assert plan.applies and plan.chosen and goal.goal == "knowledge"
    assert "PS-knowledge-several-sources" in {lesson.id for step in goal.steps for lesson in step.lessons}
    assert {"res-fair-wear", "res-dutch-embassy"} <= {one.id for one in goal.resources}


def test_without_a_goal_all_seven_stand_there() -> None:
    plan = partner_plan({"core.occasions": ("partner",)}, inference())
    assert len(plan.goals) == len(guides().partners.goals) == 7 and not plan.chosen
    assert {"core.goal", "core.reached-by"} <= set(plan.open)
    assert not partner_plan({"core.occasions": ("event",)}, inference()).applies


ACCESS: Answers = {
    "core.occasions": ("partner", "worker-talk"),
    "core.first": "partner",
    "core.people": ("employees",),
    "core.danger-events": ("none",),
    "core.danger-setting": ("none",),
    "core.pressed-by": ("nobody",),
    "core.reached-by": ("union",),
    "core.representation": ("free-union",),
}


def kinds(goal: str, answers: Answers) -> list[str]:
    return [kind.text.nl for one in partner_plan(answers, inference()).goals if one.goal == goal for kind in one.kinds]


def test_a_union_is_named_where_that_is_safe() -> None:
    assert any("vakbond" in one for one in kinds("access", ACCESS))


@pytest.mark.parametrize(
    "unsafe",
    [
        {"core.representation": ("boss-union",)},
        {"core.representation": ("nobody",)},
        {"core.representation": "unknown"},
        {"core.danger-setting": ("union-banned",)},
        {"core.danger-setting": ("hostile",)},
        {"core.danger-setting": "unknown"},
        {"core.danger-events": ("punished",)},
        {"core.danger-events": "unknown"},
    ],
)
def test_no_union_is_named_where_that_may_be_unsafe(unsafe: Answers) -> None:
    named = kinds("access", {**ACCESS, **unsafe})
    assert named and not any("vakbond" in one for one in named)


def test_a_partner_is_introduced_only_where_it_cannot_be_taken_for_the_source() -> None:
    answers: Answers = {
        **ANSWERS[KNOWN],
        "core.occasions": ("supplier-talk", "partner"),
    }
    answers |= {"core.organisations": ("local-ngo",), "org.met": "year", "core.danger-setting": ("hostile",)}
    for maybe, named in (("no", True), ("accepts", True), ("yes", False), ("not-asked", False), ("unknown", False)):
        checks = {one.piece for one in partner_plan({**answers, "org.maybe-source": maybe}, inference()).checks}
        assert ("check-distrust" in checks) is named, maybe
        assert ("check-not-named" in checks) is not named, maybe
    hidden = {**answers, "core.may-pass-on": "unknown", "org.maybe-source": "no"}
    assert "check-distrust" not in {one.piece for one in partner_plan(hidden, inference()).checks}


def test_only_help_that_a_lesson_of_the_goal_points_to() -> None:
    random = Random(3)
    for _ in range(amount(15, 500)):
        answers = {**random_answers(KNOWLEDGE, random, share=0.8), "core.occasions": ("partner",)}
        for goal in partner_plan(answers, inference()).goals:
            lessons = {one.id for said in (goal.about, *goal.kinds, *goal.steps) for one in said.lessons}
            assert all(lessons & set(one.lessons) for one in goal.resources)


def test_every_goal_has_partners_and_steps_and_every_lesson_of_the_checks_is_cited() -> None:
    plan = partner_plan({"core.occasions": ("partner",), "core.allies": ("investors",)}, inference())
    assert {one.goal for one in plan.goals} == {one.id for one in guides().partners.goals}
    for goal in plan.goals:
        assert goal.steps and (goal.kinds or goal.goal == "access")
    for one in (*plan.checks, *plan.letter):
        assert one.sources


def test_both_languages_have_the_same_shape_and_tables_are_whole() -> None:
    random = Random(5)
    samples = [random_answers(KNOWLEDGE, random, share=0.8) | {"core.occasions": ("partner",)} for _ in range(5)]
    given = [Assessment(title="x", answers=answers, knowledge_version="x") for answers in (ACCESS, *samples)]
    cases = list(KNOWLEDGE.scenarios)[:: amount(5, 1)]
    for whole in (*(dossier(one, inference()) for one in given), *map(of_case, cases)):
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
