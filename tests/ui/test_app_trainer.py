"""The trainer's page and the page to vote on, without a browser; and what the room may reach."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from assessment.changes.smallest_change import what_if
from assessment.store import Store
from assessment.training.course import course
from assessment.training.group import View
from assessment.training.groups import Groups
from assessment.training.trying import changes
from knowledge.base import knowledge_base
from knowledge.text import Language
from rules.engine.inference import inference
from tests.support.amounts import driven
from tests.ui.test_app import CASE, app, calm, shown, store
from tests.ui.test_app_work import advice_on, press
from ui.words import escaped, say

pytestmark = pytest.mark.slow

__all__ = ["store"]  # a fixture

COMPANY_A = knowledge_base().scenarios["company-a"]
SLIDES = course(CASE, advice_on(dict(CASE.answers)))


@pytest.fixture
def groups(store: Store) -> Iterator[Groups]:
    opened = Groups()
    yield opened
    opened.close()


def pressed(page: AppTest, key: str) -> AppTest:
    return calm(page.button(key=key).click().run())


def voter(code: str, language: Language = "nl") -> AppTest:
    return app("vote", language, code=code)


@pytest.mark.parametrize("language", driven("nl"))
def test_a_trainer_plays_a_case_from_start_to_lesson(groups: Groups, language: Language) -> None:
    page = app("trainer", language)
    calm(page.selectbox(key=f"trainer:case:{language}").set_value(CASE.id).run())
    assert CASE.training is not None
    assert escaped(CASE.training.aim.in_(language)) in shown(page)
    press(page, "trainer.begin", language)
    group = groups.list()[0].id
    assert page.query_params["group"] == group
    seen = [page.header[0].value]
    for _ in range(len(SLIDES) + 3 * len(CASE.training.votes)):
        here = SLIDES[groups.open(group).place]
        words = shown(page)
        assert all(escaped(note.in_(language)) in words for note in here.notes)
        assert here.kind != "begin" or escaped(CASE.training.aim.in_(language)) in words
        if here.vote is not None:
            told = escaped(here.vote.why.in_(language)) in words
            assert told is (groups.open(group).ballots[here.vote.id].state == "shown")
        if here.kind != "happened":
            assert escaped(CASE.happened.in_(language)) not in words
        if here.kind == "advice":
            assert all(one.really.in_(language) in words for one in CASE.training.outcomes)
        if page.button(key="trainer:on").disabled:
            break
        pressed(page, "trainer:on")
        seen.append(page.header[0].value)
    assert [*dict.fromkeys(seen)][-3:] == [say(f"slide.{name}", language) for name in ("advice", "happened", "lesson")]
    assert escaped(CASE.teaching.in_(language)) in shown(page)


def test_phones_vote_and_only_totals_are_seen(groups: Groups) -> None:
    group = groups.create(CASE.id)
    place = next(number for number, slide in enumerate(SLIDES) if slide.vote is not None)
    vote = SLIDES[place].vote
    assert vote is not None
    code = groups.open(group).code
    phones = [voter(code), voter(code)]
    assert say("vote.wait", "nl") in shown(phones[0])
    groups.move(group, place)
    groups.open_vote(group, vote.id)
    keys = [f"choice:{code}:{vote.id}:{choice.id}:nl" for choice in vote.choices]
    for phone, key in zip(phones, keys, strict=False):
        calm(phone.run())
        pressed(phone, key)
        assert say("vote.counted", "nl") in shown(phone)
        assert escaped(vote.why.nl) not in shown(phone)
        assert all(escaped(note.nl) not in shown(phone) for note in SLIDES[place].notes)
    desk = app("trainer", "nl", group=group)
    assert say("trainer.cast", "nl", count=2, all=2) in shown(desk)
    assert groups.open(group).ballots[vote.id].phones == {vote.choices[0].id: 1, vote.choices[1].id: 1}
    pressed(phones[0], keys[2])
    assert groups.open(group).ballots[vote.id].phones == {vote.choices[1].id: 1, vote.choices[2].id: 1}
    pressed(desk, "trainer:on")
    assert say("trainer.final", "nl", count=2) in shown(desk)
    calm(phones[0].run())
    assert say("vote.closed", "nl") in shown(phones[0])
    groups.reset(group)
    calm(phones[0].run())
    assert say("vote.no_group", "nl") in shown(phones[0])


def test_hands_are_counted_by_the_trainer(groups: Groups) -> None:
    group = groups.create(CASE.id)
    place = next(number for number, slide in enumerate(SLIDES) if slide.vote is not None)
    vote = SLIDES[place].vote
    assert vote is not None
    groups.move(group, place)
    groups.open_vote(group, vote.id)
    desk = app("trainer", "nl", group=group)
    desk.number_input[0].set_value(7)
    desk.number_input[1].set_value(2)
    press(desk, "trainer.hands_save")
    assert say("trainer.cast_hands", "nl", count=9) in shown(desk)
    press(desk, "trainer.again")
    assert groups.open(group).ballots[vote.id].cast == 0


def test_wrong_codes_are_told_and_limited(groups: Groups) -> None:
    page = voter("AAAAAA")
    for _ in range(12):
        page.text_input[0].set_value("AAAAAA")
        press(page, "vote.join")
    assert say("vote.too_many", "nl") in shown(page)
    right = groups.open(groups.create(CASE.id)).code
    page.text_input[0].set_value(right)
    press(page, "vote.join")
    assert say("vote.too_many", "nl") in shown(page)


def test_the_presentation_has_no_notes(groups: Groups) -> None:
    group = groups.create(CASE.id)
    for place in (0, 2, len(SLIDES) - 1):
        slide = SLIDES[place]
        groups.move(group, place)
        page = app("trainer", "nl", group=group, present="1")
        assert all(escaped(note.nl) not in shown(page) for note in slide.notes)
        assert say("trainer.notes", "nl") not in shown(page)
    groups.move(group, 0)
    page = app("trainer", "nl", group=group, present="1")
    pressed(page, "present:on")
    assert groups.open(group).place == 1
    pressed(page, "present:back")
    assert groups.open(group).place == 0
    pressed(page, "present:stop")
    assert "present" not in page.query_params


def seen(groups: Groups, group: str, view: View, about: str = "") -> AppTest:
    """The desk, once the room sees this view."""
    groups.go(groups.open(group), view=view, about=about)
    return app("trainer", "nl", group=group)


def test_the_screen_follows_every_view_and_one_remote_goes_on_in_all(groups: Groups) -> None:
    group = groups.create(CASE.id)
    for view in ("rules", "effect"):
        desk = seen(groups, group, view)
        room = app("trainer", "nl", group=group, present="1")
        told = set()
        for _ in range(12):
            assert room.title[0].value == say(f"view.{view}", "nl")
            assert room.header[0].value == desk.subheader[0].value, "what the desk shows"
            assert not room.subheader, "no level of headings is skipped"
            told.add(shown(room))
            if groups.open(group).view == "story":
                break
            pressed(room, "present:on")
            if groups.open(group).view == "story":
                break
            calm(desk.run())
        assert len(told) >= 3
        assert groups.open(group).place == 0, "back in the story where it was"


def test_an_advice_is_followed_from_answer_to_passage(groups: Groups) -> None:
    group = groups.create(CASE.id)
    page = seen(groups, group, "rules")
    heads = [page.subheader[0].value]
    while groups.open(group).view == "rules":
        pressed(page, "trainer:on")
        heads.append(page.subheader[0].value if page.subheader else "")
    ways = [say(f"trail.{one}", "nl") for one in ("answers", "finding", "advice", "passage")]
    assert [one for one in dict.fromkeys(heads) if one in ways] == ways
    page = seen(groups, group, "rules")
    jargon = re.compile(r"\b(regels?|bevinding\w*|werkgeheugen|lagen|laag)\b", re.IGNORECASE)
    assert not [one.value for one in page.html if jargon.search(unescape(re.sub(r"<[^>]+>", " ", one.value)))]


def test_the_whole_course_is_folded_below_it(groups: Groups) -> None:
    page = seen(groups, groups.create(CASE.id), "rules")
    before = len(page.subheader)
    counts = [0]
    while not page.button(key="chain:next").disabled:
        pressed(page, "chain:next")
        counts.append(len(page.subheader) - before)
    assert counts == list(range(len(counts)))
    assert say("chain.end", "nl") in shown(page)


def test_one_answer_changed_shows_its_effect_and_saves_nothing(groups: Groups, store: Store) -> None:
    page = seen(groups, groups.create(CASE.id), "effect")
    calm(page.selectbox(key=f"effect:{CASE.id}:question:nl").set_value("core.may-pass-on").run())
    other = page.radio(key=f"effect:{CASE.id}:other:core.may-pass-on:nl")
    calm(other.set_value(repr("all")).run())
    assert say("effect.goes", "nl", before=say("verdict.first_this", "nl")) in shown(page)
    calm(page.selectbox(key=f"effect:{CASE.id}:question:nl").set_value("core.home-knows").run())
    other = page.radio(key=f"effect:{CASE.id}:other:core.home-knows:nl")
    calm(other.set_value(other.options and trials_of("core.home-knows")).run())
    words = shown(page)
    assert say("effect.carries_nothing", "nl") in words or say("effect.stays", "nl", label="").split("**")[0] in words
    assert store.list() == ()


def trials_of(question: str) -> str:
    """An answer that changes no verdict."""
    asked = knowledge_base().questions[question]
    for other in what_if(inference()).alternatives(asked, CASE.answers[question]):
        if not changes(CASE.answers, {**CASE.answers, question: other}, inference()):
            return repr(other)
    raise AssertionError(question)


def test_two_cases_side_by_side(groups: Groups) -> None:
    group = groups.create(CASE.id)
    page = seen(groups, group, "pair")
    assert say("pair.choose", "nl") in shown(page)
    assert say("trainer.step", "nl", place=1, count=1) in shown(page)
    calm(page.selectbox(key=f"trainer:about:{group}:pair:nl").set_value("company-a").run())
    room = app("trainer", "nl", group=group, present="1")
    assert [one.value for one in room.header][1:] == [say("pair.case", "nl", letter=letter) for letter in "AB"]
    titles = [one.value for one in room.text]
    assert titles.index(COMPANY_A.title.nl) < titles.index(CASE.title.nl)
    assert escaped(COMPANY_A.teaching.nl) not in shown(room)
    pressed(room, "present:on")
    assert say("compare.only_first", "nl") in shown(room)
    pressed(room, "present:on")
    assert escaped(COMPANY_A.teaching.nl) in shown(room)
    assert escaped(CASE.teaching.nl) in shown(room)


def test_a_click_that_comes_late_skips_nothing(groups: Groups) -> None:
    group = groups.create(CASE.id)
    one, other = (app("trainer", "nl", group=group) for _ in range(2))
    pressed(one, "trainer:on")
    assert groups.open(group).place == 1
    pressed(other, "trainer:on")
    assert groups.open(group).place == 1
    assert say("trainer.went_on", "nl") in shown(other)
    pressed(other, "trainer:on")
    assert groups.open(group).place == 2
    assert groups.open(group).ballots[CASE.training.votes[0].id].state == "open" if CASE.training else True
    calm(one.run())
    pressed(other, "trainer:on")
    pressed(one, "trainer:on")
    assert [ballot.state for ballot in groups.open(group).ballots.values()] == ["closed"], (
        "the discussion is not skipped"
    )


def test_a_telephone_is_told_that_the_course_is_over(groups: Groups) -> None:
    group = groups.create(CASE.id)
    phone = voter(groups.open(group).code)
    groups.move(group, len(SLIDES) - 1)
    calm(phone.run())
    assert say("vote.finished", "nl") in shown(phone)


def test_a_case_with_too_little_in_it_is_for_reading(groups: Groups) -> None:
    page = app("trainer")
    calm(page.selectbox(key="trainer:case:nl").set_value("palm-oil-working-group").run())
    assert say("trainer.for_reading", "nl") in shown(page)
    assert say("trainer.begin", "nl") not in [one.label for one in page.button]


def test_a_group_is_tested_before_and_after_and_only_totals_are_told(groups: Groups) -> None:
    group = groups.create(CASE.id)
    code = groups.open(group).code
    situations = list(knowledge_base().situations.values())
    assert len(situations) == 6
    desk = seen(groups, group, "before")
    phone = voter(code)
    pressed(desk, "trainer:on")
    for one in situations:
        calm(phone.run())
        assert escaped(one.told.nl) in shown(phone)
        assert escaped(one.why.nl) not in shown(phone)
        pressed(phone, f"choice:{code}:before.{one.id}:{one.concluded}:nl")
        pressed(phone, "test:next")
    assert say("vote.test_done", "nl") in [one.value for one in phone.success]
    calm(desk.run())
    assert say("test.filled_in", "nl", count=1, all=1) in shown(desk)
    pressed(desk, "trainer:on")
    assert say("test.thanks", "nl") in shown(desk)
    pressed(desk, "trainer:on")
    view = f"trainer:view:{group}:nl"
    calm(desk.radio(key=view).set_value("after").run())
    pressed(desk, "trainer:on")
    calm(phone.run())
    assert escaped(situations[0].told.nl) in shown(phone), "once more from the first"
    pressed(desk, "trainer:back")
    calm(desk.radio(key=view).set_value("after").run())
    assert say("test.open", "nl") in shown(desk), "where it was left"
    pressed(desk, "trainer:on")
    told = [one.value for one in desk.caption]
    assert sum(say("test.too_few", "nl", fewest=5) in one for one in told) == 2 * len(situations), "one is no group"
    assert not desk.get("progress"), "an empty bar would say that nobody chose right"
