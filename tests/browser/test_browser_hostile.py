"""What a user wrote in any field is text on every page: it starts nothing, asks for nothing and becomes no element."""

from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from assessment.advice import advise
from assessment.model import Assessment
from assessment.plan import OWNER_LENGTH, STATUSES, decide, plan_for
from assessment.store import TITLE_LENGTH, Store
from knowledge.base import knowledge_base
from rules.engine.inference import inference
from tests.support.browsing import go, turn
from tests.support.serving import CASE, Server
from ui.navigation import PAGES

pytestmark = pytest.mark.browser

SHORT = "<img src=x onerror=alert(1) class=strange>"
LINE = SHORT + '"><svg onload=alert(2) class=strange>[a](javascript:alert(3))![b](https://strange.example/p.png)'
LONG = LINE + (
    "<script class=strange>alert(4)</script><iframe src=https://strange.example/></iframe>"
    "$\\href{javascript:alert(5)}{x}$ https://strange.example/ <style>*{display:none}</style>"
)
STRANGE = (
    ".strange, iframe, a[href^='javascript'], [src*='strange.example'], [onerror], [onload], "
    "body style:not([data-emotion])"
)


def written_everywhere(folder: Path) -> tuple[str, str]:
    """Two assessments with these texts in every field there is; returns their ids."""
    knowledge = knowledge_base()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DIALOOGWIJZER_DATA", str(folder))
        store = Store()
    notes = dict.fromkeys(knowledge.questions, LONG)
    found = []
    for number in range(2):
        title = f"{number} {LINE}"
        assert len(title) <= TITLE_LENGTH and len(SHORT) <= OWNER_LENGTH
        made = store.create(title, knowledge.version, CASE.answers, notes, CASE.id)
        found.append(made)
    assessment = Assessment(title="", answers=CASE.answers, knowledge_version=knowledge.version)
    for place, action in enumerate(plan_for(advise(assessment, inference()), {}).actions):
        status = list(STATUSES)[place % len(STATUSES)]
        texts = {"adapted": {"words": LONG}, "postponed": {"reason": LONG}, "rejected": {"reason": LONG}}.get(
            status, {}
        )
        decision = decide(action, status=status, owner=SHORT, note=LONG, **texts)  # type: ignore[typeddict-item]
        store.save_action(found[0], action.key, decision, store.open(found[0]).revision)
    store.close()
    return found[0], found[1]


def test_what_users_write_is_text_on_every_page(server: Server, page: Page) -> None:
    dialogs: list[str] = []

    def seen(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", seen)
    first, second = written_everywhere(server.folder)
    go(page, server, f"?b={first}&second={second}")
    for path in (one.path for one in PAGES if one.name != "sharing"):  # that page is there with a login only
        turn(page, server, f"{path}?b={first}&second={second}")
        for fold in page.locator("summary").all()[:3]:
            fold.click()
        expect(page.locator("h1")).to_be_visible()
        assert page.locator(STRANGE).count() == 0, path
        shown = page.locator("[data-testid=stMain]").inner_text()
        if path in ("", "vragen", "plan", "vergelijken"):
            assert LINE in shown, path
        if path == "plan":
            assert SHORT in shown
    assert not dialogs
