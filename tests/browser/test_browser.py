"""The application in a real browser: what a user does, and what a page must never do."""

from contextlib import closing
from io import BytesIO
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from assessment.sheets.purposes import PURPOSES
from knowledge.base import knowledge_base
from knowledge.model import Answer
from rules.engine.memory import asked_questions
from tests.support.browsing import begin, card, chosen, first_card, give, go, labels, pick, settle, unfold
from tests.support.serving import CASE, Server
from ui.words import say

pytestmark = pytest.mark.browser


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


def test_a_whole_case_by_clicking(server: Server, page: Page) -> None:
    begin(page, server, "Casus door klikken")
    answer_case(page)
    page.get_by_role("navigation").get_by_role("link", name=say("nav.advice", "nl")).click()
    expect(page.locator(".card").first).to_contain_text(first_card("nl"), timeout=20_000)
    settle(page)
    assert page.evaluate("document.documentElement.lang") == "nl"
    assert page.title() == "Advies · Casus door klikken · Dialoogwijzer"

    page.get_by_test_id("stMain").get_by_role("link", name=say("nav.share", "nl")).click()
    expect(page.locator("h1")).to_have_text(say("nav.share", "nl"))
    settle(page)
    page.get_by_text(say("share.full", "nl"), exact=True).click()
    settle(page)
    expect(page.get_by_role("button", name=say("downloads.make", "nl"))).to_have_count(0)
    page.get_by_text(say("share.confirm", "nl")).click()
    settle(page)
    pick(page, say("downloads.purpose", "nl"), PURPOSES["full"].title.nl)
    with page.expect_download() as download:
        page.get_by_role("button", name=say("downloads.make", "nl")).click()
    assert download.value.suggested_filename.endswith("casus-door-klikken.pdf")
    sheet = PdfReader(BytesIO(Path(download.value.path()).read_bytes()))
    words = " ".join(" ".join(one.extract_text() for one in sheet.pages).split())
    assert first_card("nl") in words

    page.get_by_role("navigation").get_by_role("link", name=say("nav.advice", "nl")).click()
    settle(page)
    page.get_by_text("English", exact=True).click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".card").first).to_contain_text(first_card("en"), timeout=20_000)
    settle(page)

    page.get_by_role("navigation").get_by_role("link", name="Questions").click()
    question = knowledge_base().questions["core.occasions"]
    expect(page.get_by_text(question.text.en).first).to_be_visible(timeout=20_000)
    settle(page)
    assert chosen(page, question) == labels(question, CASE.answers[question.id], "en")
    with closing(server.store()) as store:  # whatever becomes of the server
        (kept,) = (store.open(one.id) for one in store.list() if one.title == "Casus door klikken")
    assert dict(kept.assessment.answers) == dict(CASE.answers)
    page.reload()
    expect(page.get_by_text(question.text.en).first).to_be_visible(timeout=20_000)
    settle(page)
    assert page.evaluate("document.documentElement.lang") == "en"
    assert chosen(page, question) == labels(question, CASE.answers[question.id], "en")


def test_two_windows_do_not_overwrite_each_other(server: Server, context: BrowserContext) -> None:
    goal, people = (knowledge_base().questions[name] for name in ("core.goal", "core.people"))
    first, second = (goal.options[0].id,), (people.options[0].id,)
    one = context.new_page()
    begin(one, server, "Twee vensters")
    other = context.new_page()
    other.goto(one.url)
    expect(other.locator("h1")).to_be_visible(timeout=20_000)
    settle(other)
    give(one, goal, first)
    other_choice = labels(goal, goal.options[1].id)[0]
    card(other, goal).locator("label").filter(has=other.get_by_text(other_choice, exact=True)).click()
    expect(other.get_by_text("intussen in een ander venster beantwoord")).to_be_visible()
    settle(other)
    assert chosen(other, goal) == labels(goal, first)
    give(other, people, second)
    give(one, people, second)
    assert chosen(one, goal) == labels(goal, first)


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
    expect(page.locator("[class*=st-key-group-saved]", has_text=hostile)).to_have_count(0)
    expect(page.get_by_text(hostile, exact=True)).to_have_count(1)  # where it can be put back


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
