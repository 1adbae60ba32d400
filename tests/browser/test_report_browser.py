"""The report on a portfolio in a real browser: it fits the screen, and everybody can read it."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from assessment.portfolio.report import write_report
from tests.support.browsing import BROKEN
from tests.support.portfolio_tables import BASE, some_rows, summarised

pytestmark = pytest.mark.browser


def test_the_report_fits_the_screen_and_is_accessible(browser: Browser, tmp_path: Path) -> None:
    former, _ = summarised(some_rows(20, seed=2), tmp_path / "then", "then")
    outcome, _ = summarised(some_rows(60), tmp_path / "now", "now")
    (tmp_path / "r.html").write_text(write_report(outcome, BASE, "nl", former.summary), encoding="utf-8")
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((tmp_path / "r.html").as_uri())
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        found = Axe().run(page, options=BROKEN)
        assert found.violations_count == 0, found.generate_report()
    assert not complaints
    page.close()
