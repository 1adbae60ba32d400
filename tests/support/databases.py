"""The databases that the store is tested on: SQLite in a folder, and a PostgreSQL of our own where there is one.

PostgreSQL comes from Debian's package. It runs in a temporary folder on a socket there, for these tests only; with
DIALOOGWIJZER_TEST_POSTGRESQL set to the URL of an empty server, that one is used.
"""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, create_engine, select, text

from assessment.store import Store
from assessment.store.database import FILE_NAME
from assessment.store.tables import assessments, metadata

GIVEN = "DIALOOGWIJZER_TEST_POSTGRESQL"
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
WITHOUT = "not run on PostgreSQL: it is not installed here (Debian: apt-get install postgresql)"
NOBODY = "postgres"
"""The user of this system as whom PostgreSQL runs when the tests run as root, which it refuses to be."""


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{folder / FILE_NAME}"


@cache
def _empty_store() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        Store(sqlite_url(Path(folder))).close()
        return (Path(folder) / FILE_NAME).read_bytes()


def migrated(folder: Path) -> str:
    """The address of an empty database in this folder that went through every migration; they run once per process."""
    (folder / FILE_NAME).write_bytes(_empty_store())
    return sqlite_url(folder)


def sqlalchemy_url(url: str) -> str:
    """The URL for SQLAlchemy itself, which is told the driver."""
    return url.replace("postgresql:", "postgresql+psycopg:", 1)


class Postgresql:
    """A server in a folder of its own, which can be stopped at once, as with a power cut, and started again."""

    def __init__(self) -> None:
        self._binaries = BINARIES[-1]
        self._as = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
        self.folder = Path(tempfile.mkdtemp(prefix="dialoogwijzer-pg-"))
        if self._as:
            account = pwd.getpwnam(NOBODY)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self._run("initdb", "-D", "data", "-U", "tester", "-A", "trust", "-E", "UTF8", "--locale", "C", "--no-sync")
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers; `listen_addresses` is empty, so nobody elsewhere can reach it.

        Tests kill the server and never the system, which keeps what it was given: waiting for the disk says nothing.
        """
        settings = f"-c listen_addresses= -c unix_socket_directories={self.folder} -c max_connections=60 -c fsync=off"
        self._run("pg_ctl", "-D", "data", "-w", "-t", "60", "-l", "log", "-o", settings, "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop; 'immediate' leaves it as a crash would."""
        self._run("pg_ctl", "-D", "data", "-w", "-m", mode, "stop")

    def crash(self) -> None:
        """Kill it as a power cut does; its lock files go, as the number of a dead process may still be in use."""
        lock = self.folder / "data" / "postmaster.pid"
        os.kill(int(lock.read_text().split()[0]), signal.SIGKILL)
        while any(map(self._works_here, Path("/proc").glob("[0-9]*"))):
            time.sleep(0.05)
        for one in (lock, *self.folder.glob(".s.PGSQL.*")):
            one.unlink()

    def _works_here(self, process: Path) -> bool:
        with suppress(OSError):
            return (process / "cwd").readlink() == self.folder / "data"
        return False

    def url(self, name: str) -> str:
        """The address of a database on this server."""
        return f"postgresql://tester@/{name}?host={self.folder}"

    def _run(self, program: str, *arguments: str) -> None:
        with tempfile.TemporaryFile("w+") as told:
            done = subprocess.run(
                [self._binaries / program, *arguments],
                cwd=self.folder, env={**os.environ, "LC_ALL": "C"}, stdout=told, stderr=told, **self._as,
            )  # fmt: skip
            told.seek(0)
            assert done.returncode == 0, told.read()

    def remove(self) -> None:
        """Stop and leave nothing."""
        self.stop()
        shutil.rmtree(self.folder)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql | None]:
    """The server of these tests; None where the URL of another one is given."""
    if os.environ.get(GIVEN):
        yield None
        return
    if not BINARIES:
        pytest.skip(WITHOUT)
    server = Postgresql()
    yield server
    server.remove()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on."""
    return str(request.param)


@pytest.fixture
def url(database: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database; where a store is opened on it, one that went through every migration."""
    ready = "store" in request.fixturenames
    if database == "sqlite":
        yield migrated(tmp_path) if ready else sqlite_url(tmp_path)
        return
    server: Postgresql | None = request.getfixturevalue("postgresql")
    main = server.url("postgres") if server else os.environ[GIVEN]
    name = _emptied.pop() if ready and _emptied else _made(main, ready)
    yield _named(main, name)
    if ready and _layout(_named(main, name)) == _as_prepared(main):
        _empty(_named(main, name))
        _emptied.append(name)
    else:
        _administer(main, f"DROP DATABASE {name} WITH (FORCE)")


_emptied: list[str] = []
"""Databases that a test is done with, empty and as prepared: to make one takes ten times as long."""


def _made(main: str, ready: bool) -> str:
    name = f"test_{uuid.uuid4().hex}"
    _administer(main, f"CREATE DATABASE {name}{f' TEMPLATE {_prepared(main)}' if ready else ''}")
    return name


def _layout(url: str) -> list[tuple[Any, ...]]:
    """The columns, with what is refused, indexed and done at a change, and the number of the last migration."""
    return _asked(
        url,
        "SELECT attrelid::regclass::text, attname, atttypid::regtype::text FROM pg_attribute WHERE attnum > 0 "
        "AND attrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace) "
        "UNION ALL SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = 'public'::regnamespace "
        "UNION ALL SELECT tgname, tgrelid::regclass::text, '' FROM pg_trigger WHERE NOT tgisinternal "
        "UNION ALL SELECT proname, prosrc, '' FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
        "UNION ALL SELECT version_num, '', '' FROM alembic_version ORDER BY 1, 2, 3",
    )


@cache
def _as_prepared(main: str) -> list[tuple[Any, ...]]:
    return _layout(_named(main, _prepared(main)))


def _empty(url: str) -> None:
    """Take away all rows, once nobody is connected any more."""
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    names = ", ".join(table.name for table in metadata.sorted_tables)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"{others} AND pid <> pg_backend_pid()".encode())
        connection.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE".encode())


def _asked(url: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


@cache
def _prepared(main: str) -> str:
    """The name of a database on this server to make others after."""
    name = f"prepared_{uuid.uuid4().hex}"
    _administer(main, f"CREATE DATABASE {name}")
    Store(_named(main, name)).close()
    return name


def _administer(url: str, command: str) -> None:
    engine = create_engine(sqlalchemy_url(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(command))
    engine.dispose()


def _named(url: str, name: str) -> str:
    if "/postgres?" in url:
        return url.replace("/postgres?", f"/{name}?")
    made = create_engine(sqlalchemy_url(url)).url.set(database=name)
    return made.render_as_string(hide_password=False)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store on an empty database."""
    opened = Store(url)
    yield opened
    opened.close()


def content(connection: Connection) -> dict[str, set[tuple[Any, ...]]]:
    """What is stored about each assessment, and about none ('')."""
    found: dict[str, set[tuple[Any, ...]]] = {}
    for table in metadata.sorted_tables:
        for row in connection.execute(select(table)):
            about = row.id if table is assessments else getattr(row, "assessment", "")
            found.setdefault(about, set()).add((table.name, *map(str, row)))
    return found
