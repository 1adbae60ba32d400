"""What a case to play teaches: votes that the advice does not contradict, and an advice slide with something on it."""

import pytest

from assessment.advice import advise
from assessment.model import Advice, Assessment
from assessment.training.course import ENOUGH, MOST, course, playable, points, with_choice
from knowledge.base import knowledge_base
from knowledge.model import Choice, Scenario, Vote
from knowledge.text import Text
from rules.engine.inference import inference
from tests.support.contradictions import contradictions

CASES = knowledge_base().scenarios
DANGEROUS = ("invented-fish-bangladesh-visit-with-fear", "invented-garment-bangladesh-employer-present")
READY = [case for case in CASES.values() if case.training is not None]


def advice_on(case: Scenario) -> Advice:
    return advise(Assessment(title="x", answers=case.answers, knowledge_version=""), inference())


def text(words: str) -> Text:
    return Text(nl=words, en=words)


@pytest.mark.parametrize("case", READY, ids=lambda case: case.id)
def test_no_vote_calls_right_what_the_advice_calls_wrong(case: Scenario) -> None:
    assert case.training is not None
    assert {vote.id: list(contradictions(case, vote)) for vote in case.training.votes} == {
        vote.id: [] for vote in case.training.votes
    }


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (("x", {"talk.opening": "direct"}), ("y", {}), "x: called right, and the advice says stop"),
        (("x", {"talk.opening": "open"}), ("y", {"talk.opening": "open"}), "y: called wrong"),
        (("'Mensen bij u vertelden ons dat'", {}), ("y", {}), "Mensen bij u"),
        (("x", {}), ("'Hoe gaat het bij jullie, en waar lopen jullie tegenaan?'", {}), "Hoe gaat het"),
    ],
)
def test_a_contradiction_is_seen(
    right: tuple[str, dict[str, str]], wrong: tuple[str, dict[str, str]], told: str
) -> None:
    choices = [Choice(id=name, text=text(one[0]), answers=one[1]) for name, one in (("x", right), ("y", wrong))]
    vote = Vote(id="v", question=text("Q"), choices=tuple(choices), concluded="x", why=text("W"))
    assert told in "\n".join(contradictions(CASES["company-b"], vote))


@pytest.mark.parametrize("case", READY, ids=lambda case: case.id)
def test_the_advice_slide_tells_what_really_happened_and_which_vote_was_about_it(case: Scenario) -> None:
    assert case.training is not None
    advice = advice_on(case)
    found = points(case, advice)
    assert ENOUGH <= len(found) <= MOST
    assert {one.advice for one in found if one.really} == {one.advice for one in case.training.outcomes}, (
        "every outcome is of an advice that is given"
    )
    assert any(one.vote for one in found)
    assert playable(case, advice)


@pytest.mark.parametrize("case", [CASES[name] for name in DANGEROUS], ids=lambda case: case.id)
def test_what_endangers_people_is_on_the_slide(case: Scenario) -> None:
    advice = advice_on(case)
    found = points(case, advice)
    assert advice.safety
    assert [one.advice for one in found if one.danger] == [one.act for one in advice.safety][:MOST]
    assert len(found) <= MOST


def test_a_case_with_too_little_in_it_is_for_reading() -> None:
    assert [
        name for name in ("palm-oil-working-group", "uyghur-community") if playable(CASES[name], advice_on(CASES[name]))
    ] == []
    own = CASES["palm-oil-working-group"].model_copy(update={"own": True})
    assert playable(own, advice_on(own))


@pytest.mark.parametrize("case", READY, ids=lambda case: case.id)
def test_nothing_before_the_votes_gives_their_answer_away(case: Scenario) -> None:
    assert case.training is not None
    slides = course(case, advice_on(case))
    assert slides[0].text == ()
    assert case.training.aim in slides[0].notes
    for vote in case.training.votes:
        right = next(one for one in vote.choices if one.id == vote.concluded)
        shown = [slide.text for slide in slides[: [slide.vote for slide in slides].index(vote)]]
        assert right.text not in [one for some in shown for one in some]


def test_acts_of_a_choice_come_on_top_and_other_answers_instead() -> None:
    choice = Choice(id="x", text=text("x"), answers={"acts.talk-setup": ("short-talk",), "talk.bond": 3})
    found = with_choice({"acts.talk-setup": ("short-talk-done",), "talk.bond": 0}, choice)
    assert found == {"acts.talk-setup": ("short-talk-done", "short-talk"), "talk.bond": 3}
