"""A room full: twenty telephones, one clicker and two trainers play a case from begin to end; in the long build."""

import re
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assessment.advice import advise
from assessment.model import Assessment
from assessment.training.course import Slide, course
from assessment.training.own_cases import write_case
from knowledge.base import knowledge_base
from knowledge.model import Scenario
from knowledge.text import Text
from rules.engine.inference import inference
from tests.browser.test_browser_trainer import RoomServer, code_on, key, phone, press, title
from tests.browser.test_browser_trainer import server as server  # a fixture
from tests.support.amounts import LONG
from tests.support.browsing import go, hand_over, pick, settle, unfold
from tests.support.serving import CASE
from ui.words import say

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not LONG, reason="twenty browsers and three cases; in the long build"),
]

PHONES, IN_THE_ROOM = 20, 5
"""Of the telephones so many come through the network of the room: from one address no more are let in."""
OWN = CASE.model_copy(update={"id": "own", "title": Text(nl="Onze eigen casus", en="Our own case"), "own": True})
PLAYED = {"company-b": CASE, "rajasthan-2023": knowledge_base().scenarios["rajasthan-2023"], "own": OWN}


def slides_of(case: Scenario) -> tuple[Slide, ...]:
    return course(case, advise(Assessment(title="", answers=case.answers, knowledge_version=""), inference()))


@pytest.fixture
def phones(browser: Browser) -> Iterator[list[Page]]:
    some: list[Page] = []
    yield some
    for one in some:
        one.context.close()


def heading(slide: Slide, case: Scenario) -> str:
    """What stands above a slide."""
    if slide.title is not None:
        return slide.title.nl
    return slide.vote.question.nl if slide.vote is not None else say(f"slide.{slide.kind}", "nl")


@pytest.mark.parametrize("name", PLAYED)
def test_a_full_room_plays_a_case_with_one_clicker(
    server: RoomServer, page: Page, browser: Browser, phones: list[Page], name: str, tmp_path: Path
) -> None:
    case = PLAYED[name]
    slides = slides_of(case)
    go(page, server, "trainer")
    if case.own:
        unfold(page, say("owncase.open", "nl"))
        written = tmp_path / "casus.yaml"
        written.write_text(write_case(case), encoding="utf-8")
        hand_over(page, written)
        press(page, "owncase.keep")
        settle(page)
    pick(page, say("trainer.case", "nl"), case.title.nl)
    press(page, "trainer.begin")
    title(page, case.title.nl)
    settle(page)
    code = code_on(page)
    second = page.context.new_page()
    second.goto(page.url)
    title(second, case.title.nl)
    room = page.context.new_page()
    room.goto(f"{page.url}&present=1")
    title(room, heading(slides[0], case))

    for number in range(PHONES):
        base = server.room if number < IN_THE_ROOM else server.address
        phones.append(phone(browser, f"{base}/stem?code={code}"))
    for one in phones:
        expect(one.get_by_text(say("vote.wait", "nl"))).to_be_visible(timeout=60_000)
    expect(room.get_by_text(say("trainer.inside", "nl", count=PHONES))).to_be_visible(timeout=60_000)

    keys = cycle(("PageDown", "Space", "Enter"))
    votes = 0
    for slide in slides[1:]:
        key(room, next(keys))
        title(room, heading(slide, case))
        if slide.vote is None:
            continue
        votes += 1
        choices = slide.vote.choices
        for number, one in enumerate(phones):
            choice = choices[number % len(choices)].text.nl
            one.get_by_role("button", name=choice, exact=True).click(timeout=60_000)
        expect(room.get_by_text(f"Gestemd: {PHONES} van {PHONES}")).to_be_visible(timeout=60_000)
        key(room, next(keys))
        expect(room.get_by_text(f"Eindstand: {PHONES} stemmen")).to_be_visible(timeout=60_000)
        for one in phones:
            expect(one.get_by_text(say("vote.closed", "nl"))).to_be_visible(timeout=60_000)
        both_go_on(page, second)
        expect(room.get_by_text(slide.vote.why.nl)).to_be_visible(timeout=60_000)
        for desk in (page, second):
            title(desk, heading(slide, case), "h2")
        title(room, heading(slide, case))
    assert votes >= 1 and votes == sum(slide.vote is not None for slide in slides)

    key(room, "PageUp")
    title(room, heading(slides[-2], case))
    key(room, next(keys))
    title(room, heading(slides[-1], case))
    for one in phones:
        expect(one.get_by_text(say("vote.finished", "nl"))).to_be_visible(timeout=60_000)
    assert re.search(r"group=[\w-]+", page.url) and re.search(r"group=[\w-]+", second.url)


def both_go_on(one: Page, other: Page) -> None:
    """Two trainers press the same button at the same moment."""
    for desk in (one, other):
        expect(desk.get_by_role("button", name=say("act.show", "nl"), exact=True)).to_be_visible(timeout=60_000)
        settle(desk)
    for desk in (one, other):
        desk.evaluate("document.querySelector('.st-key-trainer-on button').click()")
    for desk in (one, other):
        settle(desk)
