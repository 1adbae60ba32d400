"""The acts: lists that can be read, verdicts that rest on lessons, and a short scan that misses nothing dangerous."""

from collections import Counter
from collections.abc import Mapping
from graphlib import TopologicalSorter
from random import Random

import pytest

from assessment.verdicts import KINDS, OWED, verdicts, withheld
from knowledge.acts import DONE, NONE, Act, ActList, Joint
from knowledge.base import knowledge_base
from knowledge.model import Answer, Scenario
from knowledge.text import Text
from rules.engine.inference import reference
from rules.engine.memory import working_memory
from rules.model import rule_base
from rules.sampling import random_answers

BASE = knowledge_base()
ACTS = {act.id: act for each in BASE.act_lists.values() for act in each.acts}
MOST_ROWS, MOST_UNDER = 16, 6


def stops(answers: Mapping[str, Answer]) -> set[str]:
    """The acts that must stop because they endanger people."""
    trace = reference(rule_base(), working_memory(dict(answers), BASE.questions))
    return {one.act for one in verdicts(trace, rule_base()) if one.tier == 1 and one.verdict == "stop"}


@pytest.mark.parametrize("name", BASE.act_lists)
def test_a_list_can_be_taken_in_at_a_glance(name: str) -> None:
    rows = [act for act in BASE.act_lists[name].acts if act.ticked]
    assert 1 <= len([act for act in rows if act.under is None]) <= MOST_ROWS
    assert max(Counter(act.under for act in rows if act.under).values(), default=0) <= MOST_UNDER


def test_an_act_stands_in_one_list() -> None:
    assert len(ACTS) == sum(len(each.acts) for each in BASE.act_lists.values())


def test_what_an_act_covers_exists_and_covers_it_in_no_circle() -> None:
    assert {covered for act in ACTS.values() for covered in act.covers} <= ACTS.keys()
    order = TopologicalSorter({act.id: act.takes_place_of for act in ACTS.values()})
    assert set(order.static_order()) == ACTS.keys()  # a circle raises CycleError


def test_every_verdict_rests_on_lessons_that_exist() -> None:
    told = {one for act in ACTS.values() for verdict in (*act.verdicts, *act.done) for one in verdict.lessons}
    assert told <= BASE.lessons.keys()


def test_every_act_is_shown_on_a_card_that_exists() -> None:
    assert {act.card for act in ACTS.values()} <= BASE.checklists.keys()


def test_the_scan_asks_only_what_exists() -> None:
    assert BASE.scan is not None
    asked = {BASE.scan.first, *BASE.scan.common, *(one for some in BASE.scan.by_occasion.values() for one in some)}
    assert asked <= BASE.questions.keys()
    occasions = {option.id for option in BASE.questions[BASE.scan.first].options}
    assert BASE.scan.by_occasion.keys() <= occasions


@pytest.mark.parametrize("case", BASE.scenarios.values(), ids=lambda case: case.id)
def test_the_scan_misses_no_stop(case: Scenario) -> None:
    assert BASE.scan is not None
    occasions = case.answers.get("core.occasions", ())
    lists = [each.question.id for each in BASE.act_lists.values()]
    asked = BASE.scan.questions(occasions if isinstance(occasions, tuple) else (), lists)
    short = {question: answer for question, answer in case.answers.items() if question in asked}
    assert stops(case.answers) <= stops(short)


UNDER = [(listed, act) for listed in BASE.act_lists.values() for act in listed.acts if act.under is not None]


@pytest.mark.parametrize(("listed", "act"), UNDER, ids=[act.id for _, act in UNDER])
def test_a_row_under_a_row_is_told_in_its_place(listed: ActList, act: Act) -> None:
    assert act.under is not None
    answers: dict[str, Answer] = {
        "core.occasions": (listed.occasion or "supplier-talk",),
        listed.question.id: (act.under, act.id),
    }
    told = {
        one.act: one for one in verdicts(reference(rule_base(), working_memory(answers, BASE.questions)), rule_base())
    }
    assert act.id in told and told[act.id].label == act.label, "it has a line of its own"
    above, below = told.get(act.under), told[act.id]
    if above is not None and act.under in act.covers:
        assert above.tier <= OWED, "milder words stand in its place, unless people are in danger or wait"
    elif above is not None:
        weaker = below.tier > above.tier or KINDS.index(below.verdict) > KINDS.index(above.verdict)
        assert weaker or below.verdict == "go-ahead", "the row above it stays where it says more"
    else:
        assert act.under in {row for one in told.values() for row in one.also}


def test_no_row_that_is_ticked_is_passed_over_in_silence() -> None:
    random = Random(5)
    for _ in range(60):
        memory = working_memory(random_answers(BASE, random, share=random.random()), BASE.questions)
        trace = reference(rule_base(), memory)
        told = {row for one in verdicts(trace, rule_base()) for row in (one.act.removesuffix(DONE), *one.also)}
        told |= {one.row for one in withheld(trace, rule_base())}
        given = (memory.facts[each.question.id] for each in BASE.act_lists.values())
        ticked = {row.removesuffix(DONE) for rows in given if isinstance(rows, tuple) for row in rows}
        assert ticked - {NONE} <= told


def test_what_is_told_of_many_acts_at_once_has_one_place_for_them() -> None:
    text, part = Text(nl="Laat dit los: {parts}.", en="Let go: {parts}."), Text(nl="a", en="b")
    assert Joint(because=part, instead=text, parts={"one": part, "two": part})
    for instead in (part, Text(nl=text.nl * 2, en=text.en)):
        with pytest.raises(ValueError, match="once"):
            Joint(because=part, instead=instead, parts={"one": part, "two": part})
