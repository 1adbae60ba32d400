"""The conversation kit and the dialogue planner in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from knowledge.adviser_texts import guides
from knowledge.base import knowledge_base
from tests.support.browsing import go, is_good, settle
from tests.support.serving import Server, opened
from ui.words import say

pytestmark = pytest.mark.browser

ALARMS = {alarm.id: alarm.text.nl for alarm in guides().dialogue.alarms}


def test_a_kit_that_can_be_read_and_answered_on(server: Server, page: Page) -> None:
    address = opened(server)
    go(page, server, f"gesprek?{address}")
    expect(page.locator("h3").first).to_be_visible(timeout=30_000)
    is_good(page, "conversation kit")
    settle(page)
    page.locator("summary", has_text="Nog open:").click()
    settle(page)
    listed = page.locator("details", has=page.locator("summary", has_text="Nog open:")).get_by_role("link").first
    text = listed.inner_text().strip()
    question = next(each for each in knowledge_base().questions.values() if each.text.nl == text)
    listed.click()
    expect(page.locator("h1")).to_contain_text(knowledge_base().themes[question.theme].title.nl, timeout=30_000)
    expect(page.get_by_text(question.text.nl).first).to_be_visible(timeout=30_000)


def test_a_plan_whose_warnings_move_with_its_numbers(server: Server, page: Page) -> None:
    address = opened(server, knowledge_base().scenarios["rajasthan-2023"])
    go(page, server, f"dialoog?{address}")
    warnings = page.get_by_test_id("stAlert")
    expect(warnings.first).to_contain_text(ALARMS["short"], timeout=30_000)
    hours = page.get_by_label(say("planner.hours", "nl"))
    hours.fill("6")
    hours.press("Enter")
    expect(warnings.filter(has_text=say("planner.gone", "nl"))).to_contain_text(ALARMS["short"], timeout=30_000)
    is_good(page, "dialogue planner")
    settle(page)
    page.get_by_role("button", name=say("planner.take_over", "nl")).click()
    expect(page.get_by_text("Overgenomen in je antwoorden")).to_be_visible(timeout=30_000)
    go(page, server, f"dialoog?{address}")
    expect(page.get_by_label(say("planner.hours", "nl"))).to_be_visible(timeout=30_000)
    expect(warnings.filter(has_text=ALARMS["short"])).to_have_count(0)
