"""How the tests use the application in a real browser: the server, a visitor, and what a visitor does."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from assessment.advice import advise
from assessment.model import Assessment
from assessment.store import Store
from assessment.store.database import FILE_NAME
from knowledge.acts import CHAPTER, DONE, NONE
from knowledge.base import knowledge_base
from knowledge.model import Answer, Question, Scenario
from knowledge.text import Language
from rules.engine.inference import inference
from rules.words import SPECIAL
from tests.support.amounts import LONG
from ui.words import say

expect.set_options(timeout=30_000)  # with other tests beside it a page may take long; how long is no part of a test

CASE = knowledge_base().scenarios["company-b"]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
WIDTHS = (1280, 390)
"""Of a desk and of a telephone, on which most is folded away and least has room."""
FLAGS = ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"]


class Server:
    """The application as a user starts it, which can be stopped and started again at the same address."""

    OPTIONS: tuple[str, ...] = ()

    def __init__(self, folder: Path):
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            self.port = trial.getsockname()[1]
        self.folder = folder
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        command = Path(sys.executable).with_name("dialoogwijzer")
        self.process = subprocess.Popen(
            [command, "app", "--port", str(self.port), "--no-browser", *self.OPTIONS],
            cwd=self.folder,
            env={**os.environ, "DIALOOGWIJZER_DATA": str(self.folder)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == f"Dialoogwijzer: {self.address}\n"

    def stop(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=20)

    def kill(self) -> None:
        """As when the computer loses its power."""
        self.process.kill()
        self.process.communicate(timeout=20)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("data"))
    yield started
    started.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "expected Chromium on the path, or its place in CHROMIUM"
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield started
        started.close()


# When a page last heard from the server, and never while it waits for an answer: a click first travels there.
HEARD = """(() => {
    const send = WebSocket.prototype.send
    WebSocket.prototype.send = function (...given) {
        window.heardAt = Infinity
        this.addEventListener('message', () => { window.heardAt = performance.now() }, {once: true})
        return send.apply(this, given)
    }
})()"""


def new_visitor(browser: Browser, **options: Any) -> BrowserContext:
    """A browser of its own, without cookies, in which `settle` knows what a page waits for."""
    size = {"width": 1280, "height": 900}
    visitor = browser.new_context(**{"locale": "nl-NL", "viewport": size, **options})
    visitor.add_init_script(HEARD)
    visitor.set_default_navigation_timeout(60_000)  # twenty telephones open their pages on the same two cores
    return visitor


@contextmanager
def visitor_of(browser: Browser) -> Iterator[BrowserContext]:
    """One visitor. Whatever the pages ask for must come from this computer."""
    visitor = new_visitor(browser)
    asked: list[str] = []
    visitor.on("request", lambda request: asked.append(request.url))
    visitor.on("page", lambda page: page.on("websocket", lambda connection: asked.append(connection.url)))
    yield visitor
    visitor.close()
    elsewhere = {url for url in asked if urlsplit(url).scheme not in ("data", "blob")} - {
        url for url in asked if urlsplit(url).hostname == "127.0.0.1"
    }
    assert asked
    assert not elsewhere


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with visitor_of(browser) as visitor:
        yield visitor


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


# True once the server has answered the last that the page asked, its script stands still, and nothing on the page has
# changed or moved for a moment: a click on what moves is lost.
QUIET = """milliseconds => new Promise(resolve => {
    let timer
    const check = () => {
        const app = document.querySelector('[data-testid="stApp"]')
        const moving = document.getAnimations().some(one => one.playState === 'running')
        const heard = performance.now() - window.heardAt < milliseconds
        if (heard || moving || app?.dataset.testScriptState !== 'notRunning') return again()
        watch.disconnect()
        resolve(true)
    }
    const again = () => { clearTimeout(timer); timer = setTimeout(check, milliseconds) }
    const watch = new MutationObserver(again)
    watch.observe(document, {attributes: true, childList: true, characterData: true, subtree: true})
    again()
})"""


def settle(page: Page) -> None:
    """Wait until the page shows what follows from the last click."""
    page.wait_for_function(QUIET, arg=120)


def laid_out(page: Page, width: int, height: int = 900) -> None:
    """Give the window this size, and wait until the page stands in it. The server is asked nothing for it."""
    page.set_viewport_size({"width": width, "height": height})
    settle(page)


def pick(page: Page, label: str, typed: str) -> None:
    """Search in a box to choose from, and take the first of what it finds."""
    box = page.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.press_sequentially(typed)
    page.get_by_role("option").first.click()
    expect(box).not_to_have_value("")
    settle(page)


def go(page: Page, server: Server, path: str) -> None:
    page.goto(f"{server.address}/{path}")
    expect(page.locator("h1")).to_be_visible(timeout=20_000)
    settle(page)


def unfold(page: Page, label: str, place: int = 0) -> None:
    """Open a fold, and wait until it has."""
    page.locator("summary", has_text=label).nth(place).click()
    settle(page)


def play(page: Page, server: Server, case: Scenario = CASE) -> str:
    """Open a case as an assessment; returns the part of the address that tells which one."""
    go(page, server, "")
    unfold(page, case.title.nl)
    page.locator("details", has_text=case.title.nl).get_by_role("button", name=say("start.play", "nl")).click()
    expect(page.locator("h1")).to_have_text(say("nav.advice", "nl"), timeout=30_000)
    settle(page)
    return urlsplit(page.url).query


def opened(server: Server, case: Scenario = CASE) -> str:
    """Store a case as an assessment; returns the part of the address that tells which one."""
    store = Store(f"sqlite:///{server.folder / FILE_NAME}")
    made = store.create(case.title.nl, knowledge_base().version, dict(case.answers), case=case.id)
    store.close()
    return f"b={made}"


def begin(page: Page, server: Server, title: str) -> None:
    go(page, server, "")
    page.get_by_label(say("start.title", "nl")).fill(title)
    page.get_by_role("button", name=say("start.begin_all", "nl")).click()
    expect(page.locator("h1")).to_contain_text(knowledge_base().themes["start"].title.nl)
    settle(page)


def card(page: Page, question: Question) -> Locator:
    return page.locator(".st-key-question-" + re.sub(r"[^a-zA-Z0-9]", "-", question.id))


def labels(question: Question, answer: Answer, language: Language = "nl") -> list[str]:
    chosen = answer if isinstance(answer, tuple) else (str(answer),)
    texts = {option.id: option.label for option in question.options} | dict(SPECIAL)
    return [texts[one].in_(language) for one in chosen]


def give(page: Page, question: Question, answer: Answer) -> None:
    place = card(page, question)
    if isinstance(answer, int):
        place.get_by_role("spinbutton").fill(str(answer))
        place.get_by_role("spinbutton").press("Enter")
    elif question.chapter == CHAPTER:
        _pick_acts(page, place, question, answer)
    else:
        for label in labels(question, answer):
            place.locator("label").filter(has=page.get_by_text(label, exact=True)).click()
            settle(page)
    expect(place).to_contain_text("✓ Bewaard")


def _pick_acts(page: Page, place: Locator, question: Question, answer: Answer) -> None:
    """Choose the state of each act that is ticked, or that none is."""
    assert isinstance(answer, tuple)
    if answer == (NONE,):
        place.get_by_role("button", name=say("questions.act_none", "nl")).click()
        settle(page)
        return
    for one in answer:
        act = question.option(one.removesuffix(DONE))
        assert act is not None
        so = "act_done" if one.endswith(DONE) else "act_planned" if question.option(f"{one}{DONE}") else "act_so"
        row = place.get_by_role("radiogroup", name=act.label.nl, exact=True)
        row.get_by_text(say(f"questions.{so}", "nl"), exact=True).click()
        settle(page)


def chosen(page: Page, question: Question) -> list[str]:
    boxes = card(page, question).locator("label:has(input:checked)")
    return [text.strip() for text in boxes.all_inner_texts()]


def first_card(language: Language) -> str:
    """The title of the most urgent card of the case."""
    assessment = Assessment(title="", answers=CASE.answers, knowledge_version=knowledge_base().version)
    return advise(assessment, inference()).checklists[0].title.in_(language)


def whole_page(page: Page, width: int) -> None:
    """Make the window as high as the page: what is below the fold of its inner scroller is not looked at."""
    laid_out(page, width)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    laid_out(page, width, max(900, min(12_000, height)))


def is_good_at(page: Page, where: str, width: int) -> None:
    """No serious accessibility problem, and nothing that makes a telephone scroll sideways, at this width."""
    whole_page(page, width)
    found = Axe().run(page, options=WCAG).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert not serious, (where, width, [(one["id"], [node["html"] for node in one["nodes"]]) for one in serious])
    for place in ("document.documentElement", "document.querySelector('[data-testid=stMain]')"):
        assert page.evaluate(f"{place}.scrollWidth <= {place}.clientWidth"), (where, width, place)


def is_good(page: Page, where: str) -> None:
    """The same on a telephone, and in the long build on a desk too: most pages are seen there as they are at first."""
    for width in WIDTHS if LONG else WIDTHS[1:]:
        is_good_at(page, where, width)
    page.set_viewport_size({"width": 1280, "height": 900})
