"""What a visitor does in the tests in a real browser, and how a page is looked at."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from assessment.advice import advise
from assessment.model import Assessment
from knowledge.acts import CHAPTER, DONE, NONE
from knowledge.base import knowledge_base
from knowledge.model import Answer, Question, Scenario
from knowledge.text import Language
from rules.engine.inference import inference
from rules.words import SPECIAL
from tests.support.amounts import LONG
from tests.support.serving import CASE, Server
from ui.words import say

expect.set_options(timeout=30_000)  # with other tests beside it a page may take long; how long is no part of a test

BROKEN = {"resultTypes": ["violations"]}
"""What is in order is not listed, which takes axe as long as looking does."""
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], **BROKEN}
WIDTHS = (1280, 390)
"""Of a desk and of a telephone, on which most is folded away and least has room."""
# True once the server has answered the last that the page asked, its script stands still, and nothing on the page has
# changed or moved for a moment: a click on what moves is lost.
QUIET = """milliseconds => new Promise(resolve => {
    let timer
    const check = () => {
        const app = document.querySelector('[data-testid="stApp"]')
        const moving = document.getAnimations().some(one => one.playState === 'running')
        const heard = performance.now() - window.heardAt < milliseconds
        if (heard || moving || app?.dataset.testScriptState !== 'notRunning') return again()
        watch.disconnect()
        resolve(true)
    }
    const again = () => { clearTimeout(timer); timer = setTimeout(check, milliseconds) }
    const watch = new MutationObserver(again)
    watch.observe(document, {attributes: true, childList: true, characterData: true, subtree: true})
    again()
})"""


def settle(page: Page) -> None:
    """Wait until the page shows what follows from the last click."""
    page.wait_for_function(QUIET, arg=120)


def laid_out(page: Page, width: int, height: int = 900) -> None:
    """Give the window this size, and wait until the page stands in it. The server is asked nothing for it."""
    page.set_viewport_size({"width": width, "height": height})
    settle(page)


def pick(page: Page, label: str, typed: str) -> None:
    """Search in a box to choose from, and take the first of what it finds."""
    box = page.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.press_sequentially(typed)
    page.get_by_role("option").first.click()
    expect(box).not_to_have_value("")
    settle(page)


def go(page: Page, server: Server, path: str) -> None:
    page.goto(f"{server.address}/{path}")
    expect(page.locator("h1")).to_be_visible(timeout=20_000)
    settle(page)


# As a link in the page does, which begins with asking the server.
TURN = """to => {
    window.heardAt = Infinity
    history.pushState({}, '', to)
    dispatchEvent(new PopStateEvent('popstate'))
}"""


def turn(page: Page, server: Server, path: str) -> None:
    """Go to another page without loading it anew, which is most of what it costs."""
    if urlsplit(page.url).path == f"/{path.partition('?')[0]}":
        return go(page, server, path)
    page.evaluate(TURN, f"/{path}")
    settle(page)
    return expect(page.locator("h1")).to_be_visible()


def hand_over(page: Page, *files: Path) -> None:
    """Give files to the first place for them, and wait until the page has drawn what follows from them.

    They travel apart from clicks: what is clicked before the page knows them is drawn anew, and the click is lost.
    """
    page.locator("input[type=file]").first.set_input_files(list(files))
    for one in files[:2]:  # of more the list has further pages
        expect(page.get_by_text(one.name, exact=True)).to_be_visible()
    settle(page)


def unfold(page: Page, label: str, place: int = 0) -> None:
    """Open a fold, and wait until it has."""
    page.locator("summary", has_text=label).nth(place).click()
    settle(page)


def play(page: Page, server: Server, case: Scenario = CASE) -> str:
    """Open a case as an assessment; returns the part of the address that tells which one."""
    go(page, server, "")
    unfold(page, case.title.nl)
    page.locator("details", has_text=case.title.nl).get_by_role("button", name=say("start.play", "nl")).click()
    expect(page.locator("h1")).to_have_text(say("nav.advice", "nl"), timeout=30_000)
    settle(page)
    return urlsplit(page.url).query


def begin(page: Page, server: Server, title: str) -> None:
    go(page, server, "")
    page.get_by_label(say("start.title", "nl")).fill(title)
    page.get_by_role("button", name=say("start.begin_all", "nl")).click()
    expect(page.locator("h1")).to_contain_text(knowledge_base().themes["start"].title.nl)
    settle(page)


def card(page: Page, question: Question) -> Locator:
    return page.locator(".st-key-question-" + re.sub(r"[^a-zA-Z0-9]", "-", question.id))


def labels(question: Question, answer: Answer, language: Language = "nl") -> list[str]:
    chosen = answer if isinstance(answer, tuple) else (str(answer),)
    texts = {option.id: option.label for option in question.options} | dict(SPECIAL)
    return [texts[one].in_(language) for one in chosen]


def give(page: Page, question: Question, answer: Answer) -> None:
    place = card(page, question)
    if isinstance(answer, int):
        place.get_by_role("spinbutton").fill(str(answer))
        place.get_by_role("spinbutton").press("Enter")
    elif question.chapter == CHAPTER:
        _pick_acts(page, place, question, answer)
    else:
        for label in labels(question, answer):
            place.locator("label").filter(has=page.get_by_text(label, exact=True)).click()
            settle(page)
    expect(place).to_contain_text("✓ Bewaard")


def _pick_acts(page: Page, place: Locator, question: Question, answer: Answer) -> None:
    """Choose the state of each act that is ticked, or that none is."""
    assert isinstance(answer, tuple)
    if answer == (NONE,):
        place.get_by_role("button", name=say("questions.act_none", "nl")).click()
        settle(page)
        return
    for one in answer:
        act = question.option(one.removesuffix(DONE))
        assert act is not None
        so = "act_done" if one.endswith(DONE) else "act_planned" if question.option(f"{one}{DONE}") else "act_so"
        row = place.get_by_role("radiogroup", name=act.label.nl, exact=True)
        row.get_by_text(say(f"questions.{so}", "nl"), exact=True).click()
        settle(page)


def chosen(page: Page, question: Question) -> list[str]:
    boxes = card(page, question).locator("label:has(input:checked)")
    return [text.strip() for text in boxes.all_inner_texts()]


def first_card(language: Language) -> str:
    """The title of the most urgent card of the case."""
    assessment = Assessment(title="", answers=CASE.answers, knowledge_version=knowledge_base().version)
    return advise(assessment, inference()).checklists[0].title.in_(language)


def whole_page(page: Page, width: int) -> None:
    """Make the window as high as the page: what is below the fold of its inner scroller is not looked at."""
    laid_out(page, width)
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    laid_out(page, width, max(900, min(12_000, height)))


def is_good_at(page: Page, where: str, width: int) -> None:
    """No serious accessibility problem, and nothing that makes a telephone scroll sideways, at this width."""
    whole_page(page, width)
    found = Axe().run(page, options=WCAG).response["violations"]
    serious = [one for one in found if one["impact"] in ("serious", "critical")]
    assert not serious, (where, width, [(one["id"], [node["html"] for node in one["nodes"]]) for one in serious])
    for place in ("document.documentElement", "document.querySelector('[data-testid=stMain]')"):
        assert page.evaluate(f"{place}.scrollWidth <= {place}.clientWidth"), (where, width, place)


def is_good(page: Page, where: str) -> None:
    """The same on a telephone, and in the long build on a desk too: most pages are seen there as they are at first."""
    for width in WIDTHS if LONG else WIDTHS[1:]:
        is_good_at(page, where, width)
    page.set_viewport_size({"width": 1280, "height": 900})
