"""The scan, the plan, what-if and comparing in a real browser."""

import re
from collections.abc import Callable
from contextlib import closing
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from assessment.advice import advise
from assessment.changes.smallest_change import what_if
from assessment.model import Assessment
from knowledge.acts import CHAPTER
from knowledge.base import knowledge_base
from rules.engine.inference import inference
from rules.words import SPECIAL
from tests.support.amounts import LONG
from tests.support.browsing import begin, card, first_card, go, is_good, pick, settle, unfold
from tests.support.serving import CASE, Server, opened
from ui.screens.advice.all_advice import PHASES
from ui.words import say

pytestmark = pytest.mark.browser


def give_box(page: Page, label: str) -> None:
    page.get_by_test_id("stMain").locator("label").filter(has=page.get_by_text(label, exact=True)).click()
    settle(page)


def test_a_scan_leads_to_advice(server: Server, page: Page) -> None:
    go(page, server, "")
    page.get_by_label(say("start.title", "nl")).fill("Scan")
    page.get_by_role("button", name=say("start.begin", "nl")).click()
    questions, clicks = knowledge_base().questions, 0
    for number in range(60):
        settle(page)
        asked = parse_qs(urlsplit(page.url).query).get("q", [""])[0]
        if not asked:
            break
        question = questions[asked]
        expect(page.locator("h1")).to_have_text(question.text.nl)
        if question.kind == "one":
            page.get_by_role("button", name=question.options[-1].label.nl, exact=True).click()
        elif question.chapter == CHAPTER:
            page.get_by_role("button", name=say("questions.act_none", "nl")).click()
        elif number == 0:
            label = questions["core.occasions"].options[1].label.nl
            card(page, question).locator("label").filter(has=page.get_by_text(label, exact=True)).click()
            settle(page)
            page.reload()
            expect(page.locator("h1")).to_have_text(question.text.nl, timeout=20_000)
            settle(page)
            page.get_by_role("button", name=say("questions.forward", "nl")).click()
            clicks += 1
        else:
            card(page, question).get_by_role("button", name=SPECIAL["unknown"].nl, exact=True).click()
        clicks += 1
        settle(page)
        if parse_qs(urlsplit(page.url).query).get("q", [""])[0] == asked:  # people are in danger: that is read first
            expect(page.locator(".warning").first).to_be_visible()
            page.get_by_role("button", name=say("questions.forward", "nl")).click()
            clicks += 1
    expect(page.locator("h1")).to_have_text(say("nav.advice", "nl"))
    expect(page.get_by_role("heading", name=say("advice.plan_tested", "nl"))).to_be_visible(timeout=20_000)
    page.get_by_role("navigation").get_by_role("link", name=say("nav.scan", "nl")).click()
    expect(page.locator("h1")).to_have_text(say("scan.done", "nl"))
    is_good(page, "scan done")
    for heading in (say("nav.advice", "nl"), question.text.nl):
        page.go_back()
        expect(page.locator("h1")).to_have_text(heading)
        settle(page)


def test_a_step_back_in_the_browser_is_one_thing_that_was_done(server: Server, page: Page) -> None:
    """Whatever was clicked, and from wherever: as many steps back as clicks, each to what was there before it."""
    go(page, server, "?lang=nl")
    seen: list[str] = []

    def do(click: Callable[[], None]) -> None:
        seen.append(page.locator("h1").inner_text())
        click()
        expect(page.locator("h1")).not_to_have_text(seen[-1])
        settle(page)

    def press(name: str) -> Callable[[], None]:
        return page.get_by_role("button", name=say(name, "nl"), exact=True).click

    def follow(name: str) -> Callable[[], None]:
        return page.get_by_role("navigation").get_by_role("link", name=say(name, "nl")).click

    do(press("start.begin"))
    question = knowledge_base().questions["core.occasions"]
    give_box(page, question.options[0].label.nl)
    do(press("questions.forward"))
    do(press("questions.forward"))
    do(follow("nav.questions"))
    do(press("questions.forward"))
    do(press("questions.forward"))
    do(follow("nav.advice"))
    do(page.get_by_test_id("stMain").get_by_role("link", name=say("nav.share", "nl")).click)
    last = page.locator("h1").inner_text()
    for heading in reversed(seen):
        page.go_back()
        expect(page.locator("h1")).to_have_text(heading)
        settle(page)
    forward = (*seen[1:], last)
    for heading in forward if LONG else forward[:3]:  # out of the first page, and through the scan
        page.go_forward()
        expect(page.locator("h1")).to_have_text(heading)
        settle(page)


def test_the_last_questions_are_not_passed_over(server: Server, page: Page) -> None:
    begin(page, server, "Tot het eind")
    give_box(page, knowledge_base().questions["core.occasions"].options[0].label.nl)
    chapters = [said.rpartition(":")[0] for said in page.locator(".st-key-chapters button").all_inner_texts()]
    for title in chapters[1:]:
        page.get_by_role("button", name=say("questions.forward", "nl"), exact=True).click()
        expect(page.locator("h1")).to_have_text(title)
        settle(page)
    page.get_by_role("button", name=say("questions.to_advice", "nl"), exact=True).click()
    expect(page.locator("h1")).to_have_text(say("nav.advice", "nl"))


def test_a_decision_survives_a_reload(server: Server, page: Page) -> None:
    address = opened(server)
    go(page, server, f"plan?{address}")
    row = page.locator("[class*='st-key-action-']:not(.st-key-action-occasion)").first
    row.get_by_role("combobox").click()
    page.get_by_role("option", name="Doen we niet").click()
    expect(row.get_by_role("alert")).to_be_visible()
    settle(page)
    hostile = "![x](https://example.org/p.png) **vet**"
    fields = (
        (row.get_by_label(say("field.rejected", "nl")), hostile),
        (row.get_by_label(say("field.owner", "nl")), hostile),
        (row.get_by_label(say("field.due", "nl")), "31-12-2027"),
    )
    for field, value in fields:
        field.fill(value)
        page.keyboard.press("Tab")
        settle(page)
    is_good(page, "plan")
    with closing(server.store()) as store:  # whatever becomes of the server
        (decision,) = store.open(parse_qs(address)["b"][0]).decisions.values()
    assert (decision.status, decision.owner, decision.due) == ("rejected", hostile, date(2027, 12, 31))
    page.reload()
    expect(page.locator("h1")).to_be_visible(timeout=20_000)
    settle(page)
    page.get_by_text(re.compile(r"^Klaar \(1\)")).click()
    settle(page)
    for field, value in fields:
        expect(field).to_have_value(value)
    page.get_by_role("button", name=say("plan.undo", "nl")).click()
    settle(page)
    expect(fields[2][0]).to_have_value("")


def test_what_would_change_is_told_and_no_answer_is_changed(server: Server, page: Page) -> None:
    go(page, server, f"advies?{opened(server)}")
    advice = advise(Assessment(title="", answers=CASE.answers, knowledge_version=""), inference())
    on_cards = {card for one in advice.checklists for card in one.recommendations}
    others = [one for one in advice.recommendations if one.card not in on_cards and one.severity != "critical"]
    lesson = next(one for phase in PHASES for one in others if one.phase == phase)
    change = what_if(inference()).smallest_change(CASE.answers, lesson.lessons[0].lesson.id)
    assert change is not None
    unfold(page, say("advice.rest", "nl"))
    unfold(page, lesson.title.nl)
    place = page.locator("details", has_text=lesson.title.nl).last
    place.locator("summary", has_text=say("whatif.change", "nl")).click()
    settle(page)
    expect(place).to_contain_text(change.words[0].asked.nl)
    unfold(page, say("advice.specialists", "nl"))
    unfold(page, say("whatif.why_not", "nl"))
    find = page.get_by_label(say("whatif.why_not_label", "nl"))
    find.fill("annoniem klagen")
    find.press("Enter")
    page.get_by_role("radiogroup", name=say("whatif.which", "nl")).locator("label").first.click()
    settle(page)
    unfold(page, say("whatif.other", "nl"))
    pick(page, say("whatif.question", "nl"), "de")
    page.get_by_role("radiogroup", name=say("whatif.instead", "nl")).locator("label").first.click()
    settle(page)
    is_good(page, "what if")
    page.reload()
    expect(page.locator(".card").first).to_contain_text(first_card("nl"), timeout=20_000)


def test_a_comparison_is_accessible_and_fits_a_telephone(server: Server, page: Page) -> None:
    go(page, server, f"vergelijken?{opened(server)}&second={opened(server).removeprefix('b=')}")
    is_good(page, "comparison")
