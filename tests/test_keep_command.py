"""Backup, restore, export and deletion, on the command line and on the page, as a stranger uses them."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from assessment.answer_files import read
from assessment.export import export_everything
from assessment.store import Store
from knowledge.base import knowledge_base
from tests.databases import sqlite_url
from tests.test_app import app, calm
from tests.test_app import store as app_store  # noqa: F401  # a fixture
from tests.test_cli import CASES, run

SECRET = "Zegt-de-vakbondsvrouw-met-de-rode-sjaal"


def test_backup_export_delete_and_restore(tmp_path: Path) -> None:
    case = read(CASES[0], knowledge_base(), "nl")
    store = Store(sqlite_url(tmp_path))
    made = store.create(SECRET, knowledge_base().version, case.answers)
    store.seen_by("noor").create("Van Noor", "v")
    store.close()

    def use(*arguments: object) -> tuple[int, str, str]:
        done = run(*map(str, arguments), DIALOOGWIJZER_DATA=str(tmp_path))
        return done.returncode, done.stdout.decode(), done.stderr.decode()

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
    made = anna.create("Gesprek ☂ / 1", knowledge_base().version, case.answers, {"start.stage": "Noot"})
    bilal.create(SECRET, "v")
    content = export_everything(anna)
    with zipfile.ZipFile(BytesIO(content)) as zipped:
        answers, history = sorted(zipped.namelist(), reverse=True)
        assert (answers, history) == ("0001-gesprek-1.yaml", "0001-gesprek-1.history.json")
        again = read((zipped.read(answers).decode(), answers), knowledge_base(), "nl")
        told = json.loads(zipped.read(history))
        assert SECRET not in zipped.read(answers).decode() + zipped.read(history).decode()
        assert yaml.safe_load(zipped.read(answers))["title"] == "Gesprek ☂ / 1"
    assert again.answers == case.answers and again.notes == {"start.stage": "Noot"}
    assert len(told["events"]) == len(anna.history(made))
    assert [one.act for one in anna.sharing.audit(made)] == ["saw", "exported"]
    assert not [one for one in store.sharing.audit(made) if one.who == "bilal"]


def buttons(page: AppTest) -> list[str]:
    return [one.key for one in page.button if one.key and one.key.startswith("data:")]


def test_the_page_deletes_one_or_all_after_a_confirmation(app_store: Store) -> None:  # noqa: F811
    for number in range(3):
        app_store.create(f"Gesprek {number}", "v")
    page = app("data")
    page.selectbox[0].set_value(app_store.list()[0].id)
    calm(page.run())
    calm(page.button(key="data:delete").click().run())
    assert len(app_store.list()) == 3, "nothing goes before the confirmation"
    calm(page.button(key="data:delete:sure").click().run())
    assert [one.title for one in app_store.list()] == ["Gesprek 1", "Gesprek 0"]
    calm(page.button(key="data:all").click().run())
    calm(page.button(key="data:delete:not").click().run())
    assert len(app_store.list()) == 2
    calm(page.button(key="data:all").click().run())
    calm(page.button(key="data:delete:sure").click().run())
    assert not app_store.list()
    assert "Het is voorgoed verwijderd." in [one.value for one in page.success]


@pytest.mark.parametrize("whole", [True, False])
def test_the_page_puts_a_backup_back_after_a_confirmation(
    app_store: Store,  # noqa: F811
    tmp_path: Path,
    whole: bool,
) -> None:
    app_store.create("Terug", "v")
    app_store.copies.backup(tmp_path / "mine.zip")
    app_store.delete(app_store.list()[0].id)
    app_store.create("Nu", "v")
    page = app("data")
    content = (tmp_path / "mine.zip").read_bytes() if whole else b"Dear diary"
    page.file_uploader[0].set_value(("mine.zip", content, "application/zip"))
    calm(page.run())
    calm(page.button(key="data:restore").click().run())
    assert [one.title for one in app_store.list()] == ["Nu"], "nothing changes before the confirmation"
    calm(page.button(key="data:restore:sure").click().run())
    assert [one.title for one in app_store.list()] == ["Terug" if whole else "Nu"]
    if whole:
        assert [one.value for one in page.success] == ["De reservekopie is teruggezet: 1 beoordelingen."]
        assert any(".before-restore." in str(one.value) for one in page.text), "where the former one is"
    else:
        assert "is geen reservekopie van Dialoogwijzer" in str(page.error[0].value)
