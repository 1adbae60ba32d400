"""A backup in which something else stands than we would have written is a damaged file, whatever it is."""

import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assessment.answers.export import export_everything
from assessment.plan import Decision
from assessment.store import Adoption, Advised, Store, StoreError
from assessment.store.database import FILE_NAME
from assessment.store.history_in_words import lines, moments
from assessment.store.tables import metadata
from assessment.training.groups import Groups
from assessment.training.own_cases import OwnCases
from knowledge.base import knowledge_base
from tests.assessment.store.test_past_texts import TASK
from tests.support.amounts import LONG
from tests.support.databases import migrated, sqlite_url

pytestmark = pytest.mark.slow

GROUP = """
INSERT INTO training_groups (id, code, case_id, began, place) VALUES ('g', '123456', 'company-b', '2026-01-01', 0);
INSERT INTO training_votes VALUES ('g', 'first', 'open');
INSERT INTO training_totals VALUES ('g', 'first', 'a', 'hand', 3);
INSERT INTO training_voters VALUES ('g', 'first', 'x');
INSERT INTO own_cases VALUES ('own-a', 'anna', 'title: A');
"""
STRANGE = {
    "another table": "CREATE TABLE more (x)",
    "a virtual table": "CREATE VIRTUAL TABLE more USING fts5(x)",
    "a view": "CREATE VIEW more AS SELECT * FROM events",
    "a trigger": "CREATE TRIGGER more AFTER INSERT ON events BEGIN SELECT 1; END",
    "a table with almost a name of SQLite's own": "CREATE TABLE sqliteXmore (x)",
    "a view with almost a name of SQLite's own": "CREATE VIEW sqliteXmore AS SELECT * FROM events",
    "a trigger with almost a name of SQLite's own": "CREATE TRIGGER sqliteXmore AFTER INSERT ON events "
    "BEGIN SELECT 1; END",
    "rows that ours would not take": "CREATE TABLE more AS SELECT * FROM members; DROP TABLE members; "
    "ALTER TABLE more RENAME TO members; INSERT INTO members SELECT * FROM members",
    "another column": "ALTER TABLE events ADD COLUMN more TEXT",
    "a view as a table": "ALTER TABLE audit RENAME TO audit2; CREATE VIEW audit AS SELECT * FROM audit2",
    "a moment that is none": "UPDATE assessments SET updated = 'zzz'",
    "the largest number": f"UPDATE events SET number = {2**63 - 1} WHERE number = 1",
    "the largest number of the list": f"UPDATE audit SET number = {2**63 - 1} WHERE number = 1",
    "a hole in the numbers": "UPDATE events SET number = 900 WHERE number = 1",
    "an event of nothing": "INSERT INTO events SELECT 'nobody', number, made_at, made_by, kind, question, value, "
    "knowledge_version, undoes FROM events",
    "nothing of an assessment": "DELETE FROM events",
    "another role": "UPDATE members SET role = 'admin'",
    "another kind": "UPDATE events SET kind = 'code'",
    "a title that is too long": "UPDATE events SET value = '\"' || replace(hex(zeroblob(4000)), '0', 'x') || '\"' "
    "WHERE kind = 'title'",
    "no JSON": "UPDATE events SET value = '{' WHERE kind = 'note'",
    "deep JSON": "UPDATE events SET value = replace(hex(zeroblob(50000)), '0', '[') WHERE kind = 'note'",
    "an adoption without its parts": "UPDATE events SET value = '{}' WHERE kind = 'adopted'",
    "an earlier answer that is none": "UPDATE events SET kind = 'kept', value = '{}' WHERE kind = 'answer'",
    "a decision on another task": "UPDATE events SET question = 'homework.q.z' WHERE kind = 'action'",
    "no rows that belong together": "PRAGMA foreign_keys = OFF; DELETE FROM assessments",
}
VALUES = ("zzz", 2**63 - 1, 1.5, b"\xff", None, "x" * 6_000, '{"a": 1}')


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    folder = tmp_path / "data"
    folder.mkdir()
    opened = Store(migrated(folder))
    yield opened
    opened.close()


@pytest.fixture
def backup(store: Store, tmp_path: Path) -> Path:
    """A database with a row in every table, unpacked."""
    advised = Advised(knowledge_version="w", rules_version="r", lessons=(), tasks=(), asked=())
    anna = store.seen_by("anna")
    made = anna.create("A", "v", {"q.a": "yes"}, {"q.a": "note"})
    anna.save_action(made, TASK.key, Decision(task=TASK, owner="Noor"), anna.open(made).revision)
    adoption = Adoption(from_version="v", answers={"q.b": "yes"}, set_aside={}, renamed={}, advised=advised)
    anna.adopt(made, adoption, anna.open(made).revision)
    anna.sharing.share(made, "reader")
    with closing(sqlite3.connect(tmp_path / "data" / FILE_NAME)) as connection:
        connection.executescript(GROUP)
    file = tmp_path / "mine.zip"
    store.copies.backup(file)
    with zipfile.ZipFile(file) as zipped:
        zipped.extract(FILE_NAME, tmp_path)
    return tmp_path / FILE_NAME


def everything(store: Store) -> str:
    """What every call gives of what is stored, each of which must work."""
    told = []
    for view in (store, store.seen_by("anna")):
        for one in view.list():
            past = view.history(one.id)
            shown = (lines(past, knowledge_base()), moments(past))
            told.append((one, view.open(one.id), past, shown, view.sharing.members(one.id), view.sharing.audit(one.id)))
        export_everything(view)
    return repr((told, played(sqlite_url(Path(store.where).parent))))


def played(url: str) -> tuple[object, ...]:
    """What every call gives of groups and of cases of a trainer's own."""
    groups, cases = Groups(url), OwnCases(knowledge_base(), url)
    try:
        found = groups.list()
        return found, cases.all(), [cases.played_by(one.id) for one in found]
    finally:
        groups.close()
        cases.close()


def changed(file: Path, folder: Path, script: str) -> Path:
    other = folder / "changed.sqlite"
    other.write_bytes(file.read_bytes())
    with closing(sqlite3.connect(other)) as connection:
        connection.executescript(script)
        connection.commit()
    return other


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_backup_is_damaged_and_changes_nothing(store: Store, backup: Path, tmp_path: Path, name: str) -> None:
    file = changed(backup, tmp_path, STRANGE[name])
    before = repr(store.list()), store.copies.kept()
    with pytest.raises(StoreError) as refused:
        store.copies.restore(file)
    assert refused.value.text.nl == f"{file} is beschadigd; er is niets veranderd."
    assert (repr(store.list()), store.copies.kept()) == before  # no copy of everything stays behind either


@pytest.mark.parametrize("table", [table.name for table in metadata.sorted_tables])
def test_what_stands_in_a_backup_is_refused_or_works_in_every_call(
    store: Store, backup: Path, tmp_path: Path, table: str
) -> None:
    for place, column in enumerate(metadata.tables[table].columns):
        for value in VALUES if LONG else (VALUES[place % len(VALUES)],):
            other = tmp_path / "changed.sqlite"
            other.write_bytes(backup.read_bytes())
            with closing(sqlite3.connect(other)) as connection, suppress(sqlite3.IntegrityError):
                connection.execute(f"UPDATE {table} SET {column.name} = ?", (value,))
                connection.commit()
            told = restored(store, other)
            assert told in ("", f"{other} is damaged; nothing was changed."), (column.name, value)
            if told:
                continue
            everything(store)
            made = store.seen_by("anna").create("Nieuw", "v")  # what comes after finds its place too
            store.seen_by("anna").exported(made, "pdf")


def restored(store: Store, file: Path) -> str:
    """Why a file was refused; empty where it was put back."""
    try:
        kept = store.copies.restore(file)
    except StoreError as problem:
        return problem.text.en
    assert kept is not None
    kept.unlink()
    return ""


def test_a_backup_that_is_in_order_is_put_back(store: Store, backup: Path) -> None:
    before = [(store.open(one.id), store.history(one.id)) for one in store.list()]
    store.create("Later", "v")
    store.copies.restore(backup)
    assert [(store.open(one.id), store.history(one.id)) for one in store.list()] == before


def test_whatever_goes_wrong_inside_is_a_damaged_file(
    store: Store, backup: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(connection: object) -> None:
        raise LookupError("Fatima")

    monkeypatch.setattr("assessment.store.copies.refuse_strange", broken)
    with pytest.raises(StoreError, match=r"is damaged; nothing was changed\.$"):
        store.copies.restore(backup)
    assert "LookupError" in caplog.text and "Fatima" not in caplog.text


def test_moments_of_the_future_and_of_long_ago_are_ours(store: Store, backup: Path, tmp_path: Path) -> None:
    """A clock that was wrong once is no damage."""
    file = changed(backup, tmp_path, "UPDATE events SET made_at = '2041-01-01 00:00:00'")
    store.copies.restore(file)
    assert store.list()[0].updated.year == datetime.now(UTC).year
