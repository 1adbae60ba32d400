"""The catalogue in a real browser: the search, the width of a phone, and accessibility."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from rules.catalogue import write_html
from rules.model import RuleBase, rule_base
from tests.support.amounts import LONG
from tests.support.browsing import BROKEN
from tests.support.small_folder import Folder

pytestmark = pytest.mark.browser


@contextmanager
def opened(browser: Browser, base: RuleBase, folder: Path, script: bool) -> Iterator[Page]:
    """Its catalogue as a page that complains of nothing and asks for nothing but itself."""
    file = folder / "catalogue.html"
    file.write_text(write_html(base, "nl"), encoding="utf-8")
    visitor = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=script)
    page = visitor.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url))
    page.goto(file.as_uri())
    yield page
    visitor.close()
    assert not complaints
    assert {url.split("#")[0] for url in asked} == {file.as_uri()}


@pytest.fixture
def small(tmp_path: Path) -> RuleBase:
    """A base that shows the same as the whole, which takes seconds to lay out after each search."""
    return Folder(tmp_path / "small").load().base


@pytest.mark.parametrize("width", [390, 1280] if LONG else [390])
def test_it_fits_the_screen_and_is_accessible(browser: Browser, tmp_path: Path, width: int) -> None:
    with opened(browser, rule_base(), tmp_path, script=True) as page:
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == width
        # of each kind some: axe takes minutes over thousands of items, hidden or not
        page.get_by_role("searchbox").fill("anoniem")
        expect(page.get_by_role("status")).not_to_be_empty()
        kinds = (
            "() => [...document.querySelectorAll('.item')].filter(one => one.checkVisibility()).map(one => one.id[0])"
        )
        assert {"q", "l", "r", "a"} <= set(page.evaluate(kinds))
        page.evaluate("document.querySelectorAll('.item').forEach(one => one.checkVisibility() || one.remove())")
        found = Axe().run(page, options=BROKEN)
        assert found.violations_count == 0, found.generate_report()


def test_search_shows_only_what_holds_every_word_and_a_link_out_of_it_ends_it(
    browser: Browser, tmp_path: Path, small: RuleBase
) -> None:
    question = [*small.knowledge.questions.values()][-1]
    with opened(browser, small, tmp_path, script=True) as page:
        items = page.locator(".item")
        everything = items.count()
        page.get_by_role("searchbox").fill(f"{question.id} {question.text.nl.split()[0].upper()}")
        target = page.locator(f'[id="q-{question.id}"]')
        expect(page.get_by_role("status")).to_contain_text(f"van {everything} gevonden")
        expect(target).to_be_visible()
        assert 0 < page.locator(".item:visible").count() < everything
        page.get_by_role("searchbox").fill("zzzz")
        expect(target).to_be_hidden()
        expect(page.get_by_role("status")).to_contain_text("Niets gevonden")
        page.evaluate(f"location.hash = '#q-{question.id}'")
        expect(target).to_be_in_viewport()
        assert page.locator(".item:visible").count() == everything


def test_without_its_script_all_is_there_and_no_search_box_that_does_nothing(
    browser: Browser, tmp_path: Path, small: RuleBase
) -> None:
    with opened(browser, small, tmp_path, script=False) as page:
        expect(page.locator("#words")).to_be_hidden()
        expect(page.locator("nav ul").first).to_be_visible()
        assert page.locator(".item:visible").count() == page.locator(".item").count() > 0
