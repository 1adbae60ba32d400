"""Brings a database to the tables of this version; one that it does not know it leaves as it is."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, func, inspect, select

from assessment.store.copying import copy
from assessment.store.database import FILE_NAME, Database, data_folder
from assessment.store.errors import StoreError
from assessment.store.tables import assessments
from knowledge.private import private_folder
from knowledge.text import Text

MIGRATIONS = Path(__file__).parent / "migrations"
MIGRATING = 4_230_917
"""The number of the lock that a process holds in PostgreSQL while it migrates."""


def prepare(database: Database, migrations: Path = MIGRATIONS) -> Path | None:
    """Make or migrate the tables where that is needed. Everything is copied first; the copy's path is returned.

    Raises:
        StoreError: the database is damaged, is not ours, or was made by a newer version.
    """
    config, copy = _config(migrations), None
    scripts = _ours() if migrations == MIGRATIONS else ScriptDirectory.from_config(config)
    with database.reading() as connection:
        _refuse_damage(connection, database)
        version = version_of(connection, database, scripts)
    if version != scripts.get_current_head():
        with database.writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(MIGRATING)))
            version = version_of(connection, database, scripts)  # another process may have been first
            if version and version != scripts.get_current_head():
                copy = _copy(database, version)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    database.write_ahead()
    return copy


def _refuse_damage(connection: Connection, database: Database) -> None:
    if database.file and connection.exec_driver_sql("PRAGMA quick_check(1)").scalar() != "ok":
        raise StoreError(
            Text(
                nl=f"Het bestand {database.where} is beschadigd; er is niets aan veranderd.",
                en=f"The file {database.where} is damaged; nothing in it was changed.",
            )
        )


def version_of(connection: Connection, database: Database, scripts: ScriptDirectory | None = None) -> str | None:
    """The version of the tables; None for a database that is still empty.

    Raises:
        StoreError: the database is not ours, or was made by a newer version.
    """
    scripts = scripts or _ours()
    tables = inspect(connection).get_table_names()
    versions = MigrationContext.configure(connection).get_current_heads()
    if tables and (not versions or assessments.name not in tables):
        raise StoreError(
            Text(
                nl=f"In {database.where} staan gegevens van een ander programma; er is niets aan veranderd.",
                en=f"{database.where} holds data of another program; nothing in it was changed.",
            )
        )
    if not set(versions) <= {script.revision for script in scripts.walk_revisions()}:
        raise StoreError(
            Text(
                nl=f"{database.where} is van een nieuwere Dialoogwijzer; gebruik die. Er is niets aan veranderd.",
                en=f"{database.where} is of a newer Dialoogwijzer; use that one. Nothing in it was changed.",
            )
        )
    return versions[0] if versions else None


def _copy(database: Database, version: str) -> Path:
    file = database.file or data_folder() / FILE_NAME
    if database.file is None:
        private_folder(file.parent)
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%S-%f")
    target = file.with_name(f"{file.stem}.{version}.{moment}.sqlite")
    copy(database, target)
    return target


@cache
def _ours() -> ScriptDirectory:
    """The migrations that come along; read once, as each store that is opened asks which is the last."""
    return ScriptDirectory.from_config(_config(MIGRATIONS))


def _config(migrations: Path) -> Config:
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    return config
