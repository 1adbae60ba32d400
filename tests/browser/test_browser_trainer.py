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
from knowledge.text import Language
from rules.engine.inference import inference
from tests.support.browsing import begin, card, chosen, give, go, is_good, labels, pick, settle
from tests.support.serving import CASE, Server
from tests.support.visiting import new_visitor
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
    visitor = new_visitor(browser, viewport={"width": 390, "height": 844}).new_page()
    visitor.goto(address)
    return visitor


def press(page: Page, key: str, language: Language = "nl") -> None:
    page.get_by_role("button", name=say(key, language), exact=True).click()


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
    room.goto(f"{server.address}/trainer?group={group[1]}&present=1")
    title(room, CASE.title.nl)
    expect(room.get_by_role("navigation")).to_be_hidden()
    for slide, pressed in zip(SLIDES[1 : PLACE + 1], ("PageDown", "ArrowRight"), strict=True):
        key(room, pressed)
        assert slide.title is not None
        title(room, slide.title.nl)
    is_good(room, "presentation of an open vote")

    for one, choice in zip(phones, (vote.choices[0], vote.choices[1]), strict=True):
        said = one.locator("body > [role=status]")
        expect(said).to_contain_text(vote.question.nl, timeout=30_000)
        one.get_by_role("button", name=choice.text.nl).click()
        expect(said).to_contain_text(say("vote.counted", "nl"), timeout=30_000)
        expect(one.get_by_role("button", name=choice.text.nl)).to_be_focused()
    expect(phones[0].get_by_text(vote.why.nl)).to_have_count(0)
    expect(room.get_by_text("Gestemd: 2 van 2")).to_be_visible(timeout=30_000)
    phones[1].reload()
    phones[1].get_by_role("button", name=vote.choices[2].text.nl).click(timeout=30_000)
    expect(phones[1].get_by_role("button", name="Jouw keuze: " + vote.choices[2].text.nl)).to_be_visible(timeout=30_000)
    page.bring_to_front()
    for place, share in enumerate((50, 0, 50)):
        count = 1 if share else 0
        expect(page.get_by_text(f"{vote.choices[place].text.nl} · {count} ({share}%)")).to_be_visible(timeout=30_000)

    key(room, "Space")
    expect(room.get_by_text(f"{vote.choices[0].text.nl} · 1 (50%)")).to_be_visible(timeout=30_000)
    expect(room.get_by_text("Eindstand: 2 stemmen")).to_be_visible()
    expect(room.get_by_text(vote.why.nl)).to_have_count(0)
    expect(phones[0].get_by_text(say("vote.closed", "nl"))).to_be_visible(timeout=30_000)
    key(room, "Enter")
    expect(room.get_by_text(vote.why.nl)).to_be_visible(timeout=30_000)
    is_good(room, "presentation of a conclusion")
    key(room, "PageUp")
    title(room, SLIDES[PLACE - 1].title.nl if SLIDES[PLACE - 1].title else "")

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
    expect(page.get_by_text(last.notes[0].nl)).to_be_visible()
    expect(phones[0].get_by_text(say("vote.finished", "nl"))).to_be_visible(timeout=30_000)
    title(room, say("slide.lesson", "nl"))
    expect(room.get_by_text(say("trainer.notes", "nl"))).to_have_count(0)

    with page.expect_download() as download:
        page.get_by_role("button", name="Zonder antwoorden (PDF)").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")

    page.get_by_text(say("view.pair", "nl"), exact=True).click()
    title(page, say("view.pair", "nl"), "h2")
    pick(page, say("pair.other", "nl"), COMPANY_A.title.nl)
    title(room, say("view.pair", "nl"))
    title(room, say("pair.story", "nl"), "h2")  # a key pressed before the room has the second case is for the old step
    for stage in ("advice", "end"):
        key(room, "PageDown")
        title(room, say(f"pair.{stage}", "nl"), "h2")
    for case in (CASE, COMPANY_A):
        expect(room.get_by_text(case.teaching.nl)).to_be_visible(timeout=30_000)
    is_good(room, "two cases")
    page.bring_to_front()
    settle(page)

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


def test_the_other_views_are_accessible_in_english(server: RoomServer, page: Page) -> None:
    go(page, server, "trainer?lang=en")
    pick(page, say("trainer.case", "en"), CASE.title.en)
    page.get_by_role("button", name=say("trainer.begin", "en")).click()
    settle(page)
    for view in ("rules", "effect"):
        page.get_by_text(say(f"view.{view}", "en"), exact=True).click()
        title(page, say(f"view.{view}", "en"), "h2")
        settle(page)
        press(page, "act.next", "en")
        expect(page.get_by_text(re.compile("^Step 2 of"))).to_be_visible(timeout=30_000)
        settle(page)
        is_good(page, view)


def test_each_is_told_what_to_do_when_the_server_is_away_and_the_first_click_after_it_is_kept(
    server: RoomServer, page: Page, browser: Browser
) -> None:
    goal, people = (knowledge_base().questions[name] for name in ("core.goal", "core.people"))
    first, second = (goal.options[0].id,), (people.options[0].id,)
    form = page.context.new_page()
    begin(form, server, "Herstart")
    give(form, goal, first)
    go(page, server, "trainer")
    pick(page, say("trainer.case", "nl"), CASE.title.nl)
    press(page, "trainer.begin")
    title(page, CASE.title.nl, "h2")
    settle(page)
    room = page.context.new_page()
    room.goto(f"{page.url}&present=1")
    visitor = phone(browser, f"{server.room}/stem?code={code_on(page)}")
    title(room, CASE.title.nl)
    expect(visitor.get_by_text(say("vote.wait", "nl"))).to_be_visible(timeout=30_000)
    server.kill()
    for place, one in (("desk", page), ("screen", room), ("phone", visitor)):
        one.bring_to_front()
        expect(one.get_by_text(say(f"away.server_{place}", "nl"))).to_be_visible(timeout=60_000)
    server.start()
    expect(visitor.get_by_text(say("away.server_phone", "nl"))).to_have_count(0, timeout=90_000)
    expect(visitor.get_by_text(say("vote.wait", "nl"))).to_be_visible(timeout=30_000)
    visitor.context.close()
    form.bring_to_front()
    expect(card(form, people).locator("input").first).to_be_enabled(timeout=30_000)
    give(form, people, second)
    form.reload()
    expect(form.locator("h1")).to_be_visible(timeout=20_000)
    settle(form)
    assert chosen(form, goal) == labels(goal, first)
    assert chosen(form, people) == labels(people, second)
