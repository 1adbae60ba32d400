"""The one list of places where a text of a user can end up, and of what it must not: tried with marker words."""

import json
import os
import signal
import subprocess
import sys
import traceback
import zipfile
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from sqlalchemy import create_engine, text

from assessment.anonymity.removal import shareable
from assessment.answers.export import export_everything
from assessment.dossier import Dossier
from assessment.plan import Decision, plan_for
from assessment.sheets.purposes import PURPOSES, offered, write_sheet
from assessment.store import Store, StoreError
from assessment.store.database import FILE_NAME
from knowledge.private import PREFIX, private_folder, scratch, sweep
from knowledge.text import LANGUAGES, Language
from tests.assessment.anonymity.test_without_names_files import words_in
from tests.support.amounts import LONG, driven
from tests.support.databases import sqlalchemy_url, sqlite_url
from tests.support.nameless import bare
from ui.words import say

pytestmark = pytest.mark.slow

MARKERS = {
    "title": "titelwoordfatima",
    "note": "notitiewoordfatima",
    "own words": "rijwoordfatima",
    "owner": "eigenaarwoordfatima",
    "words": "woordenwoordfatima",
    "reason": "redenwoordfatima",
    "plan note": "plannotitiefatima",
    "reference": "mapwoordfatima",
    "comment": "reactiewoordfatima",
}
RUNNING = ("pdf", "docx", "html", "md", "text")
EVERYWHERE = {("full", form) for form in (*RUNNING, "xlsx", "json")}
PLANNED = EVERYWHERE | {("full", "csv")}


def _each(*purposes: str) -> set[tuple[str, str]]:
    return {(purpose, form) for purpose in purposes for form in RUNNING}


INVENTORY: dict[str, set[tuple[str, str]]] = {
    "title": EVERYWHERE
    | {("full", "ics")}
    | _each("accountability", "dialogue", "director", "listening", "partners", "supplier-talk", "script")
    | _each("letter-notes", "checklists"),
    "note": {("full", "xlsx"), ("full", "json")},
    "own words": {("full", form) for form in (*RUNNING, "json")},
    "owner": PLANNED | {("full", "ics")} | _each("accountability", "chair-report", "director"),
    "words": PLANNED | {("full", "ics")},
    "reason": PLANNED,
    "plan note": {("full", form) for form in ("xlsx", "json", "csv")},
    "reference": {("full", form) for form in ("xlsx", "json", "csv")},
    "comment": set(),
}
"""In which sheets with names each text stands, in text or data about the file; without names in none."""
TOLD = {"xlsx": "Excel", "json": "JSON"}
"""What the screen calls the forms that hold a note."""


CASES = ("company-b", "invented-coffee-peru-unequal-power", "invented-fish-peru-trusted-union")
"""A talk with a partner, a meeting, and listening: together they call for every sheet."""


@cache
def marked(case: str = CASES[0]) -> Dossier:
    given = bare(case)
    written = {"owner": MARKERS["owner"], "words": MARKERS["words"], "reason": MARKERS["reason"]}
    written |= {"note": MARKERS["plan note"], "reference": MARKERS["reference"]}
    decisions = {
        one.key: Decision(task=one.task, status="adapted", due=date(2026, 12, 4), **written)
        for one in given.plan.actions
    }
    asked, rows = given.assessment.answers, set(given.inference.base.knowledge.noted)
    notes = dict.fromkeys(rows - asked.keys(), MARKERS["own words"]) | dict.fromkeys(asked, MARKERS["note"])
    return replace(
        given,
        assessment=given.assessment.model_copy(update={"title": MARKERS["title"], "notes": notes}),
        advice=given.advice.model_copy(update={"title": MARKERS["title"]}),
        plan=plan_for(given.advice, decisions),
    )


def in_it(read: str) -> set[str]:
    plain = "".join(read.lower().split())
    return {name for name, marker in MARKERS.items() if marker in plain}


def _written(purpose: str) -> tuple[str, ...]:
    """The forms that are tried: every writer once, and of the other sheets the text that all writers are given."""
    forms = PURPOSES[purpose].forms
    return forms if LONG or purpose == "full" else tuple(form for form in forms if form not in RUNNING[:4])


@pytest.mark.parametrize("language", driven("nl"))
def test_each_sheet_holds_the_texts_that_the_inventory_says(language: Language) -> None:
    found: dict[str, set[tuple[str, str]]] = {name: set() for name in MARKERS}
    tried: set[str] = set()
    for case in CASES:
        whole = marked(case)
        hidden = shareable(whole, language=language)
        for purpose in offered(whole):
            if purpose in tried:
                continue
            tried.add(purpose)
            fits = purpose in offered(hidden)
            for form in _written(purpose):
                for name in in_it(words_in(write_sheet(whole, purpose, form, language), form)):
                    found[name].add((purpose, form))
                if fits:
                    nameless = words_in(write_sheet(hidden, purpose, form, language), form)
                    assert not in_it(nameless), (case, purpose, form)
    assert tried == set(PURPOSES) - {"trainer"}
    assert found == {name: {one for one in stands if one[1] in _written(one[0])} for name, stands in INVENTORY.items()}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["questions.note_help", "sharing.note_help"])
def test_the_screen_says_where_a_note_goes(key: str, language: Language) -> None:
    own = say(key.replace("note_help", "own_help"), language)
    assert "JSON" in own and ("voor jezelf", "for yourself")[LANGUAGES.index(language)] in own
    told = say(key, language)
    assert all(TOLD[form] in told for _, form in INVENTORY["note"])
    for other in (("antwoordbestand", "answer file"), ("export", "export"), ("geschiedenis", "history")):
        assert other[LANGUAGES.index(language)] in told
    assert say("nav.data", language) in told, "the page where it can be taken away"
    for form in (form for name in ("plan note", "reference") for _, form in INVENTORY[name]):
        assert (TOLD | {"csv": "CSV"})[form] in say("field.note_goes", language)
    assert not INVENTORY["comment"] and ("geen enkel blad", "no sheet")[LANGUAGES.index(language)] in say(
        "comments.goes", language
    )
    files = ("Bestanden kun je hier niet bewaren", "You cannot keep files here")
    assert files[LANGUAGES.index(language)] in say("field.reference_help", language)


def kept(store: Store) -> str:
    """An assessment with every marker in it."""
    given = marked()
    made = store.create(MARKERS["title"], "v", {"q.a": "yes"}, {"q.a": MARKERS["note"]})
    action = given.plan.actions[0]
    store.save_action(made, action.key, action.decision, store.open(made).revision)
    store.comment(made, "q.a", MARKERS["comment"])
    return made


def left(*folders: Path) -> dict[str, set[str]]:
    """The files below these folders in which a marker stands, with what a zip file holds."""
    found = {}
    for file in (one for folder in folders for one in folder.rglob("*") if one.is_file()):
        content = file.read_bytes()
        if zipfile.is_zipfile(file):
            with zipfile.ZipFile(BytesIO(content)) as zipped:
                content += b"".join(zipped.read(name) for name in zipped.namelist())
        if stands := {name for name, marker in MARKERS.items() if marker.encode() in content}:
            found[file.name] = stands
    return found


def test_what_is_kept_stands_in_these_files_and_after_deleting_in_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, temporary = tmp_path / "data", tmp_path / "tmp"
    data.mkdir()
    temporary.mkdir()
    monkeypatch.setenv("DIALOOGWIJZER_DATA", str(data))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    store = Store()
    made = kept(store)
    assert left(data).keys() <= {FILE_NAME, f"{FILE_NAME}-wal"} and left(data)
    store.copies.backup(data / "mine.zip")
    before = store.copies.restore(data / "mine.zip")
    assert before is not None and {"mine.zip", before.name} <= left(data).keys()
    assert not left(temporary)
    with zipfile.ZipFile(BytesIO(export_everything(store))) as zipped:
        assert {Path(name).suffixes[-1] for name in zipped.namelist()} == {".yaml", ".json"}
        written = [name for name in zipped.namelist() if name.endswith(".yaml")]
        assert yaml.safe_load(zipped.read(written[0]))["notes"] == {"q.a": MARKERS["note"]}
    store.delete(made)
    assert left(data).keys() == {"mine.zip", before.name}, "the copies that the user is told of"
    store.close()


CONSTRAINED = {
    "sqlite": "CREATE TRIGGER refuse BEFORE {what} ON {table} BEGIN SELECT RAISE(ABORT, 'no'); END",
    "postgresql": "ALTER TABLE {table} ADD CONSTRAINT refuse CHECK ({column} IS NULL) NOT VALID",
}


@pytest.mark.parametrize(
    ("table", "what", "column"), [("events", "INSERT", "value"), ("assessments", "UPDATE", "title")]
)
def test_a_failure_to_write_tells_nothing_of_what_was_written(
    store: Store, url: str, database: str, caplog: pytest.LogCaptureFixture, table: str, what: str, column: str
) -> None:
    made, refused = store.create("A", "v"), 0
    with create_engine(sqlalchemy_url(url)).begin() as connection:
        connection.execute(text(CONSTRAINED[database].format(table=table, what=what, column=column)))
    for write in (
        lambda: store.rename(made, MARKERS["title"]),
        lambda: store.save_note(made, "q.a", MARKERS["note"], 1),
        lambda: store.create(MARKERS["title"], "v", {}, {"q.a": MARKERS["note"]}),
        lambda: store.comment(made, "q.a", MARKERS["comment"]),
    ):
        try:
            write()
        except StoreError as problem:
            refused += 1
            told = "".join(traceback.format_exception(problem)) + str(problem) + repr(problem.text)
            assert not in_it(told), told
    assert refused and not in_it(caplog.text)


def test_what_somebody_wrote_is_in_no_error_about_it(store: Store, url: str) -> None:
    made = kept(store)
    with create_engine(sqlalchemy_url(url)).begin() as connection:
        changed = {"value": json.dumps({"note": MARKERS["note"]})}
        as_json = "CAST(:value AS JSON)" if connection.dialect.name == "postgresql" else ":value"
        connection.execute(text(f"UPDATE events SET value = {as_json} WHERE kind = 'action'"), changed)
    with pytest.raises(ValueError, match="validation error") as problem:
        store.open(made)
    assert not in_it("".join(traceback.format_exception(problem.value)))


INTERRUPTED = """
import sys, time
from pathlib import Path
import assessment.store.copies as copies
from assessment.store import Store

def stuck(*given):
    print("here", flush=True)
    time.sleep(60)

setattr(copies, {name!r}, stuck)
store = Store()
{work}
"""


@pytest.mark.parametrize(
    ("name", "work"),
    [
        ("transfer", "store.copies.restore(Path('../mine.zip'))"),
        ("_leave_out_deleted", "store.copies.backup(Path('../other.zip'))"),
    ],
)
def test_what_a_kill_leaves_in_temporary_folders_is_gone_with_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, work: str
) -> None:
    data, temporary = tmp_path / "data", tmp_path / "tmp"
    for folder in (data, temporary):
        folder.mkdir()
    store = Store(sqlite_url(data))
    kept(store)
    store.copies.backup(tmp_path / "mine.zip")
    here = Path(__file__).parents[2]
    environment = {**os.environ, "DIALOOGWIJZER_DATA": str(data), "TMPDIR": str(temporary), "PYTHONPATH": str(here)}
    script = INTERRUPTED.format(name=name, work=work)
    process = subprocess.Popen(
        [sys.executable, "-c", script], cwd=data, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None and process.stdout.readline() == "here\n"
    folders = [one for place in (temporary, tmp_path) for one in place.glob(f"{PREFIX}*")]
    assert left(*folders), "the whole database is there meanwhile"
    sweep(temporary)
    sweep(tmp_path)
    assert all(one.exists() for one in folders), "as long as it is used nobody sweeps it away"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    Store(sqlite_url(data)).close()
    store.copies.backup(tmp_path / "again.zip")  # beside a backup it is the next one there that sweeps
    assert not any(one.exists() for one in folders)
    assert not left(temporary)
    store.close()


def test_a_folder_for_a_while_is_for_this_user_alone_and_gone_afterwards(tmp_path: Path) -> None:
    with scratch(tmp_path) as folder:
        (folder / "x").write_text("y")
        assert folder.stat().st_mode & 0o777 == 0o700
        with scratch(tmp_path) as other:
            assert folder.exists() and other != folder
    assert list(tmp_path.iterdir()) == []
    (tmp_path / f"{PREFIX}link").symlink_to(tmp_path.parent)
    sweep(tmp_path)
    assert tmp_path.exists() and (tmp_path / f"{PREFIX}link").is_symlink()


def test_everything_is_for_its_user_alone_also_where_it_was_there_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIALOOGWIJZER_DATA", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    before = os.umask(0)
    try:
        first = Store()
        first.create("A", "v")
        tmp_path.chmod(0o755)
        for file in tmp_path.iterdir():
            file.chmod(0o666)
        store = Store()
        kept(store)
        store.copies.backup(tmp_path / "mine.zip")
        store.copies.restore(tmp_path / "mine.zip")
    finally:
        os.umask(before)
    assert tmp_path.stat().st_mode & 0o777 == 0o700
    assert {
        file.name: oct(file.stat().st_mode & 0o777) for file in tmp_path.iterdir() if file.stat().st_mode & 0o077
    } == {}
    assert len(list(tmp_path.iterdir())) >= 3
    first.close()
    store.close()


def test_a_folder_that_everybody_uses_is_left_as_it_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o1777)
    private_folder(tmp_path)
    assert tmp_path.stat().st_mode & 0o7777 == 0o1777
