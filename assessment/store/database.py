"""The database: one SQLite file unless a URL says otherwise, and transactions that report a failure in one line."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from threading import Lock

from platformdirs import user_data_path
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from sqlalchemy.pool import ConnectionPoolEntry

from assessment.store.ages import Ages
from assessment.store.errors import StoreError, Unfinished, Unreachable
from knowledge.private import FOLDER, private_file, private_folder
from knowledge.text import Text

FILE_NAME = "dialoogwijzer.sqlite"
SERVER = {
    "pool_pre_ping": True,  # after the server was away, its old connections are of no use
    "pool_size": 20,
    "connect_args": {"connect_timeout": 5, "tcp_user_timeout": 20_000},
}
"""How to talk with a database on a server, which can be away."""
POSTGRESQL = ("postgres", "postgresql")
BUSY = 30_000
"""How long to wait for another writer, in milliseconds."""


def data_folder() -> Path:
    """The folder named by DIALOOGWIJZER_DATA, or else the place that this system has for a user's data."""
    named = os.environ.get("DIALOOGWIJZER_DATA")
    return Path(named).expanduser() if named else user_data_path("dialoogwijzer", appauthor=False)


class Database:
    """Connections to one database, which `where` names in messages (without a password)."""

    def __init__(self, url: str | None = None):
        """Without a URL: that in DATABASE_URL, or else the file in the data folder, made when it is missing.

        Raises:
            StoreError: the URL is none, or the folder cannot be made.
        """
        try:
            address = _address(url or os.environ.get("DATABASE_URL"))
        except ArgumentError as problem:
            raise StoreError(
                Text(nl="Het adres van de database is niet te lezen.", en="The address of the database cannot be read.")
            ) from problem
        is_sqlite = address.get_backend_name() == "sqlite"
        self.file = Path(address.database) if is_sqlite and address.database else None
        self.where = str(self.file or address.render_as_string(hide_password=True))
        self.ages = Ages()
        self._inode: int | None = None
        self._turn = Lock()  # writers to a file in one process wait here, where nobody is kept waiting by chance
        try:
            self.engine = create_engine(address, hide_parameters=True, **({} if is_sqlite else SERVER))
            if self.file:
                _make_private(self.file)
        except (ArgumentError, ImportError, OSError) as problem:
            raise StoreError(_unusable(self.where, problem)) from None
        if self.file:
            _use_sqlite_safely(self.engine)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the database.

        Raises:
            Unreachable: the database cannot be read.
        """
        with self._transaction(writes=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is written as a whole or not at all; on SQLite no other writer is let in meanwhile.

        Raises:
            Unreachable: the database cannot be written.
        """
        with self._turn if self.file else nullcontext(), self._transaction(writes=True) as connection:
            yield connection

    def write_ahead(self) -> None:
        """Let readers go on while another writes (SQLite remembers this in the file)."""
        if self.file:
            with self.reporting(), closing(sqlite3.connect(self.file)) as connection:
                connection.execute("PRAGMA journal_mode = WAL")

    def erase(self) -> None:
        """Clear what was deleted from the files of the database: of SQLite also from the log of the file.

        Raises:
            Unfinished: others kept reading, so that traces of what was deleted may still be there.
        """
        if not self.file:
            from assessment.store.clearing import clear  # its driver is only there where PostgreSQL is used

            with self.reporting():
                clear(self.engine)
            return
        with self.reporting(), closing(sqlite3.connect(self.file, timeout=BUSY / 1000)) as connection:
            connection.executescript("PRAGMA temp_store = MEMORY; PRAGMA secure_delete = ON; VACUUM")
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise Unfinished

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _transaction(self, writes: bool) -> Iterator[Connection]:
        with self.reporting(), self._connected() as connection:
            connection.execution_options(writes=writes)
            if not writes and not self.file:
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def _connected(self) -> Connection:
        """A connection to what stands there now: one that is open goes on writing to a file that was taken away."""
        if self.file and self._inode is not None and self._inode != (here := self.file.stat().st_ino):
            self.engine.dispose()
            self._inode = here
        connection = self.engine.connect()
        if self.file and self._inode is None and self.file.exists():
            self._inode = self.file.stat().st_ino
        return connection

    @contextmanager
    def reporting(self) -> Iterator[None]:
        """Tell of a failure in one line, without what was to be written: that error can hold titles and notes.

        Raises:
            Unreachable: the database cannot be used.
        """
        try:
            yield
        except (DBAPIError, NoConnectionFree, sqlite3.Error, OSError) as problem:
            raise Unreachable(_unusable(self.where, getattr(problem, "orig", problem))) from None


def _address(url: str | None) -> URL:
    if not url:
        return URL.create("sqlite", database=str(data_folder() / FILE_NAME))
    address = make_url(url)
    return address.set(drivername="postgresql+psycopg") if address.drivername in POSTGRESQL else address


def _use_sqlite_safely(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver begins no transaction by itself; `begin` does
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY}")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute("PRAGMA trusted_schema = OFF")  # what a file defines itself runs nothing
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _make_private(file: Path) -> None:
    """The file with its log, and the folder where that is ours, are for this user alone, also what is there already."""
    if file.parent == data_folder():
        private_folder(file.parent)
    else:
        file.parent.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    private_file(file)
    for beside in (file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
        if beside.exists():
            private_file(beside)


def _unusable(where: str, problem: BaseException) -> Text:
    told = getattr(getattr(problem, "diag", None), "message_primary", None)  # of PostgreSQL, without the values
    cause = " ".join(str(told or problem).split())
    return Text(
        nl=f"De gegevens in {where} zijn niet te gebruiken ({cause}); er is niets aan veranderd.",
        en=f"The data in {where} cannot be used ({cause}); nothing in it was changed.",
    )
