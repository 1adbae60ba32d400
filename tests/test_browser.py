"""The application in a real browser: what a user does, and what a page must never do."""

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright
from pypdf import PdfReader

from assessment.advice import advise
from assessment.model import Assessment
from knowledge.base import knowledge_base
from knowledge.model import Answer, Question
from knowledge.text import Language
from rules.inference import inference
from rules.memory import asked_questions
from rules.words import SPECIAL
from ui.words import say

pytestmark = pytest.mark.browser

CASE = knowledge_base().scenarios["company-b"]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
FLAGS = ["--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"]


class Server:
    """The application as a user starts it, which can be stopped and started again at the same address."""

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
            [command, "app", "--port", str(self.port), "--no-browser"],
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


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("data"))
    yield started
    started.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "expected Chromium on the path, or its place in CHROMIUM"
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield started
        started.close()


@contextmanager
def visitor_of(browser: Browser) -> Iterator[BrowserContext]:
    """One visitor. Whatever the pages ask for must come from this computer."""
    visitor = browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900})
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


# True once the script stands still, and nothing on the page has changed or moved for a while. A click first travels
# to the server, so "not running" alone may still be the state from before it; and a click on what moves is lost.
QUIET = """milliseconds => new Promise(resolve => {
    let timer
    const check = () => {
        const app = document.querySelector('[data-testid="stApp"]')
        const moving = document.getAnimations().some(one => one.playState === 'running')
        if (moving || app?.dataset.testScriptState !== 'notRunning') return again()
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
    page.wait_for_function(QUIET, arg=300)


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


def play_case(page: Page, server: Server) -> str:
    """Open the case as an assessment; returns the part of the address that tells which one."""
    go(page, server, "")
    unfold(page, CASE.title.nl)
    page.locator("details", has_text=CASE.title.nl).get_by_role("button", name=say("start.play", "nl")).click()
    expect(page.locator("h3").first).to_have_text(first_title("nl"), timeout=20_000)
    return urlsplit(page.url).query


def begin(page: Page, server: Server, title: str) -> None:
    go(page, server, "")
    page.get_by_label("Hoe noem je deze beoordeling?").fill(title)
    page.get_by_role("button", name="Begin met de vragen").click()
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
    else:
        for label in labels(question, answer):
            place.locator("label").filter(has=page.get_by_text(label, exact=True)).click()
            settle(page)
    expect(place).to_contain_text("✓ Bewaard")


def chosen(page: Page, question: Question) -> list[str]:
    boxes = card(page, question).locator("label:has(input:checked)")
    return [text.strip() for text in boxes.all_inner_texts()]


def answer_case(page: Page) -> None:
    questions, given = knowledge_base().questions, dict[str, Answer]()
    while True:
        waiting = [one for one in asked_questions(given, questions) if one.id in CASE.answers and one.id not in given]
        here = next((question for question in waiting if card(page, question).count()), None)
        if here is not None:
            give(page, here, CASE.answers[here.id])
            given[here.id] = CASE.answers[here.id]
        elif waiting:
            heading = page.locator("h1").inner_text()
            page.get_by_role("button", name="Volgende", exact=True).click()
            expect(page.locator("h1")).not_to_have_text(heading)
            settle(page)
        else:
            return


def first_title(language: Language) -> str:
    assessment = Assessment(title="", answers=CASE.answers, knowledge_version=knowledge_base().version)
    return advise(assessment, inference()).recommendations[0].title.in_(language)


def test_a_whole_case_by_clicking(server: Server, page: Page) -> None:
    begin(page, server, "Casus door klikken")
    answer_case(page)
    page.get_by_role("button", name="Naar het advies").click()
    expect(page.locator("h3").first).to_have_text(first_title("nl"), timeout=20_000)
    assert page.evaluate("document.documentElement.lang") == "nl"
    assert page.title() == "Advies · Dialoogwijzer"

    expect(page.get_by_role("button", name="Adviesblad (PDF)")).to_have_count(0)
    page.get_by_text(say("share.confirm", "nl")).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Adviesblad (PDF)").click()
    assert download.value.suggested_filename == "advies-casus-door-klikken.pdf"
    sheet = PdfReader(BytesIO(Path(download.value.path()).read_bytes()))
    words = " ".join(" ".join(one.extract_text() for one in sheet.pages).split())
    assert first_title("nl") in words

    page.get_by_text("English", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h3").first).to_have_text(first_title("en"), timeout=20_000)

    page.get_by_role("navigation").get_by_role("link", name="Questions").click()
    question = knowledge_base().questions["start.preparing"]
    expect(page.get_by_text(question.text.en).first).to_be_visible(timeout=20_000)
    settle(page)
    assert chosen(page, question) == labels(question, CASE.answers[question.id], "en")
    server.stop()
    server.start()
    page.reload()
    expect(page.get_by_text(question.text.en).first).to_be_visible(timeout=20_000)
    settle(page)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert chosen(page, question) == labels(question, CASE.answers[question.id], "en")


def test_the_first_click_after_the_server_was_killed_is_kept(server: Server, page: Page) -> None:
    begin(page, server, "Herstart")
    stage, risk = (knowledge_base().questions[name] for name in ("start.stage", "start.people-at-risk"))
    give(page, stage, "before-first-talk")
    server.kill()
    server.start()
    box = card(page, risk).locator("input").first
    expect(box).to_be_enabled(timeout=30_000)
    give(page, risk, "yes")
    page.reload()
    expect(page.locator("h1")).to_be_visible(timeout=20_000)
    settle(page)
    assert chosen(page, stage) == labels(stage, "before-first-talk")
    assert chosen(page, risk) == labels(risk, "yes")


def test_two_windows_do_not_overwrite_each_other(server: Server, context: BrowserContext) -> None:
    stage, risk = (knowledge_base().questions[name] for name in ("start.stage", "start.people-at-risk"))
    one = context.new_page()
    begin(one, server, "Twee vensters")
    other = context.new_page()
    other.goto(one.url)
    expect(other.locator("h1")).to_be_visible(timeout=20_000)
    settle(other)
    give(one, stage, "before-first-talk")
    other_choice = labels(stage, "after-talk")[0]
    card(other, stage).locator("label").filter(has=other.get_by_text(other_choice, exact=True)).click()
    expect(other.get_by_text("intussen in een ander venster beantwoord")).to_be_visible()
    settle(other)
    assert chosen(other, stage) == labels(stage, "before-first-talk")
    give(other, risk, "yes")
    give(one, risk, "yes")
    assert chosen(one, stage) == labels(stage, "before-first-talk")


def test_a_choice_that_stands_alone_drives_out_the_others(server: Server, page: Page) -> None:
    begin(page, server, "Alleen")
    question = next(one for one in knowledge_base().questions.values() if one.kind == "several" and not one.ask_when)
    options = [option for option in question.options if not option.exclusive]
    alone = next(option for option in question.options if option.exclusive)
    give(page, question, (options[0].id,))
    give(page, question, "unknown")
    assert chosen(page, question) == labels(question, "unknown")
    give(page, question, (options[0].id,))
    assert chosen(page, question) == labels(question, (options[0].id,))
    give(page, question, (alone.id,))
    assert chosen(page, question) == labels(question, (alone.id,))
    page.get_by_role("button", name="Laatste antwoord terugnemen").click()
    expect(page.get_by_text("Teruggenomen")).to_be_visible()
    settle(page)
    assert chosen(page, question) == labels(question, (options[0].id,))


def test_what_a_user_writes_is_shown_as_it_is(server: Server, page: Page) -> None:
    hostile = "![x](https://example.org/p.png) <img src=https://example.org/q.png> **vet** :material/home: $x$"
    begin(page, server, hostile)
    expect(page.get_by_text(hostile, exact=True)).to_be_visible()
    unfold(page, "Notitie")
    page.get_by_label("Je eigen notitie bij deze vraag").first.fill(hostile)
    page.keyboard.press("Escape")
    unfold(page, "Notitie")
    expect(page.locator("summary", has_text="Notitie (ingevuld)")).to_be_visible()
    settle(page)
    go(page, server, "")
    expect(page.get_by_text(hostile, exact=True)).to_be_visible()
    page.locator("[class*=st-key-group-saved]", has_text=hostile).get_by_role("button", name="Verwijderen").click()
    expect(page.get_by_role("dialog").get_by_text(hostile, exact=True)).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Ja, verwijder").click()
    expect(page.get_by_text("De beoordeling is verwijderd.")).to_be_visible()
    expect(page.get_by_text(hostile, exact=True)).to_have_count(0)


def test_the_page_around_the_application(server: Server) -> None:
    with urlopen(f"{server.address}/vragen?lang=en") as answer:
        text, policy = answer.read().decode(), answer.headers["content-security-policy"]
    assert '<html lang="en">' in text
    assert "<title>Dialoogwijzer</title>" in text
    assert "You need to enable JavaScript" not in text
    assert "default-src 'self'" in policy
    assert "unsafe-eval'" not in policy.replace("'wasm-unsafe-eval'", "")


@pytest.mark.parametrize("header", [{"Host": "example.org"}, {"Origin": "https://example.org"}])
def test_other_websites_are_refused(server: Server, header: dict[str, str]) -> None:
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(f"{server.address}/vragen", headers=header))
    assert refused.value.code == 403
