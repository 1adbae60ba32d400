"""Backup and restore of everything, and deletion after which nothing is left to read."""

import random
import shutil
import sqlite3
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import create_engine, text

from assessment.store import Store, StoreError
from assessment.store.database import FILE_NAME, Database
from assessment.store.migration import MIGRATIONS, prepare
from tests.assessment.store.test_removal import SECRET, left_in
from tests.support.databases import migrated, sqlite_url
from ui.server import serve

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's data folder, where copies of a PostgreSQL database go."""
    monkeypatch.setenv("DIALOOGWIJZER_DATA", str(tmp_path))
    return tmp_path


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Store]:
    """A second, empty store, on SQLite."""
    (tmp_path / "elsewhere").mkdir()
    opened = Store(migrated(tmp_path / "elsewhere"))
    yield opened
    opened.close()


def everything(store: Store) -> dict[str, object]:
    return {
        one.id: (store.open(one.id), store.history(one.id), store.sharing.members(one.id), store.sharing.audit(one.id))
        for one in store.list()
    }


def filled(store: Store) -> str:
    anna = store.seen_by("anna")
    made = anna.create("Gesprek ☂", "v", {"a": "yes", "b": ("x", "y"), "c": 0}, {"a": "Noot\n"}, case="case-1")
    anna.save_answer(made, "a", None, anna.open(made).revision)
    anna.sharing.share(made, "reader")
    store.create("Zonder eigenaar", "v")
    return made


def test_a_backup_brings_everything_back(store: Store, tmp_path: Path) -> None:
    made = filled(store)
    before, file = everything(store), tmp_path / "mine.zip"
    store.copies.backup(file)
    assert file.stat().st_mode & 0o077 == 0, "only for its owner"
    store.delete(made)
    later = store.create("Later", "v")
    changed = everything(store)
    kept = store.copies.restore(file)
    assert everything(store) == before
    assert kept in store.copies.kept()
    store.seen_by("anna").exported(made, "pdf")  # new lines get new numbers
    assert kept is not None
    store.copies.restore(kept)
    assert everything(store) == changed
    assert later in changed


def test_a_backup_of_one_database_fits_the_other(store: Store, elsewhere: Store, tmp_path: Path) -> None:
    filled(store)
    store.copies.backup(tmp_path / "one.zip")
    assert elsewhere.copies.restore(tmp_path / "one.zip") is None, "there was nothing to keep"
    assert everything(elsewhere) == everything(store)
    elsewhere.create("Nog een", "v")
    elsewhere.copies.backup(tmp_path / "two.zip")
    store.copies.restore(tmp_path / "two.zip")
    assert everything(elsewhere) == everything(store)


def test_what_was_deleted_is_in_no_backup(store: Store, elsewhere: Store, tmp_path: Path) -> None:
    made, stays = store.create(SECRET, "v"), store.create("Blijft", "v")
    store.set_apart(made)
    store.copies.backup(tmp_path / "mine.zip")
    with zipfile.ZipFile(tmp_path / "mine.zip") as zipped:
        assert SECRET.encode() not in zipped.read(FILE_NAME)
    elsewhere.copies.restore(tmp_path / "mine.zip")
    assert [one.id for one in elsewhere.list()] == [stays] and not elsewhere.deleted()
    store.put_back(made)
    assert store.open(made).assessment.title == SECRET, "the backup took nothing away"


def test_while_the_application_runs_what_was_deleted_goes_for_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "LOOKS_EACH_SECONDS", 0.05)
    monkeypatch.setenv("DATABASE_URL", sqlite_url(tmp_path))
    store, stopped = Store(), Event()
    made, later = store.create(SECRET, "v"), store.create("Later", "v")
    for one in (made, later):
        store.set_apart(one)
    with create_engine(sqlite_url(tmp_path)).begin() as connection:
        connection.execute(text("UPDATE assessments SET deleted_at = '2025-01-01' WHERE id = :id"), {"id": made})
    removing = Thread(target=serve.remove_deleted, args=(stopped,))
    removing.start()
    until = time.monotonic() + 30
    while left_in(tmp_path, SECRET) and time.monotonic() < until:
        time.sleep(0.05)
    stopped.set()
    removing.join()
    assert not left_in(tmp_path, SECRET)
    assert [one.id for one in store.deleted()] == [later], "this one can still be put back"


def test_a_backup_never_writes_over_a_file(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "mine.zip"
    file.write_text("dear")
    with pytest.raises(StoreError, match=r"exists already; choose another name\.$"):
        store.copies.backup(file)
    with pytest.raises(StoreError, match="cannot be written"):
        store.copies.backup(tmp_path / "no folder" / "mine.zip")
    assert file.read_text() == "dear"
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".zip" or one.name.startswith(".")] == ["mine.zip"]


def test_a_restore_of_an_older_version_is_migrated(elsewhere: Store, tmp_path: Path) -> None:
    first = MIGRATIONS / "versions" / "v1_events.py"
    older = tmp_path / "older"
    shutil.copytree(MIGRATIONS, older, ignore=lambda folder, names: [
        name for name in names if name.startswith(("v", "_")) and name not in ("versions", first.name)
    ])  # fmt: skip
    database = Database(f"sqlite:///{tmp_path / 'old.sqlite'}")
    prepare(database, older)
    with database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO assessments VALUES ('one', NULL, 1)")
        connection.exec_driver_sql(
            "INSERT INTO events VALUES ('one', 1, '2025-01-01 00:00:00', 'local', 'title', NULL, '\"Oud\"', 'v', NULL)"
        )
    database.close()
    elsewhere.copies.restore(tmp_path / "old.sqlite")
    assert elsewhere.open("one").assessment.title == "Oud"


def test_before_a_migration_all_is_copied(url: str, tmp_path: Path) -> None:
    store = Store(url)
    filled(store)
    before = everything(store)
    newer = tmp_path / "newer"
    shutil.copytree(MIGRATIONS, newer, ignore=shutil.ignore_patterns("__pycache__"))
    head = max(path.stem.split("_")[0] for path in (MIGRATIONS / "versions").glob("v*.py"))
    (newer / "versions" / "next.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n\n"
        f'revision = "next"\ndown_revision = "{head}"\n\n\n'
        'def upgrade() -> None:\n    op.add_column("assessments", sa.Column("colour", sa.String(10)))\n'
    )
    copy = prepare(Database(url), newer)
    assert copy in store.copies.kept()
    store.close()
    kept = Store(f"sqlite:///{copy}")
    assert everything(kept) == before
    kept.close()


def refused(store: Store, file: Path) -> str:
    before = everything(store)
    with pytest.raises(StoreError) as problem:
        store.copies.restore(file)
    assert everything(store) == before
    assert not store.copies.kept(), "nothing changed, so nothing had to be kept"
    for said in (problem.value.text.nl, problem.value.text.en):
        assert "\n" not in said
        assert str(file) in said
    return problem.value.text.en


def test_a_file_that_is_no_backup_is_refused(store: Store, tmp_path: Path) -> None:
    filled(store)
    files = tmp_path / "files"
    files.mkdir()
    (files / "text.zip").write_text("Dear diary")
    (files / "empty.zip").touch()
    with zipfile.ZipFile(files / "other.zip", "w") as zipped:
        zipped.writestr("letter.txt", "Dear")
    with zipfile.ZipFile(files / "text inside.zip", "w") as zipped:
        zipped.writestr(FILE_NAME, "Dear diary")
    with closing(sqlite3.connect(files / "nothing.sqlite")) as connection:
        connection.execute("VACUUM")
    with closing(sqlite3.connect(files / "recipes.sqlite")) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    told = {file.name: refused(store, file) for file in files.iterdir()}
    assert "another program" in told.pop("recipes.sqlite")
    assert "is damaged" in told.pop("text inside.zip")
    assert all(line.endswith("is no backup of Dialoogwijzer; nothing was changed.") for line in told.values())
    assert "cannot be read" in refused(store, files / "missing.zip")
    assert "cannot be read" in refused(store, files)


def test_a_backup_of_a_newer_version_is_refused(store: Store, tmp_path: Path) -> None:
    filled(store)
    (tmp_path / "later").mkdir()
    file = tmp_path / "later" / "newer.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(
            "CREATE TABLE assessments (id TEXT); CREATE TABLE alembic_version (version_num TEXT);"
            "INSERT INTO alembic_version VALUES ('v999')"
        )
    assert "of a newer Dialoogwijzer" in refused(store, file)


def unpacked(file: Path) -> bytes | None:
    """What is in a backup; None where it cannot be unpacked."""
    try:
        with zipfile.ZipFile(file) as zipped:
            return zipped.read(FILE_NAME)
    except (zipfile.BadZipFile, zlib.error):
        return None


def test_a_damaged_backup_is_refused_wherever_the_damage_is(store: Store, elsewhere: Store, tmp_path: Path) -> None:
    filled(store)
    (tmp_path / "copies").mkdir()
    whole = tmp_path / "copies" / "whole.zip"
    store.copies.backup(whole)
    content, chance = whole.read_bytes(), random.Random(3)
    broken = tmp_path / "copies" / "broken.zip"
    begin, end = 30 + len(FILE_NAME), content.rindex(b"PK\x01\x02")
    harmed = 0
    while harmed < 25:
        at = chance.randrange(begin, end)
        broken.write_bytes(content[:at] + bytes([content[at] ^ (1 << chance.randrange(8))]) + content[at + 1 :])
        if unpacked(broken) != unpacked(whole):  # one bit in some thousand is filling
            assert "damaged" in refused(store, broken)
            harmed += 1
    for length in (chance.randrange(4, end) for _ in range(5)):
        broken.write_bytes(content[:length])
        assert "no backup" in refused(store, broken)


@pytest.mark.parametrize(
    "spoil",
    [
        "UPDATE events SET value = '{' WHERE kind = 'answer'",
        "UPDATE events SET value = '{\"a\": 1}' WHERE kind = 'answer'",
        "DELETE FROM events WHERE kind = 'title'",
        "DELETE FROM events",
        "DELETE FROM assessments",
        "UPDATE events SET made_at = 'yesterday'",
    ],
)
def test_a_backup_with_nonsense_in_it_is_refused(store: Store, tmp_path: Path, spoil: str) -> None:
    filled(store)
    (tmp_path / "copies").mkdir()
    store.copies.backup(tmp_path / "copies" / "whole.zip")
    with zipfile.ZipFile(tmp_path / "copies" / "whole.zip") as zipped:
        zipped.extract(FILE_NAME, tmp_path / "copies")
    file = tmp_path / "copies" / FILE_NAME
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(spoil)
        connection.commit()
    assert "is damaged; nothing was changed." in refused(store, file)
