"""Backup, restore, export and deletion, on the command line and on the page, as a stranger uses them."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from assessment.answers.export import export_everything
from assessment.answers.files import read
from assessment.store import Store
from knowledge.base import knowledge_base
from tests.cli.test_cli import CASES
from tests.support.databases import sqlite_url
from tests.ui.test_app import app, calm
from tests.ui.test_app import store as app_store  # noqa: F401  # a fixture
from ui.cli import main as cli
from ui.words import say

pytestmark = pytest.mark.slow

SECRET = "Zegt-de-vakbondsvrouw-met-de-rode-sjaal"


def test_backup_export_delete_and_restore(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIALOOGWIJZER_DATA", str(tmp_path))
    case = read(CASES[0], knowledge_base(), "nl")
    store = Store(sqlite_url(tmp_path))
    made = store.create(SECRET, knowledge_base().version, case.answers)
    store.seen_by("noor").create("Van Noor", "v")
    store.close()

    def use(*arguments: object) -> tuple[int, str, str]:
        done = CliRunner().invoke(cli.app, [str(one) for one in arguments])
        return done.exit_code, done.stdout, done.stderr

    mine, files = tmp_path / "mine.zip", tmp_path / "files.zip"
    assert use("backup", mine)[0] == 0
    assert use("backup", mine) == (2, "", f"{mine} bestaat al; kies een andere naam.\n")
    assert use("export", files)[0] == 0
    assert use("export", files)[0] == 2
    with zipfile.ZipFile(files) as zipped:
        assert len(zipped.namelist()) == 4
    assert use("delete", made)[0] == 1, "nobody said yes"
    status, out, _ = use("delete", made, "--yes")
    assert (status, out) == (0, "Voorgoed verwijderd.\n")
    assert SECRET.encode() not in (tmp_path / "dialoogwijzer.sqlite").read_bytes()
    assert use("delete", "--person", "noor", "--yes")[0] == 0
    assert use("saved")[1] == ""
    assert use("delete") == (2, "", "Noem een beoordeling of --person, niet allebei.\n")
    assert use("restore", tmp_path / "nothing.zip", "--yes")[0] == 2
    status, out, _ = use("restore", mine)  # nothing is lost by it, so nothing is asked
    assert (status, out) == (0, "Teruggezet: 2 beoordelingen.\n")
    assert SECRET in use("saved")[1]
    status, out, _ = use("restore", mine, "--yes", "--lang", "en")
    assert out.splitlines()[1].startswith(f"What there was is in {tmp_path / 'dialoogwijzer.before-restore.'}")
    assert ".before-restore." in use("delete", made, "--yes")[1], "it tells where copies are"


def test_an_export_holds_what_a_user_may_see_and_opens_again(store: Store) -> None:
    anna, bilal = store.seen_by("anna"), store.seen_by("bilal")
    case = read(CASES[0], knowledge_base(), "nl")
    made = anna.create("Gesprek ☂ / 1", knowledge_base().version, case.answers, {"core.first": "Noot"})
    bilal.create(SECRET, "v")
    content = export_everything(anna)
    with zipfile.ZipFile(BytesIO(content)) as zipped:
        answers, history = sorted(zipped.namelist(), reverse=True)
        assert (answers, history) == ("0001-gesprek-1.yaml", "0001-gesprek-1.history.json")
        again = read((zipped.read(answers).decode(), answers), knowledge_base(), "nl")
        told = json.loads(zipped.read(history))
        assert SECRET not in zipped.read(answers).decode() + zipped.read(history).decode()
        assert yaml.safe_load(zipped.read(answers))["title"] == "Gesprek ☂ / 1"
    assert again.answers == case.answers and again.notes == {"core.first": "Noot"}
    assert len(told["events"]) == len(anna.history(made))
    assert [one.act for one in anna.sharing.audit(made)] == ["saw", "exported"]
    assert not [one for one in store.sharing.audit(made) if one.who == "bilal"]


def test_the_page_asks_before_it_deletes_or_puts_back(app_store: Store, tmp_path: Path) -> None:  # noqa: F811
    for number in range(3):
        app_store.create(f"Gesprek {number}", "v")
    app_store.copies.backup(tmp_path / "mine.zip")
    page = app("data")
    assert not page.button(key="data:all").disabled
    page.selectbox(key="data:which:nl").set_value(app_store.list()[0].id)
    calm(page.run())
    page.file_uploader[0].set_value(("mine.zip", (tmp_path / "mine.zip").read_bytes(), "application/zip"))
    calm(page.run())
    for asks, sure in (("delete", "delete"), ("all", "delete"), ("restore", "restore"), ("delete", "delete")):
        calm(page.button(key=f"data:{asks}").click().run())
        assert [one.key for one in page.button if (one.key or "").endswith(":sure")] == [f"data:{sure}:sure"]
        assert len(app_store.list()) == 3, "nothing changes before the confirmation"
    calm(page.button(key="data:delete:not").click().run())
    assert len(app_store.list()) == 3 and not app_store.copies.kept()
    calm(page.button(key="data:delete").click().run())
    calm(page.button(key="data:delete:sure").click().run())
    assert [one.title for one in app_store.list()] == ["Gesprek 1", "Gesprek 0"]
    calm(page.button(key="data:restore").click().run())
    calm(page.button(key="data:restore:sure").click().run())
    assert len(app_store.list()) == 3
    assert any(".before-restore." in str(one.value) for one in page.text), "where the former one is"
    calm(page.button(key="data:all").click().run())
    calm(page.button(key="data:delete:sure").click().run())
    assert not app_store.list()
    assert say("data.deleted", "nl") in [one.value for one in page.success]


def test_one_text_is_deleted_for_good(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url(tmp_path))
    store = Store()
    made = store.create("Oude titel", "v", {}, {"q.a": "Weg ermee"})
    store.rename(made, "Nieuw")
    for arguments in (["--note", "q.a"], ["--titles"]):
        assert CliRunner().invoke(cli.app, ["delete", made, *arguments, "--yes"]).exit_code == 0
        assert CliRunner().invoke(cli.app, ["delete", made, *arguments, "--yes"]).exit_code != 0, "it is gone already"
    assert not any(one in repr(store.history(made)) for one in ("Oude titel", "Weg ermee"))
    assert store.open(made).assessment.title == "Nieuw"
    assert CliRunner().invoke(cli.app, ["delete", "--titles", "--yes"]).exit_code != 0
    store.close()
