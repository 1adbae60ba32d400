"""Copies a whole database, row by row where it must be, so that a copy is always one SQLite file."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import JSON, Connection, DateTime, MetaData, create_engine, insert, select, text

from assessment.store.database import Database
from assessment.store.tables import Moment

ROWS = 1_000


def copy(database: Database, target: Path) -> None:
    """Copy what is committed to a SQLite file; a copy that is not whole does not have the name `target`.

    Raises:
        StoreError: the database cannot be read, or the copy cannot be written.
    """
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    with database.reporting():
        part.touch(mode=0o600)
        if database.file:
            with closing(sqlite3.connect(database.file)) as source, closing(sqlite3.connect(part)) as written:
                source.backup(written)
        else:
            engine = create_engine(f"sqlite:///{part}")
            with database.reading() as connection, engine.begin() as written_to:
                as_stored(connection).create_all(written_to)
                transfer(connection, written_to)
            engine.dispose()
        part.rename(target)


def transfer(source: Connection, target: Connection) -> None:
    """Add all rows of one database to the tables of the same names in another, which has the same version."""
    there = as_stored(target)
    for table in as_stored(source).sorted_tables:
        for rows in source.execution_options(stream_results=True).execute(select(table)).mappings().partitions(ROWS):
            target.execute(insert(there.tables[table.name]), [dict(row) for row in rows])
    if target.dialect.name == "postgresql":
        _count_on(target, there)


def as_stored(connection: Connection) -> MetaData:
    """The tables as they are in this database, whichever its version, with values as we read and write them."""
    found = MetaData()
    found.reflect(connection)
    for table in found.tables.values():
        for column in table.columns:
            if isinstance(column.type, JSON):
                column.type = JSON(none_as_null=True)
            elif isinstance(column.type, DateTime):
                column.type = Moment()
            column.server_default = None
    return found


def _count_on(connection: Connection, tables: MetaData) -> None:
    """Let numbers that PostgreSQL gives out go on after the highest that there is."""
    for table in tables.tables.values():
        for column in table.primary_key:
            counter = connection.scalar(
                text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": table.name, "column": column.name}
            )
            if counter is not None:
                highest = connection.scalar(select(column).order_by(column.desc()).limit(1))
                connection.execute(
                    text("SELECT setval(:counter, :value, :used)"),
                    {"counter": counter, "value": highest or 1, "used": highest is not None},
                )
