"""The page of one's data in a real browser: a backup made, everything deleted, and the backup put back."""

import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Response, expect

from assessment.store.database import FILE_NAME
from tests.support.browsing import begin, go, hand_over, settle
from tests.support.serving import Server
from ui.words import say

pytestmark = pytest.mark.browser


WAIT = 30_000
SECRET = "Zegt-de-vakbondsvrouw-met-de-rode-sjaal"


def button(where: Page | Locator, key: str) -> Locator:
    return where.get_by_role("button", name=say(key, "nl"), exact=True)


def test_a_backup_is_made_everything_is_deleted_and_put_back(empty: Server, page: Page, tmp_path: Path) -> None:
    begin(page, empty, SECRET)
    go(page, empty, "gegevens")
    page.get_by_text(say("share.confirm", "nl")).click()
    with page.expect_download() as exported:
        button(page, "data.export_do").click()
    with zipfile.ZipFile(exported.value.path()) as zipped:
        assert any(SECRET.lower() in name for name in zipped.namelist())
    with page.expect_download() as backed_up:
        button(page, "data.backup_do").click()
    backup = tmp_path / "mine.zip"
    backed_up.value.save_as(backup)

    button(page, "data.delete_all").click()
    button(page, "start.delete_not").click()
    expect(button(page, "start.delete_sure")).to_have_count(0, timeout=WAIT)
    settle(page)
    button(page, "data.delete_all").click()
    button(page, "start.delete_sure").click()
    expect(page.get_by_text(say("data.deleted", "nl"))).to_be_visible(timeout=WAIT)
    assert SECRET.encode() not in b"".join(one.read_bytes() for one in empty.folder.glob(f"{FILE_NAME}*"))

    settle(page)
    (tmp_path / "diary.zip").write_text("Dear diary")
    for given, told in (
        (tmp_path / "diary.zip", "is geen reservekopie van Dialoogwijzer"),
        (backup, say("data.restored", "nl", count=1)),
    ):
        hand_over(page, given)
        button(page, "data.restore_do").click(timeout=WAIT)
        button(page, "data.restore_sure").click(timeout=WAIT)
        expect(page.get_by_text(told)).to_be_visible(timeout=WAIT)
        settle(page)
    with closing(empty.store()) as store:
        assert [one.title for one in store.list()] == [SECRET]


KEPT = """async () => {
    const found = [document.cookie, document.title, location.href, JSON.stringify(history.state)];
    for (const place of [localStorage, sessionStorage]) found.push(JSON.stringify({...place}));
    for (const name of await caches.keys()) {
        found.push(name, ...(await (await caches.open(name)).keys()).map(one => one.url));
    }
    for (const one of await indexedDB.databases()) found.push(JSON.stringify(one));
    return found.join("\\n");
}"""


def test_a_browser_keeps_nothing_that_was_written(server: Server, page: Page) -> None:
    """Neither what is stored in it, nor a title or address in its list of pages, nor a file that it may keep."""
    begin(page, server, SECRET)
    kept: list[str] = []

    def seen(response: Response) -> None:
        program = "/static/" in response.url or "/shell/" in response.url
        if not program and response.headers.get("cache-control") != "no-store":
            kept.append(response.url)

    page.on("response", seen)
    for path in ("vragen", "advies", "plan", "gegevens"):
        go(page, server, path)
        assert SECRET.lower() not in page.evaluate(KEPT).lower(), path
    page.get_by_text(say("share.confirm", "nl")).click()
    with page.expect_download() as exported:
        button(page, "data.export_do").click()
    assert exported.value.path().stat().st_size
    assert kept == []
