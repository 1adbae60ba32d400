"""The situation at the top of a sheet: three sentences that can be read aloud, of every case and every answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessment.dossier import Dossier, dossier
from assessment.model import Assessment
from assessment.plan import plan_for
from assessment.sheets.compose.shared import contents
from assessment.sheets.compose.situation import LETTERS, OVER, PLACES, UNTOLD, safety_open, situation
from assessment.sheets.fitting import EVENT, TALK
from assessment.sheets.words import labels
from knowledge.base import knowledge_base
from knowledge.model import Answers
from knowledge.text import LANGUAGES, Language
from rules.engine.inference import inference
from tests.support.amounts import cover
from tests.support.sheet_dossiers import DAY, of_case, shortened

pytestmark = pytest.mark.slow

CASES = cover(knowledge_base().scenarios, LANGUAGES)
LONGEST = 500


def of_answers(**answers: object) -> Dossier:
    """A dossier with these answers; `a__b_c` stands for the question a.b-c."""
    given: Answers = {name.replace("__", ".").replace("_", "-"): one for name, one in answers.items()}  # type: ignore[misc]
    return dossier(Assessment(title="", answers=given, knowledge_version=""), inference(), today=DAY)


def options(question: str) -> list[str]:
    return [one.id for one in knowledge_base().questions[question].options if not one.exclusive]


@pytest.mark.parametrize(("case", "language"), CASES)
def test_it_is_three_sentences_and_no_options_of_a_menu(case: str, language: Language) -> None:
    told = situation(of_case(case, language), language, "full")
    assert told.count(". ") == 2 and told.endswith(".") and len(told) < LONGEST
    assert not {";", "{", "}"} & set(told)
    assert all(sentence[0].isupper() for sentence in told.split(". "))


@pytest.mark.parametrize("purpose", ["full", "script", "director"])
def test_no_sheet_says_that_it_can_go_on_while_questions_on_the_safety_of_people_are_open(purpose: str) -> None:
    given = of_case("pakistan-minimum-wage", "en")
    assert safety_open(given) and labels("en")["situation.waits"] in situation(given, "en", purpose)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_has_words_within_a_sentence(language: Language) -> None:
    words = labels(language)
    about = {"thing": "core.occasions", "who": "core.people", "want": "core.goal"}
    lacking = [
        f"{kind}.{one}" for kind, question in about.items() for one in options(question)
        if f"situation.{kind}.{one}" not in words and one != "women"
    ]  # fmt: skip
    lacking += [one for one in options(OVER) if f"situation.past.{one}" not in words]
    assert lacking == []
    for occasion in options("core.occasions"):
        told = situation(of_answers(core__occasions=(occasion,), core__first=occasion), language, "full")
        assert len(told.split(". ")[0]) > 15
    for occasion, question in ((EVENT, PLACES[EVENT]), (TALK, PLACES[TALK])):
        some = {
            situation(
                of_answers(core__occasions=(occasion,), core__first=occasion, **{question.replace(".", "__"): one}),
                language,
                "full",
            )
            for one in options(question)
        }
        assert len(some) >= 3, "the place is told"


def test_it_tells_when_as_far_as_that_is_known() -> None:
    known = of_answers(core__occasions=("event",), core__first="event", core__first_date=3)
    assert situation(known, "nl", "full").startswith("Over ongeveer 3 weken hebben we een bijeenkomst")
    assert situation(known, "en", "full").startswith("In about 3 weeks we have a meeting")
    dated = replace(known, plan=plan_for(known.advice, {}, occasion_on=date(2026, 12, 4)))
    assert situation(dated, "nl", "full").startswith("Op 4 december hebben we")
    over = replace(known, plan=plan_for(known.advice, {}, occasion_on=DAY - timedelta(days=1)))
    assert situation(over, "nl", "full").startswith("We plannen een bijeenkomst")
    now = of_answers(core__occasions=("event",), core__first="event", core__first_date=0)
    assert situation(now, "nl", "full").startswith("Deze week hebben we")


def test_more_than_three_groups_are_no_full_list_and_women_are_told_of_all() -> None:
    told = situation(of_answers(core__people=tuple(options("core.people"))), "nl", "full")
    assert "Het gaat onder meer om" in told and "vooral vrouwen" in told and told.count(" en ") == 1
    assert "Het gaat vooral om vrouwen." in situation(of_answers(core__people=("women",)), "nl", "full")


@pytest.mark.parametrize("purpose", LETTERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_names_nobody_who_shows_that_somebody_spoke_nor_what_we_want(purpose: str, language: Language) -> None:
    common = {"core__occasions": ("partner", "event", "over"), "core__goal": ("fix",), "over__what": ("hearing",)}
    plain = situation(of_answers(**common), language, purpose)
    assert situation(of_answers(**common, core__people=UNTOLD), language, purpose) == plain
    assert labels(language)["situation.want.fix"] not in plain and plain.count(". ") == 2


def test_a_version_for_others_tells_nothing_of_what_is_not_there() -> None:
    for case in knowledge_base().scenarios:
        told = situation(shortened(case), "nl", "partners")
        assert labels("nl")["situation.not-said"] not in told and labels("nl")["situation.not-known"] not in told


GOES_ON = ("as-planned", "changed", "not-known")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_version_for_others_never_says_that_something_can_go_on(language: Language) -> None:
    words, severe = labels(language), set[str]()
    for case in knowledge_base().scenarios:
        given = shortened(case)
        occasions = {said for _, said in contents(given, language).occasions}
        told = situation(given, language, "partners")
        assert not occasions & {words[f"occasion.{one}"] for one in GOES_ON}
        assert not [one for one in GOES_ON if words[f"situation.{one}"] in told]
        severe |= occasions - {words["occasion.shortened"]}
    assert severe, "that something cannot go on is said"
