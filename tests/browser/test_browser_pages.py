"""Every page of the application, in both languages and widths: accessible, fitting, and kept as a picture.

In the build each page is seen in Dutch on a telephone and enlarged, and every third in English on a desk; in the long
build each in all of these. They are taken from `ui.navigation`, so that a new one is looked at without a new test. The
pictures are in build/screenshots, or in the folder that SCREENSHOTS names.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assessment.portfolio.disclosure import MINIMUM
from knowledge.base import knowledge_base
from knowledge.text import LANGUAGES, Language
from tests.support.amounts import LONG, driven
from tests.support.browsing import (
    QUIET,
    WIDTHS,
    go,
    hand_over,
    is_good,
    is_good_at,
    laid_out,
    play,
    settle,
    turn,
    unfold,
)
from tests.support.portfolio_tables import some_rows, write_source
from tests.support.serving import Server, opened
from tests.support.visiting import visitor_of
from ui.navigation import PAGES, Entry
from ui.words import say

pytestmark = pytest.mark.browser

PICTURES = Path(os.environ.get("SCREENSHOTS", Path(__file__).parents[2] / "build" / "screenshots"))


@pytest.fixture(scope="module")
def visit(browser: Browser, server: Server) -> Iterator[tuple[Page, str]]:
    """One visitor for all pages, with a case open."""
    with visitor_of(browser) as visitor:
        page, case = visitor.new_page(), opened(server)
        go(page, server, f"over?{case}")
        yield page, case


SEEN = [(language, entry) for language in LANGUAGES for entry in PAGES[:: 1 if LONG or language == "nl" else 3]]
ENLARGED = (320, 225)
"""Of a window of 1280 by 900 what is left at 400 %."""
MAIN = "document.querySelector('[data-testid=stMain]')"
# Text that begins on the screen and ends beside it or out of its own box; a title that is cut says so with dots.
CUT = """() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(one => {
    const own = [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.nodeValue.trim())
    if (!own || !one.checkVisibility() || one.closest('[data-testid=stIconMaterial], .unseen, svg')) return false
    const at = one.getBoundingClientRect(), style = getComputedStyle(one)
    const lost = ['hidden', 'clip'].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1
    const dots = style.textOverflow === 'ellipsis' && one.title
    return at.width > 1 && at.left >= 0 && (at.right > innerWidth + 1 || (lost && !dots))
}).map(one => one.textContent)"""


def nothing_is_cut_or_lies_over_half_of_it(page: Page, where: str) -> None:
    """At 400 %, of which a small telephone shows as much."""
    laid_out(page, *ENLARGED)
    assert not page.evaluate(CUT), where
    assert page.evaluate(f"{MAIN}.scrollWidth <= {MAIN}.clientWidth"), where
    page.evaluate(f"{MAIN}.scrollTo(0, 400)")
    page.wait_for_function(QUIET, arg=150)
    over = page.evaluate("""() => [...document.querySelectorAll('[data-testid=stMain] *')].filter(one => {
        const at = one.getBoundingClientRect(), style = getComputedStyle(one)
        const stays = style.position === 'fixed' || (style.position === 'sticky' && one.querySelector('button'))
        return stays && at.bottom > 0 && at.top < innerHeight && at.height > innerHeight / 4
    }).map(one => one.className)""")
    assert not over, where


@pytest.mark.parametrize(("language", "entry"), SEEN, ids=lambda one: one if isinstance(one, str) else one.name)
def test_each_page_is_accessible_and_fits_and_its_picture_is_kept(
    server: Server, visit: tuple[Page, str], entry: Entry, language: Language
) -> None:
    page, case = visit
    widths = WIDTHS if LONG else WIDTHS[1:] if language == "nl" else WIDTHS[:1]
    page.set_viewport_size({"width": widths[0], "height": 900})
    turn(page, server, f"{entry.path}?{case}&lang={language}")
    assert page.evaluate("document.documentElement.lang") == language
    assert page.title().endswith("· Dialoogwijzer")
    PICTURES.mkdir(parents=True, exist_ok=True)
    for width in widths:
        is_good_at(page, f"{entry.name} in {language}", width)
        page.screenshot(path=PICTURES / f"{entry.name}-{language}-{width}.png")
    if LONG or language == "nl":
        nothing_is_cut_or_lies_over_half_of_it(page, entry.name)


HEAVIEST = knowledge_base().scenarios["rajasthan-2023"]
"""Of all cases the one on which the most acts ask for something."""


@pytest.mark.parametrize("language", driven("nl"))
def test_the_conclusion_of_the_heaviest_case_stands_on_one_screen(
    server: Server, page: Page, language: Language
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    go(page, server, f"advies?{opened(server, HEAVIEST)}&lang={language}")
    panel = page.locator(".panel").filter(has=page.get_by_role("heading", name=say("advice.plan_tested", language)))
    at = panel.bounding_box()
    assert at is not None
    assert at["y"] + at["height"] <= 900


def test_a_reader_finds_a_lesson_and_follows_it_both_ways(server: Server, page: Page) -> None:
    go(page, server, "kennis")
    find = page.get_by_label(say("knowledge.find", "nl"))
    find.fill("annoniem klagen")
    find.press("Enter")
    lesson = knowledge_base().lessons["WL-grievance-anonymity"]
    main = page.get_by_test_id("stMain")
    card = main.get_by_role("link", name=knowledge_base().card_of[lesson.id].title.nl)
    expect(card).to_be_visible(timeout=20_000)
    settle(page)
    is_good(page, "search")
    card.click()
    main.get_by_role("link", name=lesson.advice.nl).click()
    expect(page.get_by_test_id("stGraphVizChart").locator("svg g.node").first).to_be_visible(timeout=20_000)
    settle(page)
    is_good(page, "lesson")
    page.locator("summary", has_text=say("graph.as_list", "nl")).click()
    main.get_by_role("link", name=re.compile(f"^{say('item.rule', 'nl')}: ")).first.click()
    expect(page.locator("h1")).to_contain_text(f"{say('item.rule', 'nl')}: ", timeout=20_000)
    settle(page)
    is_good(page, "rule")
    page.reload()
    expect(page.locator("h1")).to_contain_text(f"{say('item.rule', 'nl')}: ", timeout=20_000)
    settle(page)
    main.get_by_role("link", name=lesson.advice.nl).click()
    expect(page.locator("h1")).to_contain_text(f"{say('item.lesson', 'nl')}: ", timeout=20_000)
    page.go_back()
    expect(page.locator("h1")).to_contain_text(f"{say('item.rule', 'nl')}: ", timeout=20_000)
    settle(page)
    page.get_by_role("link", name=say("knowledge.back", "nl")).click()
    settle(page)
    expect(page.locator("h1")).to_have_text(say("nav.knowledge", "nl"))
    with page.expect_download() as download:
        page.get_by_role("button", name=say("knowledge.markdown", "nl")).click()
    assert lesson.id in Path(download.value.path()).read_text(encoding="utf-8")


def test_a_group_from_upload_to_heat_map_and_report(server: Server, page: Page, tmp_path: Path) -> None:
    rows = some_rows(3 * MINIMUM)
    files = sorted(write_source(rows, "", tmp_path).iterdir())
    (tmp_path / "fout.yaml").write_text("title: [")
    go(page, server, "groep")
    hand_over(page, *files, tmp_path / "fout.yaml")
    button = page.get_by_role("button", name=say("portfolio.score", "nl", count=len(rows) + 1))
    expect(button).to_be_visible(timeout=30_000)
    settle(page)
    button.click()
    expect(page.get_by_text(say("portfolio.done", "nl", count=len(rows)))).to_be_visible(timeout=30_000)
    expect(page.get_by_test_id("stVegaLiteChart").first.locator("canvas, svg").first).to_be_visible(timeout=20_000)
    settle(page)
    for fold in (say("portfolio.refused_list", "nl"), say("portfolio.as_table", "nl")):
        page.locator("summary", has_text=fold).first.click()
    settle(page)
    expect(page.get_by_text("fout.yaml").first).to_be_visible()
    named = "[...document.querySelectorAll('[aria-label], [title]')].map(one => one.ariaLabel ?? one.title)"
    english = re.compile("Remove|Add|Copy|Show|Download|Clear|Close|Full")
    assert not [one for one in page.evaluate(named) if english.match(one)]
    expect(page.get_by_role("button", name="fout.yaml weghalen")).to_have_count(1)
    is_good(page, "group")
    with page.expect_download() as download:
        page.get_by_role("button", name=say("portfolio.report", "nl")).click()
    report = Path(download.value.path()).read_text(encoding="utf-8")
    assert '<html lang="nl">' in report and str(len(rows)) in report
    page.get_by_text(say("share.confirm", "nl")).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=say("portfolio.xlsx", "nl")).click()
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"


def test_what_was_deleted_by_mistake_is_put_back(server: Server, page: Page) -> None:
    play(page, server)
    go(page, server, "")
    unfold(page, say("start.opened_examples", "nl"))
    title = page.locator("[class*=st-key-group-saved]").first.get_by_test_id("stText").first.inner_text()
    saved = page.locator("[class*=st-key-group-saved]", has_text=title)
    before = saved.count()
    saved.first.get_by_role("button", name=say("start.delete", "nl")).click()
    page.get_by_role("dialog").get_by_role("button", name=say("start.delete_sure", "nl")).click()
    expect(saved).to_have_count(before - 1, timeout=20_000)
    settle(page)
    page.get_by_role("button", name=say("start.put_back", "nl")).first.click()
    told = page.get_by_test_id("stAlert").filter(has_text=say("start.put_back_done", "nl"))
    expect(told).to_be_focused(timeout=20_000)  # the button that was pressed is gone
    expect(saved).to_have_count(before)


@pytest.mark.parametrize(("width", "height"), [(390, 844), ENLARGED] if LONG else [ENLARGED])
def test_the_menu_lies_over_a_narrow_page_and_the_language_and_errors_are_kept_in_mind(
    server: Server, visit: tuple[Page, str], width: int, height: int
) -> None:
    page, case = visit
    page.set_viewport_size({"width": width, "height": height})
    go(page, server, f"plan?{case}&lang=en")
    main, menu = page.locator("[data-testid=stMain]"), page.locator("[data-testid=stSidebar]")
    page.locator("[data-testid=stExpandSidebarButton]").focus()
    page.keyboard.press("Enter")
    expect(menu.locator(":focus")).to_have_count(1)
    for _ in range(20):
        page.keyboard.press("Tab")
        assert not main.locator(":focus").count(), "what lies under the menu cannot be reached"
    page.locator("[data-testid=stSidebar] a").first.focus()
    page.keyboard.press("Escape")
    expect(page.locator("[data-testid=stExpandSidebarButton]")).to_be_focused()
    expect(menu).to_have_attribute("inert", "")  # no key leads to what lies beside the window
    page.keyboard.press("Enter")
    menu.get_by_role("link", name=say("nav.advice", "en")).click()
    expect(page.locator("h1", has_text=say("nav.advice", "en"))).to_be_focused()
    expect(menu).to_have_attribute("inert", "")
    turn(page, server, f"plan?{case}&lang=en")
    day = page.locator(".st-key-action-occasion input")
    day.fill("31-02-2027")
    day.press("Tab")
    expect(day).to_have_attribute("aria-invalid", "true")
    told = page.locator(f"[id='{day.get_attribute('aria-describedby')}']")
    expect(told).to_contain_text(say("plan.due_wrong", "en"))
    day.fill("")
    day.press("Tab")
    expect(day).not_to_have_attribute("aria-invalid", "true")
    page.goto(f"{server.address}/plan?{case}")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    settle(page)
