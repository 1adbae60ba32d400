"""A trainer with a group in a real browser: the desk, the presentation, and two telephones in the room."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from assessment.advice import advise
from assessment.model import Assessment
from assessment.training.course import course
from knowledge.base import knowledge_base
from rules.engine.inference import inference
from tests.support.browsing import CASE, Server, go, is_good, pick, settle
from ui.server import lan
from ui.words import say

pytestmark = pytest.mark.browser

ADDRESS = lan.own_address()
COMPANY_A = knowledge_base().scenarios["company-a"]
SLIDES = course(CASE, advise(Assessment(title="", answers=CASE.answers, knowledge_version=""), inference()))
PLACE = next(number for number, slide in enumerate(SLIDES) if slide.vote is not None)


class RoomServer(Server):
    """The application as a trainer starts it for a room."""

    OPTIONS = ("--lan",)

    def start(self) -> None:
        super().start()
        assert self.process.stdout is not None
        self.room = f"http://{ADDRESS}:{self.port}"
        warning = say("lan.warning", "nl", address=f"{self.room}/{lan.VOTE}")
        assert self.process.stdout.readline() == f"{warning}\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoomServer]:
    if ADDRESS is None:
        pytest.skip("this computer is on no network")
    started = RoomServer(tmp_path_factory.mktemp("room"))
    yield started
    started.stop()


def phone(browser: Browser, address: str) -> Page:
    visitor = browser.new_context(locale="nl-NL", viewport={"width": 390, "height": 844}).new_page()
    visitor.goto(address)
    return visitor


def press(page: Page, key: str) -> None:
    page.get_by_role("button", name=say(key, "nl"), exact=True).click()


def key(page: Page, name: str) -> None:
    """Press a key once the page stands still: before that nobody listens to it yet."""
    page.bring_to_front()
    settle(page)
    page.keyboard.press(name)


def code_on(page: Page) -> str:
    shown = page.locator(".st-key-join-words [data-testid=stText]")
    expect(shown).to_be_visible(timeout=30_000)
    return re.sub(r"\s", "", shown.inner_text())


def title(page: Page, text: str, heading: str = "h1") -> None:
    expect(page.get_by_role("heading", level=int(heading[1]), name=text, exact=True)).to_be_visible(timeout=30_000)


def test_a_trainer_plays_company_b_with_a_group(server: RoomServer, page: Page, browser: Browser) -> None:
    vote = SLIDES[PLACE].vote
    assert vote is not None
    go(page, server, "trainer")
    pick(page, say("trainer.case", "nl"), CASE.title.nl)
    press(page, "trainer.begin")
    title(page, CASE.title.nl, "h2")
    settle(page)
    is_good(page, "desk")
    group = re.search(r"group=([\w-]+)", page.url)
    assert group is not None

    code = code_on(page)
    phones = [phone(browser, f"{server.room}/stem"), phone(browser, f"{server.room}/stem?code={code}")]
    phones[0].get_by_role("textbox").fill(code.lower())
    phones[0].get_by_role("button", name=say("vote.join", "nl")).click()
    for one in phones:
        expect(one.get_by_text(say("vote.wait", "nl"))).to_be_visible(timeout=30_000)

    room = page.context.new_page()
    room.set_viewport_size({"width": 1280, "height": 720})
    room.goto(f"{server.address}/trainer?group={group[1]}&present=1&view=story")
    title(room, CASE.title.nl)
    expect(room.get_by_role("navigation")).to_be_hidden()
    for slide in SLIDES[1 : PLACE + 1]:
        key(room, "ArrowRight")
        assert slide.title is not None
        title(room, slide.title.nl)
    is_good(room, "presentation of an open vote")

    for one, choice in zip(phones, (vote.choices[0], vote.choices[1]), strict=True):
        one.get_by_role("button", name=choice.text.nl).click()
        expect(one.get_by_text(say("vote.counted", "nl"))).to_be_visible(timeout=30_000)
    expect(phones[0].get_by_text(vote.why.nl)).to_have_count(0)
    expect(room.get_by_text("Stemmen tot nu toe: 2")).to_be_visible(timeout=30_000)
    phones[1].reload()
    phones[1].get_by_role("button", name=vote.choices[2].text.nl).click(timeout=30_000)
    expect(phones[1].get_by_role("button", name="Jouw keuze: " + vote.choices[2].text.nl)).to_be_visible(timeout=30_000)
    page.bring_to_front()
    for place, share in enumerate((50, 0, 50)):
        count = 1 if share else 0
        expect(page.get_by_text(f"{vote.choices[place].text.nl} · {count} ({share}%)")).to_be_visible(timeout=30_000)

    key(room, "ArrowRight")
    expect(room.get_by_text(f"{vote.choices[0].text.nl} · 1 (50%)")).to_be_visible(timeout=30_000)
    expect(room.get_by_text(vote.why.nl)).to_have_count(0)
    expect(phones[0].get_by_text(say("vote.closed", "nl"))).to_be_visible(timeout=30_000)
    key(room, "ArrowRight")
    expect(room.get_by_text(vote.why.nl)).to_be_visible(timeout=30_000)
    is_good(room, "presentation of a conclusion")

    page.bring_to_front()
    last = SLIDES[-1]
    for _ in range(40):
        settle(page)
        button = page.locator(".st-key-trainer-on button")
        if button.is_disabled():
            break
        button.click()
    title(page, say("slide.lesson", "nl"), "h2")
    expect(page.get_by_text(last.text[0].nl)).to_be_visible()
    expect(page.get_by_text(last.notes.nl if last.notes else "")).to_be_visible()
    title(room, say("slide.lesson", "nl"))
    expect(room.get_by_text(say("trainer.notes", "nl"))).to_have_count(0)

    with page.expect_download() as download:
        page.get_by_role("button", name="Zonder antwoorden (PDF)").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")

    page.get_by_text(say("view.pair", "nl"), exact=True).click()
    title(page, say("view.pair", "nl"), "h2")
    pick(page, say("pair.other", "nl"), COMPANY_A.title.nl)
    page.get_by_text(say("pair.end", "nl"), exact=True).click()
    expect(page.get_by_text(COMPANY_A.teaching.nl)).to_be_visible(timeout=30_000)
    expect(page.get_by_text(CASE.teaching.nl)).to_be_visible()
    settle(page)
    is_good(page, "two cases")

    page.get_by_text(say("view.story", "nl"), exact=True).click()
    press(page, "trainer.reset")
    expect(page.get_by_text(say("trainer.was_reset", "nl"))).to_be_visible(timeout=30_000)
    settle(page)
    assert code_on(page) != code
    expect(phones[0].get_by_text(say("vote.ended", "nl"))).to_be_visible(timeout=30_000)
    for one in phones:
        one.context.close()


def test_the_room_reaches_nothing_but_the_vote(server: RoomServer, browser: Browser) -> None:
    for path, status in (("", 403), ("vragen", 403), ("trainer", 403), ("_stcore/metrics", 404)):
        with pytest.raises(HTTPError) as refused:
            urlopen(f"{server.room}/{path}")
        assert refused.value.code == status
    visitor = phone(browser, f"{server.room}/stem?lang=en")
    expect(visitor.get_by_role("textbox")).to_be_visible(timeout=30_000)
    is_good(visitor, "telephone")
    visitor.evaluate("history.pushState({}, '', '/trainer')")  # as a link within the page would
    visitor.evaluate("dispatchEvent(new PopStateEvent('popstate'))")
    expect(visitor.get_by_text(say("lan.only_here", "en"))).to_be_visible(timeout=30_000)
    expect(visitor.get_by_role("combobox")).to_have_count(0)
    visitor.context.close()


@pytest.mark.parametrize("view", ["rules", "effect"])
def test_the_other_views_are_accessible_in_english(server: RoomServer, page: Page, view: str) -> None:
    go(page, server, "trainer?lang=en")
    pick(page, say("trainer.case", "en"), CASE.title.en)
    page.get_by_role("button", name=say("trainer.begin", "en")).click()
    page.get_by_text(say(f"view.{view}", "en"), exact=True).click()
    title(page, say(f"view.{view}", "en"), "h2")
    settle(page)
    if view == "rules":
        page.get_by_role("button", name=say("chain.next", "en")).click()
        expect(page.get_by_role("heading", level=3)).to_have_count(1)
    else:
        pick(page, say("whatif.question", "en"), "interest")
        page.get_by_role("radiogroup", name=say("whatif.instead", "en")).locator("label").first.click()
        title(page, say("chain.effect_facts", "en"), "h3")
    settle(page)
    is_good(page, view)
