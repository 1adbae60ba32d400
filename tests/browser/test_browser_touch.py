"""On a telephone: what is typed and followed at once by a tap on another button is kept."""

import re
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page, expect

from assessment.plan import Decision
from assessment.store import Store
from knowledge.acts import CHAPTER
from knowledge.base import knowledge_base
from tests.support.browsing import card, go, settle
from tests.support.serving import CASE, Server
from ui.words import say

pytestmark = pytest.mark.browser


@pytest.fixture
def store(server: Server) -> Iterator[Store]:
    with closing(server.store()) as opened:
        yield opened


def on(page: Page) -> None:
    page.get_by_role("button", name=say("questions.forward", "nl"), exact=True).tap()
    settle(page)


def open_note(place: Locator) -> Locator:
    place.get_by_text(say("questions.note", "nl"), exact=True).tap()
    return place.get_by_label(say("questions.note_label", "nl"))


@pytest.mark.parametrize("where", ["scan?q=hear.picks", "vragen?part=listening-1"])
def test_a_note_is_kept(server: Server, store: Store, telephone: Page, where: str) -> None:
    made = store.create("Tik", knowledge_base().version, {"core.occasions": ("worker-talk",)})
    go(telephone, server, f"{where}&b={made}&lang=nl")
    question = knowledge_base().questions["hear.picks"]
    field = open_note(card(telephone, question))
    settle(telephone)
    field.fill("Maandag bellen")
    on(telephone)
    assert store.open(made).assessment.notes == {question.id: "Maandag bellen"}


def test_a_number_is_kept(server: Server, store: Store, telephone: Page) -> None:
    made = store.create("Tik", knowledge_base().version, {"core.occasions": ("supplier-talk",)})
    go(telephone, server, f"scan?b={made}&lang=nl&q=core.first-date")
    telephone.get_by_role("spinbutton").fill("3")
    on(telephone)
    assert store.open(made).assessment.answers["core.first-date"] == 3


@pytest.mark.parametrize("kind", ["several", "acts"])
def test_a_tick_is_kept(server: Server, store: Store, telephone: Page, kind: str) -> None:
    made = store.create("Tik", knowledge_base().version, {"core.occasions": ("worker-talk",)})
    question = knowledge_base().questions["core.danger-setting" if kind == "several" else "acts.hear"]
    go(telephone, server, f"scan?b={made}&lang=nl&q={question.id}")
    place = card(telephone, question)
    if question.chapter == CHAPTER:
        place.get_by_role("radiogroup").first.get_by_text(say("questions.act_planned", "nl"), exact=True).tap()
    else:
        place.locator("label").first.tap()
    on(telephone)
    assert store.open(made).assessment.answers[question.id] == (question.options[0].id,)


def test_what_is_filled_in_at_a_task_of_the_plan_is_kept(server: Server, store: Store, telephone: Page) -> None:
    made = store.create("Tik", knowledge_base().version, dict(CASE.answers))
    go(telephone, server, f"plan?b={made}&lang=nl")
    first = telephone.locator("[class*='st-key-action-']:not(.st-key-action-occasion)").first
    named = re.search(r"st-key-action-\S+", first.get_attribute("class") or "")
    assert named is not None
    row = telephone.locator(f".{named[0]}")
    read: dict[str, tuple[str, Callable[[Decision], str]]] = {
        "owner": ("Ans", lambda decision: decision.owner),
        "due": ("31-12-2027", lambda decision: decision.due.strftime("%d-%m-%Y") if decision.due else ""),
        "note": ("Na de oogst", lambda decision: decision.note),
    }
    for (field, (value, kept)), shown in zip(read.items(), ("all", "first", "all"), strict=True):
        if field == "note":
            row.get_by_text(say("field.more", "nl"), exact=True).first.tap()
            settle(telephone)
        row.get_by_label(say(f"field.{field}", "nl")).fill(value)
        telephone.get_by_text(say(f"show.{shown}", "nl", count=0).split("(")[0].strip()).first.tap()
        settle(telephone)
        (decision,) = store.open(made).decisions.values()
        assert kept(decision) == value


def test_a_note_is_saved_after_a_second_of_silence_and_stays_when_it_is_too_long(
    server: Server, store: Store, telephone: Page
) -> None:
    made = store.create("Tik", knowledge_base().version, {"core.occasions": ("worker-talk",)})
    go(telephone, server, f"scan?b={made}&lang=nl&q=hear.picks")
    field = open_note(card(telephone, knowledge_base().questions["hear.picks"]))
    settle(telephone)
    field.tap()
    telephone.keyboard.type("Bel Ans")
    expect(telephone.get_by_text(say("questions.note_there", "nl"), exact=True)).to_be_visible()
    assert store.open(made).assessment.notes == {"hear.picks": "Bel Ans"}
    expect(field).to_be_focused()
    field.fill("x" * 5_001)
    expect(telephone.get_by_role("alert")).to_contain_text("5001")
    expect(field).to_have_value("x" * 5_001)
    assert store.open(made).assessment.notes == {"hear.picks": "Bel Ans"}
