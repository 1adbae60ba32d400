"""The scan, the plan, what-if and comparing in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from assessment.advice import advise
from assessment.changes.next_question import SCAN, NextQuestions
from assessment.changes.smallest_change import what_if
from assessment.model import Assessment
from assessment.plan import plan_for
from knowledge.base import knowledge_base
from knowledge.model import Answer
from rules.engine.inference import inference
from tests.support.browsing import CASE, Server, first_title, give, go, is_good, pick, play, settle, unfold
from ui.words import say

pytestmark = pytest.mark.browser


def test_a_scan_leads_to_advice(server: Server, page: Page) -> None:
    go(page, server, "")
    page.get_by_label(say("start.title", "nl")).fill("Scan")
    page.get_by_text(say("way.scan", "nl", count=SCAN)).click()
    page.get_by_role("button", name=say("start.begin", "nl")).click()
    orders, answers = NextQuestions(inference().base), dict[str, Answer]()
    for number in range(1, SCAN + 1):
        expect(page.locator("h1")).to_have_text(say("scan.number", "nl", number=number, most=SCAN), timeout=20_000)
        settle(page)
        question = knowledge_base().questions[orders.order(answers)[0].question]
        answers[question.id] = CASE.answers.get(question.id, "unknown")
        give(page, question, answers[question.id])
        if number == 1:
            page.reload()
            expect(page.locator("h1")).to_be_visible(timeout=20_000)
            settle(page)
        page.get_by_role("button", name=say("scan.forward", "nl")).click()
        if not any(one.lessons for one in orders.order(answers)):
            break
    expect(page.locator("h1")).to_have_text(say("scan.done", "nl"))
    settle(page)
    is_good(page, "scan done")
    page.get_by_role("button", name=say("questions.to_advice", "nl")).click()
    expect(page.locator("h1")).to_have_text(say("nav.advice", "nl"))
    advice = advise(Assessment(title="", answers=answers, knowledge_version=""), inference())
    expect(page.get_by_role("heading", name=advice.recommendations[0].title.nl)).to_be_visible(timeout=20_000)


def test_a_decision_survives_a_reload_and_a_restart(server: Server, page: Page) -> None:
    address = play(page, server)
    go(page, server, f"plan?{address}")
    assessment = Assessment(title="", answers=CASE.answers, knowledge_version="")
    title = plan_for(advise(assessment, inference()), {}).actions[0].task.title.nl
    unfold(page, title)
    fold = page.locator("details", has_text=title).first
    fold.get_by_text(say("decide.rejected", "nl")).click()
    expect(fold.get_by_role("alert")).to_be_visible()
    settle(page)
    hostile = "![x](https://example.org/p.png) **vet**"
    for field, value in (("rejected", hostile), ("owner", hostile), ("due", "31-12-2027")):
        fold.get_by_label(say(f"field.{field}", "nl")).fill(value)
        page.keyboard.press("Tab")
        settle(page)
    said = page.get_by_text(f"afgewezen · {hostile} · 31-12-2027", exact=True)
    expect(said).to_be_visible()
    is_good(page, "plan")
    server.stop()
    server.start()
    page.reload()
    expect(page.locator("h1")).to_be_visible(timeout=20_000)
    expect(said).to_be_visible()
    settle(page)
    unfold(page, title)
    fold = page.locator("details", has_text=title).first
    expect(fold.get_by_label(say("field.rejected", "nl"))).to_have_value(hostile)
    page.get_by_role("button", name=say("plan.undo", "nl")).click()
    settle(page)
    expect(fold.get_by_label(say("field.due", "nl"))).to_have_value("")
    expect(said).to_have_count(0)


def test_what_would_change_is_told_and_no_answer_is_changed(server: Server, page: Page) -> None:
    play(page, server)
    advice = advise(Assessment(title="", answers=CASE.answers, knowledge_version=""), inference())
    lesson = advice.recommendations[0].lessons[0].lesson.id
    change = what_if(inference()).smallest_change(CASE.answers, lesson)
    assert change is not None
    unfold(page, say("whatif.change", "nl"))
    fold = page.locator("details:not(:has(details))", has_text=say("whatif.change", "nl")).first
    expect(fold).to_contain_text(change.words[0].asked.nl)
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
    expect(page.locator("h3").first).to_have_text(first_title("nl"), timeout=20_000)


def test_a_comparison_is_accessible_and_fits_a_telephone(server: Server, page: Page) -> None:
    first, second = play(page, server), play(page, server)
    ids = [next(part[2:] for part in one.split("&") if part.startswith("b=")) for one in (first, second)]
    go(page, server, f"vergelijken?b={ids[0]}&second={ids[1]}")
    is_good(page, "comparison")
