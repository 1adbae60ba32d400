"""A new user with a plan of her own: what she must click, read and type until she has something from it."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from knowledge.base import knowledge_base
from knowledge.text import LANGUAGES, Language
from tests.support.amounts import cover
from tests.support.browsing import card, go, settle
from tests.support.serving import Server
from ui.words import say

pytestmark = pytest.mark.browser

MOST_CLICKS, MOST_WORDS, MOST_KEYS = 20, 300, 60
PLAN = ("mail-demands-with-deadline", "short-talk", "talk-without-buyer")
"""What many do first: a mail with questions and a date, a short talk about all of it, and purchasing not asked."""
# Every text that is on the screen, from the top of the page down to this element. What stands there twice, such as the
# states of each act, is read once; what only a screen reader reads is not seen.
READ_TO = """until => {
    const main = document.querySelector('[data-testid=stMain]'), end = until.getBoundingClientRect().bottom
    const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT), seen = []
    while (texts.nextNode()) {
        const range = document.createRange(), of = texts.currentNode.parentElement
        range.selectNodeContents(texts.currentNode)
        const at = range.getBoundingClientRect()
        const there = at.width > 1 && at.top < Math.min(end, innerHeight) && at.bottom > 0
        const hidden = of.closest('[data-testid=stIconMaterial], .unseen')
        if (there && !hidden && of.checkVisibility({visibilityProperty: true}))
            seen.push(texts.currentNode.nodeValue.trim())
    }
    return seen
}"""
# Whether nothing lies over the middle of it.
IN_SIGHT = """one => {
    const at = one.getBoundingClientRect(), x = at.left + at.width / 2, y = at.top + at.height / 2
    const there = document.elementFromPoint(x, y)
    return there !== null && (one.contains(there) || there.contains(one))
}"""


class Newcomer:
    """Somebody who sees this for the first time, with what it cost until now."""

    def __init__(self, page: Page):
        self.page, self.clicks = page, 0
        self.read: set[str] = set()

    @property
    def words(self) -> int:
        return len(" ".join(self.read).split())

    def look(self, for_this: Locator) -> None:
        """Read from the top down to this, a screen at a time."""
        self.read.update(for_this.evaluate(READ_TO))
        while not for_this.evaluate(IN_SIGHT):
            self.page.mouse.wheel(0, 400)
            settle(self.page)
            self.read.update(for_this.evaluate(READ_TO))

    def click(self, on: Locator) -> None:
        self.look(on)
        on.click()
        self.clicks += 1
        settle(self.page)

    def press(self, name: str, language: Language) -> None:
        self.click(self.page.get_by_role("button", name=say(name, language), exact=True))


@pytest.mark.parametrize(("language", "size"), cover(LANGUAGES, [(1280, 900), (390, 844)]))
def test_a_first_conclusion_takes_few_clicks_and_words(
    page: Page, empty: Server, size: tuple[int, int], language: Language
) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    go(page, empty, f"?lang={language}")
    user = Newcomer(page)
    page.mouse.move(width / 2, height / 2)
    user.press("start.begin", language)
    occasion = knowledge_base().questions["core.occasions"].options[0]
    user.click(page.get_by_text(occasion.label.in_(language), exact=True))
    forward = page.get_by_role("button", name=say("questions.forward", language), exact=True)
    place = forward.bounding_box()
    user.press("questions.forward", language)
    assert forward.bounding_box() == pytest.approx(place, abs=1), "the way on stays where it is"
    asked = knowledge_base().questions["acts.talk-setup"]
    for number, act in enumerate(PLAN, 1):
        option = asked.option(act)
        assert option is not None
        row = card(page, asked).get_by_role("radiogroup", name=option.label.in_(language), exact=True)
        user.click(row.get_by_text(say("questions.act_planned", language), exact=True))
        conclusions = card(page, asked).locator(".hint")
        expect(conclusions).to_have_count(number)
        if number == 1:
            user.look(conclusions.first)
            assert user.words <= MOST_WORDS
    user.click(page.get_by_role("link", name=say("scan.so_far", language, count=len(PLAN))))
    expect(page.get_by_role("heading", name=say("advice.plan_tested", language))).to_be_visible()
    assert user.clicks <= MOST_CLICKS


class Keyboard:
    """Somebody who uses no mouse, with the keys that it cost until now."""

    def __init__(self, page: Page):
        self.page, self.keys = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.keys += 1
        settle(self.page)

    def walk_to(self, one: Locator) -> None:
        """Press Tab until this has the focus, which must be seen."""
        while not one.evaluate("one => one.contains(document.activeElement)"):
            self.page.keyboard.press("Tab")
            self.keys += 1
            assert self.keys <= MOST_KEYS, self.page.evaluate("document.activeElement.outerHTML")
        seen = self.page.evaluate("document.activeElement.matches(':focus-visible')")
        assert seen and one.evaluate(IN_SIGHT)


def test_from_start_to_a_sheet_with_the_keyboard_alone(empty: Server, page: Page) -> None:
    go(page, empty, "?lang=nl")
    user, main = Keyboard(page), page.get_by_test_id("stMain")
    user.press("Tab")
    user.press("Enter")  # past the navigation
    user.walk_to(main.get_by_label(say("start.title", "nl")))
    user.press("Enter")
    occasion = knowledge_base().questions["core.occasions"].options[0]
    user.walk_to(main.get_by_role("checkbox", name=occasion.label.nl))
    user.press("Space")
    user.press("Enter")
    asked = knowledge_base().questions["acts.talk-setup"]
    for act in PLAN:
        option = asked.option(act)
        assert option is not None
        user.walk_to(card(page, asked).get_by_role("radiogroup", name=option.label.nl, exact=True))
        user.press("ArrowRight")
    expect(card(page, asked).locator(".hint")).to_have_count(len(PLAN))
    user.walk_to(main.get_by_role("link", name=say("scan.so_far", "nl", count=len(PLAN))))
    user.press("Enter")
    user.walk_to(main.get_by_role("link", name=say("nav.share", "nl")))
    user.press("Enter")
    user.walk_to(main.get_by_role("button", name=say("downloads.make", "nl")))
    with page.expect_download() as sheet:
        user.press("Enter")
    assert Path(sheet.value.path()).read_bytes().startswith(b"%PDF")
    assert user.keys <= MOST_KEYS
