"""A sheet as a web page in a real browser: accessible, without sideways scrolling, and nothing from elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from assessment.sheets.purposes import write_sheet
from tests.support.amounts import cover
from tests.support.browsing import BROKEN
from tests.support.sheet_dossiers import decided, of_case

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


@pytest.mark.parametrize(("purpose", "width"), cover(["full", "director", "accountability"], [390, 1280]))
def test_a_sheet_is_an_accessible_page(page: Page, purpose: str, width: int, tmp_path: Path) -> None:
    file = tmp_path / "sheet.html"
    file.write_bytes(write_sheet(decided(of_case("company-b")), purpose, "html", "nl"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == "nl"
    violations = Axe().run(page, options=BROKEN).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert asked == [file.as_uri()]
