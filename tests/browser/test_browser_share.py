"""Sharing in a real browser: accessible, fits a telephone, and the file carries no name."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.browsing import go, is_good, settle
from tests.support.serving import Server, opened
from ui.words import say

pytestmark = pytest.mark.browser


def test_a_file_without_names(server: Server, page: Page) -> None:
    address = opened(server)
    go(page, server, f"delen?{address}")
    expect(page.get_by_text(say("share.hidden", "nl"))).to_be_visible(timeout=20_000)
    settle(page)
    is_good(page, "delen")
    with page.expect_download(timeout=30_000) as download:
        page.get_by_role("button", name=say("downloads.make", "nl")).click()
    name = download.value.suggested_filename
    assert "leverancier" in name and "bedrijf-b" not in name
    assert b"Bedrijf B: een klacht" not in Path(download.value.path()).read_bytes()
    page.get_by_text(say("share.full", "nl")).click()
    expect(page.get_by_text(say("share.confirm_first", "nl"))).to_be_visible(timeout=20_000)
    expect(page.get_by_role("button", name=say("downloads.make", "nl"))).to_have_count(0)
