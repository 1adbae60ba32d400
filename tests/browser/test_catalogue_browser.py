"""The catalogue in a real browser: the search, the width of a phone, and accessibility."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from rules.catalogue import write_html
from rules.model import rule_base
from tests.support.amounts import LONG

pytestmark = pytest.mark.browser

QUESTION = next(iter(rule_base().knowledge.questions.values()))


@cache
def written() -> str:
    return write_html(rule_base(), "nl")


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(request: pytest.FixtureRequest, browser: Browser, tmp_path: Path) -> Iterator[Page]:
    file = tmp_path / "catalogue.html"
    file.write_text(written(), encoding="utf-8")
    visitor = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=request.param)
    opened = visitor.new_page()
    complaints: list[str] = []
    opened.on("console", lambda message: complaints.append(message.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    asked: list[str] = []
    opened.on("request", lambda one: asked.append(one.url))
    opened.goto(file.as_uri())
    yield opened
    visitor.close()
    assert not complaints
    assert {url.split("#")[0] for url in asked} == {file.as_uri()}


@pytest.mark.parametrize("page", [True], indirect=True)
@pytest.mark.parametrize("width", [390, 1280] if LONG else [390])
def test_it_fits_the_screen_and_is_accessible(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("searchbox").fill(
        "tolk"
    )  # of each kind some: axe takes minutes over thousands of items, hidden or not
    expect(page.get_by_role("status")).not_to_be_empty()
    kinds = "() => [...document.querySelectorAll('.item')].filter(one => one.checkVisibility()).map(one => one.id[0])"
    assert {"q", "l", "r"} <= set(page.evaluate(kinds))
    page.evaluate("document.querySelectorAll('.item').forEach(one => one.checkVisibility() || one.remove())")
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("page", [True], indirect=True)
def test_search_shows_only_what_holds_every_word_and_a_link_out_of_it_ends_it(page: Page) -> None:
    items = page.locator(".item")
    everything = items.count()
    page.get_by_role("searchbox").fill(f"{QUESTION.id} {QUESTION.text.nl.split()[0].upper()}")
    target = page.locator(f'[id="q-{QUESTION.id}"]')
    expect(page.get_by_role("status")).to_contain_text(f"van {everything} gevonden")
    expect(target).to_be_visible()
    assert 0 < page.locator(".item:visible").count() < everything
    page.get_by_role("searchbox").fill("zzzz")
    expect(target).to_be_hidden()
    expect(page.get_by_role("status")).to_contain_text("Niets gevonden")
    page.evaluate(f"location.hash = '#q-{QUESTION.id}'")
    expect(target).to_be_in_viewport()
    assert page.locator(".item:visible").count() == everything


@pytest.mark.parametrize("page", [False], indirect=True)
def test_without_its_script_all_is_there_and_no_search_box_that_does_nothing(page: Page) -> None:
    expect(page.locator("#words")).to_be_hidden()
    expect(page.locator("nav ul").first).to_be_visible()
    assert page.locator(".item:visible").count() == page.locator(".item").count() > 0
