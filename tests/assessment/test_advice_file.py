"""An advice file goes out, is opened elsewhere and goes out again: nothing is lost on the way."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from assessment.answers.files import AnswerFileError, read_all
from assessment.answers.renewal import remember
from assessment.dossier import dossier
from assessment.model import Assessment
from assessment.plan import Decision, Task, plan_for
from assessment.sheets.purposes import write_sheet
from assessment.store import Store
from assessment.store.history_in_words import lines
from knowledge.base import knowledge_base
from rules.engine.inference import inference
from rules.sampling import random_answers
from tests.support.sheet_dossiers import DAY, of_case, with_lapsed

pytestmark = pytest.mark.slow

KNOWLEDGE = knowledge_base()
WORDS = ("", "Inkoop", "=1+1", "Zoë\u202e <b>", "x" * 60)


@pytest.mark.parametrize("seed", range(6))
def test_a_file_that_is_opened_in_the_store_and_written_again_is_the_same(seed: int, tmp_path: Path) -> None:
    random = Random(seed)
    answers = dict(random_answers(KNOWLEDGE, random, share=0.7))
    notes = {question: random.choice(WORDS) + "!" for question in random.sample(sorted(answers), 3)}
    assessment = Assessment(
        title=random.choice(WORDS), answers=answers, notes=notes, knowledge_version=KNOWLEDGE.version
    )
    first = dossier(assessment, inference(), today=DAY)
    decided = [(random.randrange(500), random.choice(WORDS), random.randrange(900)) for _ in range(6)]
    cards = list(KNOWLEDGE.cards.values())
    decisions, lapsed = {}, {}
    for number, owner, days in decided:  # of any advice, given here or not
        card = cards[number % len(cards)]
        task = Task(kind="recommendation", id=card.card, theme=KNOWLEDGE.card_themes[card.card], title=card.title)
        task = next((one.task for one in first.plan.actions if one.key == task.key), task)
        decisions[task.key] = Decision(task=task, status="accepted", owner=owner, due=DAY + timedelta(days))
        lapsed[task.key] = DAY - timedelta(days)
    first = replace(first, plan=plan_for(first.advice, decisions, lapsed))
    assert any(not one.advised for one in first.plan.actions)
    written = write_sheet(first, "full", "json", "nl")

    read = read_all((written.decode(), "a.json"), KNOWLEDGE)
    store = Store(f"sqlite:///{tmp_path}/a.db")
    made = store.create(
        read.assessment.title, KNOWLEDGE.version, read.assessment.answers, read.assessment.notes, read.case, read.lapsed
    )
    for key, decision in read.decisions.items():
        store.save_action(made, key, decision, store.open(made).revision)
    stored = store.open(made)
    remember(store, stored, first.advice, inference())
    stored = store.open(made)
    assert write_sheet(dossier(stored.assessment, inference(), stored, DAY), "full", "json", "nl") == written


def test_a_carried_day_gives_way_when_the_advice_returns_and_stands_in_no_history(tmp_path: Path) -> None:
    whole = with_lapsed(of_case("company-b"))
    (gone,) = [one for one in whole.plan.actions if not one.advised]
    store = Store(f"sqlite:///{tmp_path}/a.db")
    made = store.create("x", KNOWLEDGE.version, {}, lapsed={gone.key: date(2026, 3, 9)})
    assert store.open(made).lapsed == {gone.key: date(2026, 3, 9)}
    assert not any("2026-03-09" in one.says.en for one in lines(store.history(made), KNOWLEDGE))
    remember(store, store.open(made), whole.advice, inference())
    assert store.open(made).lapsed == {gone.key: date(2026, 3, 9)}
    card = whole.advice.recommendations[0].model_copy(update={"card": gone.task.id})
    first, *others = whole.advice.checklists
    first = first.model_copy(update={"recommendations": (*first.recommendations, gone.task.id)})
    returned = whole.advice.model_copy(
        update={"recommendations": (*whole.advice.recommendations, card), "checklists": (first, *others)}
    )
    remember(store, store.open(made), returned, inference())
    assert store.open(made).lapsed == {}


def earlier(answers: dict[str, object], notes: dict[str, str] | None = None, version: int = 1) -> tuple[str, str]:
    """A file of an earlier or later version, with an advice and a plan in a form that is no longer read."""
    given = {"title": "Klacht", "answers": answers, "notes": notes or {}, "knowledge_version": "0123456789ab"}
    file = {"format": "dialoogwijzer-advice", "version": version, "assessment": given, "advice": {"was": 1}, "plan": {}}
    return json.dumps(file), "a.json"


def test_of_an_earlier_version_the_answers_are_carried_over_and_the_rest_is_set_aside() -> None:
    old = {"start.preparing": ["conversation", "partners"], "start.gone": "yes", "core.first": "event"}
    read = read_all(earlier(old, {"start.gone": "weg", "core.first": "nog vragen"}), KNOWLEDGE)
    assert read.assessment.answers == {"core.occasions": ("supplier-talk", "partner"), "core.first": "event"}
    assert read.assessment.notes == {"core.first": "nog vragen"}
    assert read.assessment.knowledge_version == KNOWLEDGE.version and not read.decisions and not read.lapsed
    assert [(one.question, one.answer) for one in read.set_aside] == [("start.gone", "yes")]


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (earlier({"start.gone": "yes"}), "earlier questionnaire"),
        (earlier({}, {"core.first": "n" * 6000}), "at most"),
        (earlier({}, version=3), "version"),
        (earlier({}, version=2), "advice"),
    ],
)
def test_what_says_nothing_that_can_be_used_is_refused_in_one_line(file: tuple[str, str], told: str) -> None:
    with pytest.raises(AnswerFileError) as caught:
        read_all(file, KNOWLEDGE, "en")
    (line,) = caught.value.problems
    assert line.startswith("a.json") and told in line and "\n" not in line
