"""The partner finder in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from knowledge.adviser_texts import guides
from knowledge.base import knowledge_base
from tests.support.browsing import go, is_good
from tests.support.serving import Server, opened
from ui.words import say

pytestmark = pytest.mark.browser

CASES = knowledge_base().scenarios


def test_the_partners_for_a_goal_can_be_read(server: Server, page: Page) -> None:
    address = opened(server, CASES["pakistan-minimum-wage"])
    go(page, server, f"partners?{address}")
    expect(page.locator("h2").first).to_have_text(guides().partners.goals[0].title.nl, timeout=30_000)
    expect(page.get_by_role("table").get_by_role("row").nth(1)).to_contain_text("Fair Wear", timeout=30_000)
    page.get_by_text(say("share.confirm", "nl")).click()
    expect(page.get_by_role("button", name=say("document.download", "nl", form="PDF"))).to_be_visible(timeout=30_000)
    is_good(page, "partner finder")
