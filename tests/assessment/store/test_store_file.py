"""The file under the store: it survives a kill, is copied before a migration, and strange files are left alone."""

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory

from assessment.store import Store, StoreError, Unreachable
from assessment.store.database import Database, data_folder
from assessment.store.migration import MIGRATIONS, prepare
from tests.assessment.store.test_store import answers
from tests.support.amounts import amount
from tests.support.databases import sqlite_url

pytestmark = pytest.mark.slow

HEAD = str(ScriptDirectory(str(MIGRATIONS)).get_current_head())

SAVING = """
import sys
from assessment.store import Store

store, assessment = Store(sys.argv[1]), sys.argv[2]
revision = store.open(assessment).revision
for number in range(100_000):
    revision = store.save_answer(assessment, f"q{number}", number, revision)
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


def test_a_killed_process_loses_nothing_that_it_said_it_saved(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path)
    store = Store(url)
    chance = random.Random(5)
    running = []
    for _ in range(amount(1, 5)):
        assessment = store.create("A", "v")
        command = [sys.executable, "-c", SAVING, url, assessment]
        running.append((assessment, subprocess.Popen(command, stdout=subprocess.PIPE, text=True)))
    for assessment, process in running:
        assert process.stdout is not None
        printed = process.stdout.readline()
        time.sleep(chance.uniform(0, 0.3))
        process.kill()
        printed += process.communicate()[0]
        said = [int(line) for line in printed.splitlines(keepends=True) if line.endswith("\n")]
        saved = answers(Store(url), assessment)
        assert said
        assert all(saved[f"q{number}"] == number for number in said)
        assert len(saved) <= len(said) + 1
    store.close()


def test_processes_that_start_together_make_one_database(tmp_path: Path) -> None:
    start = "import sys; from assessment.store import Store; Store(sys.argv[1]).create('A', 'v')"
    processes = [subprocess.Popen([sys.executable, "-c", start, sqlite_url(tmp_path)]) for _ in range(3)]
    assert [process.wait() for process in processes] == [0] * 3
    assert len(Store(sqlite_url(tmp_path)).list()) == 3


@pytest.fixture
def newer(tmp_path: Path) -> Path:
    """The migrations of a version after this one."""
    migrations = tmp_path / "newer"
    shutil.copytree(MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    (migrations / "versions" / "next.py").write_text(
        '"""Add a colour."""\n'
        "import sqlalchemy as sa\n"
        "from alembic import op\n\n"
        f'revision = "next"\ndown_revision = "{HEAD}"\n\n\n'
        "def upgrade() -> None:\n"
        '    """Add it."""\n'
        '    with op.batch_alter_table("assessments", recreate="always") as batch:\n'
        '        batch.add_column(sa.Column("colour", sa.String(10)))\n'
    )
    return migrations


def test_a_database_is_copied_before_it_is_migrated(tmp_path: Path, newer: Path) -> None:
    url = sqlite_url(tmp_path)
    store = Store(url)
    assessment = store.create("A", "v", {"a": "yes"})
    assert not list(tmp_path.glob(f"*.{HEAD}.*")), "a new database needs no copy"
    database = Database(url)
    copy = prepare(database, newer)
    assert copy is not None
    assert prepare(database, newer) is None, "nothing is pending any more"
    assert answers(store, assessment) == {"a": "yes"}
    assert answers(Store(f"sqlite:///{copy}"), assessment) == {"a": "yes"}
    with closing(sqlite3.connect(copy)) as kept, closing(sqlite3.connect(tmp_path / "dialoogwijzer.sqlite")) as now:
        assert kept.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]
        assert now.execute("SELECT colour FROM assessments").fetchall() == [(None,)]


def test_a_migration_that_fails_changes_nothing(tmp_path: Path, newer: Path) -> None:
    url = sqlite_url(tmp_path)
    assessment = Store(url).create("A", "v", {"a": "yes"})
    script = newer / "versions" / "next.py"
    script.write_text(script.read_text() + '    op.execute("DELETE FROM nowhere")\n')
    with pytest.raises(StoreError, match=r"no such table.*nothing in it was changed\.$"):
        prepare(Database(url), newer)
    assert answers(Store(url), assessment) == {"a": "yes"}
    assert [path.suffix for path in tmp_path.glob(f"*.{HEAD}.*")] == [".sqlite"]


def refused(file: Path) -> str:
    """The one line with which this file is refused; it stays as it is."""
    before = file.read_bytes()
    with pytest.raises(StoreError) as problem:
        Store(f"sqlite:///{file}")
    assert file.read_bytes() == before
    assert str(file) in problem.value.text.nl
    assert "\n" not in problem.value.text.nl + problem.value.text.en
    return str(problem.value)


def test_a_file_of_a_newer_version_is_left_alone(tmp_path: Path, newer: Path) -> None:
    database = Database(sqlite_url(tmp_path))
    prepare(database, newer)
    database.close()
    assert "of a newer Dialoogwijzer" in refused(tmp_path / "dialoogwijzer.sqlite")


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "dialoogwijzer.sqlite"
    file.write_bytes(b"Dear diary, " * 1000)
    assert "file is not a database" in refused(file)


def test_a_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    assert "of another program" in refused(file)


@pytest.mark.parametrize("damage", ["cut off", "overwritten"])
def test_a_damaged_file_is_left_alone(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "dialoogwijzer.sqlite"
    store = Store(sqlite_url(tmp_path))
    store.create("A", "v", {f"q{number}": "yes" for number in range(500)})
    store.close()
    whole = file.read_bytes()
    file.write_bytes(whole[:-8192] if damage == "cut off" else whole[:16384] + b"\xaa" * 8192 + whole[24576:])
    assert "nothing in it was changed" in refused(file)


def test_a_database_that_cannot_be_reached_is_one_line_without_a_password(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for url in (f"sqlite:///{tmp_path}/file/below/x.sqlite", "nonsense", f"sqlite:///{tmp_path}"):
        with pytest.raises(StoreError) as problem:
            Store(url)
        assert "\n" not in str(problem.value)
    with pytest.raises(StoreError) as problem:
        Store("nosuchdriver://me:secret@localhost/x")
    assert "secret" not in str(problem.value)


def test_the_data_folder_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIALOOGWIJZER_DATA", str(tmp_path / "100% mine" / "data"))
    assessment = Store().create("A", "v")
    assert Store().open(assessment).assessment.title == "A"
    assert (tmp_path / "100% mine" / "data" / "dialoogwijzer.sqlite").is_file()
    monkeypatch.delenv("DIALOOGWIJZER_DATA")
    assert data_folder().name == "dialoogwijzer"


def test_nothing_is_written_to_a_file_that_was_taken_away(tmp_path: Path) -> None:
    folder, elsewhere, copied = (tmp_path / name for name in ("here", "elsewhere", "copied"))
    store = Store(sqlite_url(folder))
    assessment = store.create("A", "v", {"q1": "yes"})
    folder.rename(elsewhere)
    with pytest.raises(Unreachable):
        store.save_answer(assessment, "q2", "yes", 2)
    with pytest.raises(Unreachable):
        store.open(assessment)
    assert not folder.exists(), "no empty database takes its place"
    elsewhere.rename(folder)
    store.save_answer(assessment, "q3", "yes", 2)
    assert answers(store, assessment) == {"q1": "yes", "q3": "yes"}
    store.close()

    shutil.copytree(folder, copied)
    store.save_answer(assessment, "q4", "yes", 3)
    shutil.rmtree(folder)
    copied.rename(folder)
    assert answers(store, assessment) == {"q1": "yes", "q3": "yes"}, "another file stands there now"
    store.close()
