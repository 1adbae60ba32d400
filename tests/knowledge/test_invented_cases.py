"""Invented cases at the edges: nearly all right, then the advice is short; little known, then safety leads."""

from functools import cache

import pytest

from assessment.advice import advise
from assessment.model import Advice, Assessment
from knowledge.answering import as_answer
from knowledge.base import knowledge_base
from knowledge.condition import UNKNOWN
from rules.engine.inference import inference

CASES = knowledge_base().scenarios
INVENTED = [case for case in CASES if case.startswith("invented-")]
NEARLY_RIGHT = (
    "invented-fish-peru-trusted-union",
    "invented-flowers-ethiopia-nearly-all-right",
    "invented-garment-turkey-complaint-safe",
    "invented-palm-oil-colombia-well-prepared",
)
NEARLY_UNKNOWN = (
    "invented-electronics-malaysia-nearly-all-unknown",
    "invented-leather-turkey-no-complaints",
    "invented-stone-china-silence",
    "invented-stone-india-home-cutters",
)


@cache
def advice_on(case: str) -> Advice:
    questions = knowledge_base().questions
    answers = {key: as_answer(questions[key], value) for key, value in CASES[case].answers.items()}
    title = CASES[case].title.nl
    return advise(Assessment(title=title, answers=answers, knowledge_version=knowledge_base().version), inference())


@pytest.mark.parametrize("case", INVENTED)
def test_an_invented_case_says_so_and_answers_only_what_is_asked(case: str) -> None:
    assert CASES[case].happened.nl.startswith("Verzonnen: ")
    assert CASES[case].happened.en.startswith("Invented: ")
    assert {one.question for one in advice_on(case).answered} == set(CASES[case].answers)


@pytest.mark.parametrize("case", NEARLY_RIGHT)
def test_where_nearly_all_is_right_the_advice_is_short(case: str) -> None:
    assert len(advice_on(case).checklists) <= 5


@pytest.mark.parametrize("case", NEARLY_UNKNOWN)
def test_where_nearly_all_is_unknown_safety_leads_and_there_is_homework(case: str) -> None:
    unknown = [answer for answer in CASES[case].answers.values() if answer == UNKNOWN]
    assert len(unknown) >= 3
    advice = advice_on(case)
    tiers = [one.tier for one in advice.verdicts]
    assert tiers == sorted(tiers)
    assert advice.homework
    assert "as-planned" not in {one.verdict for one in advice.occasions if one.occasion in ("worker-talk", "means")}
