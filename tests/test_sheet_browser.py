"""A sheet as a web page in a real browser: accessible, without sideways scrolling, and nothing from elsewhere."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from assessment.sheets.purposes import write_sheet
from tests.sheet_dossiers import decided, of_case

pytestmark = pytest.mark.browser

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    assert CHROMIUM, "expected Chromium on the path, or its place in CHROMIUM"
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


@pytest.mark.parametrize("purpose", ["full", "director", "accountability"])
@pytest.mark.parametrize("width", [1280, 390])
def test_a_sheet_is_an_accessible_page(page: Page, purpose: str, width: int, tmp_path: Path) -> None:
    file = tmp_path / "sheet.html"
    file.write_bytes(write_sheet(decided(of_case("company-b")), purpose, "html", "nl"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.lang") == "nl"
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in violations] == []
    assert asked == [file.as_uri()]
