"""The pages of the conversation kit and the dialogue planner, without a browser."""

import pytest
from streamlit.testing.v1 import AppTest

from assessment.advisers.dialogue import DialoguePlan, planned_dialogue
from assessment.store import Store
from knowledge.adviser_texts import guides
from knowledge.base import knowledge_base
from knowledge.text import Language
from rules.engine.inference import inference
from tests.support.amounts import driven
from tests.ui.test_app import app, calm, made, shown, store
from ui.words import escaped, say

pytestmark = pytest.mark.slow

__all__ = ["store"]  # a fixture

COMPANY_B = knowledge_base().scenarios["company-b"]
RAJASTHAN = knowledge_base().scenarios["rajasthan-2023"]
ALARMS = {alarm.id: alarm.text for alarm in guides().dialogue.alarms}


def everything(page: AppTest) -> str:
    return "\n".join([shown(page), *(str(one.value) for one in (*page.warning, *page.success))])


def number(page: AppTest, assessment: str, name: str, language: Language = "nl") -> object:
    return page.number_input(key=f"planner:{assessment}:{name}:{language}")


def warned(page: AppTest, alarm: str, language: Language = "nl") -> bool:
    return escaped(ALARMS[alarm].in_(language)) in "\n".join(str(one.value) for one in page.warning)


@pytest.mark.parametrize("language", driven("nl"))
def test_the_kit_of_company_b_begins_with_safety(store: Store, language: Language) -> None:
    page = app("conversation", language, b=made(store, dict(COMPANY_B.answers)))
    told = everything(page)
    guide = guides().conversation
    for piece in (guide.safety[0], guide.not_said[0], guide.message[1]):
        assert escaped(piece.text.in_(language)) in told
    four_steps = next(one for one in guide.wording if one.id == "four-steps")
    assert escaped(four_steps.text.in_(language)) not in told
    fold = say("openquestions.fold", language, count=2).split("2")[0]
    assert any(one.label.startswith(fold) for one in page.expander)


@pytest.mark.parametrize("name", ["conversation", "dialogue"])
def test_without_an_assessment_the_page_leads_to_the_start(store: Store, name: str) -> None:
    assert say("questions.none", "nl") in shown(app(name))


@pytest.mark.parametrize(
    ("name", "adds"), [("conversation", "supplier-talk"), ("dialogue", "event"), ("listening", "means")]
)
@pytest.mark.parametrize("language", driven("nl"))
def test_another_assessment_gets_the_subject_on_one_click(
    store: Store, name: str, adds: str, language: Language
) -> None:
    assessment = made(store, {"core.occasions": ("over",), "core.first": "over"})
    page = app(name, language, b=assessment)
    assert say(f"adviserelsewhere.{name}", language) in shown(page)
    assert not page.number_input
    calm(page.button(key=f"add:{name}").click().run())
    assert {*store.open(assessment).assessment.answers["core.occasions"]} == {"over", adds}  # type: ignore[misc]
    assert say(f"adviserelsewhere.{name}", language) not in shown(page)
    lead = "planner.lead" if name == "dialogue" else f"adviserlead.{name}"
    assert say(lead, language) in shown(page)


@pytest.mark.parametrize("language", driven("en"))
def test_other_numbers_move_the_warnings_and_are_only_saved_when_asked(store: Store, language: Language) -> None:
    assessment = made(store, dict(RAJASTHAN.answers))
    page = app("dialogue", language, b=assessment)
    assert warned(page, "short", language) and warned(page, "large-groups", language)
    calm(number(page, assessment, "hours", language).set_value(6).run())
    calm(number(page, assessment, "group_size", language).set_value(6).run())
    assert not warned(page, "short", language) and not warned(page, "large-groups", language)
    assert warned(page, "no-reporting", language)
    assert escaped(ALARMS["short"].in_(language)) in "\n".join(str(one.value) for one in page.success)
    assert dict(store.open(assessment).assessment.answers) == dict(RAJASTHAN.answers)
    take = next(one for one in page.button if one.label == say("planner.take_over", language))
    calm(take.click().run())
    answers = store.open(assessment).assessment.answers
    assert answers.keys() - {"acts.event-programme"} == RAJASTHAN.answers.keys() - {"acts.event-programme"}
    assert answers != RAJASTHAN.answers
    assert not any(one.label == say("planner.take_over", language) for one in page.button)
    assert "short" not in {one.finding.piece for one in planned_dialogue(answers, inference()).warnings}


def test_minutes_of_a_part_count_as_the_length(store: Store) -> None:
    assessment = made(store, dict(RAJASTHAN.answers))
    page = app("dialogue", b=assessment)
    calm(number(page, assessment, "block:closing:180").set_value(180).run())
    total = planned_dialogue(RAJASTHAN.answers, inference(), DialoguePlan(blocks={"closing": 180})).minutes
    assert say("planner.blocks_sum", "nl", minutes=total) in shown(page)
    assert not warned(page, "short")


def test_a_date_gives_the_plan_its_dates_and_nonsense_is_told(store: Store) -> None:
    page = app("dialogue", b=made(store, dict(RAJASTHAN.answers)))
    calm(page.text_input[0].set_value("morgen").run())
    assert say("planner.date_wrong", "nl") in shown(page)
    calm(page.text_input[0].set_value("03-05-2032").run())
    told = everything(page)
    assert "2 mei 2032" in told and "3 mei 2032" in told
    calm(page.text_input[0].set_value("03-05-2020").run())
    assert say("planner.date_past", "nl") in everything(page)


def test_what_is_tried_stays_when_the_language_changes(store: Store) -> None:
    assessment = made(store, dict(RAJASTHAN.answers))
    page = app("dialogue", b=assessment)
    calm(number(page, assessment, "hours").set_value(6).run())
    page.session_state["lang"] = "en"
    page.query_params["lang"] = "en"
    calm(page.run())
    assert number(page, assessment, "hours", "en").value == 6
    assert not warned(page, "short", "en")


def test_a_number_that_does_not_fit_is_told_and_not_used(store: Store) -> None:
    assessment = made(store, dict(RAJASTHAN.answers))
    page = app("dialogue", b=assessment)
    calm(number(page, assessment, "hours").set_value(99).run())
    assert say("questions.number_wrong", "nl", low=0, high=60) in shown(page)


def test_after_the_dialogue_the_page_tells_what_follows(store: Store) -> None:
    page = app("dialogue", b=made(store, {"core.occasions": ("over",), "core.first": "over", "over.what": ("event",)}))
    assert not page.number_input
    assert "De dialoog is geweest" in shown(page)
