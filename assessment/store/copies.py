"""Backup and restore of everything; a backup is a zip file with one SQLite file in it, also of PostgreSQL."""

import shutil
import sqlite3
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from assessment.store.checking import refuse_strange
from assessment.store.copying import as_stored, copy, transfer
from assessment.store.database import FILE_NAME, Database, data_folder
from assessment.store.errors import NotAllowed, StoreError, Unreachable
from assessment.store.migration import prepare, version_of
from assessment.store.people import Viewer
from assessment.store.removal import deleted_since, remove
from assessment.store.tables import assessments
from knowledge.damaged import told_as
from knowledge.private import private_file, private_folder, scratch
from knowledge.text import Text

SUFFIX = ".zip"
LARGEST = 4 * 1024**3
"""What a backup may hold, unpacked, in bytes."""
SQLITE = b"SQLite format 3\x00"


class Copies:
    """Whole copies of the database; not for users, who each see a part of it only."""

    def __init__(self, database: Database, viewer: Viewer):
        self._database = database
        self._viewer = viewer

    def backup(self, target: Path) -> None:
        """Write everything to a zip file, which appears under its name when it is whole.

        Raises:
            StoreError: the database cannot be read, the file exists already, or it cannot be written.
            NotAllowed: this is the store of a user.
        """
        self._require_no_user()
        if target.exists():
            raise StoreError(
                Text(
                    nl=f"{target} bestaat al; kies een andere naam.",
                    en=f"{target} exists already; choose another name.",
                )
            )
        try:
            with scratch(beside=target.parent) as folder:
                file, packed = folder / FILE_NAME, folder / "backup.zip"
                copy(self._database, file)
                _leave_out_deleted(file)
                with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as zipped:
                    zipped.write(file, FILE_NAME)
                private_file(packed)
                packed.rename(target)
        except OSError as problem:
            raise StoreError(
                Text(
                    nl=f"{target} is niet te schrijven ({problem.strerror}).",
                    en=f"{target} cannot be written ({problem.strerror}).",
                )
            ) from None

    def restore(self, file: Path) -> Path | None:
        """Put a backup, or a copy that was made before a migration, in the place of all that there is now.

        What there was is kept in a backup of its own, whose path is returned; None when there was nothing.

        Raises:
            StoreError: it is no backup, is damaged, or is of a newer version; nothing was changed.
            NotAllowed: this is the store of a user.
        """
        self._require_no_user()
        with scratch() as folder, told_as(lambda: _damaged(file), StoreError):
            found = _checked(file, folder / FILE_NAME)
            kept = None
            try:
                with found.reading() as connection, self._database.writing() as target:
                    tables = as_stored(target).sorted_tables
                    if not self._database.file:
                        target.exec_driver_sql(f"LOCK TABLE {', '.join(map(str, tables))} IN EXCLUSIVE MODE")
                    kept = self._keep()
                    for table in reversed(tables):
                        target.execute(table.delete())
                    transfer(connection, target)
            except BaseException:
                if kept is not None:
                    kept.unlink()
                raise
            finally:
                found.close()
        self._database.erase()
        return kept

    def kept(self) -> tuple[Path, ...]:
        """The copies that were made by ourselves, before a migration or a restore. What was deleted is still in them.

        Raises:
            NotAllowed: this is the store of a user.
        """
        self._require_no_user()
        folder, stem = self._place()
        return tuple(sorted(one for one in folder.glob(f"{stem}.*") if one.suffix in (SUFFIX, ".sqlite") and
                            one != self._database.file))  # fmt: skip

    def _keep(self) -> Path | None:
        with self._database.reading() as connection:
            if not connection.scalar(select(func.count()).select_from(assessments)):
                return None
        folder, stem = self._place()
        if self._database.file is None:
            private_folder(folder)
        kept = folder / f"{stem}.before-restore.{datetime.now(UTC):%Y-%m-%dT%H-%M-%S-%f}{SUFFIX}"
        self.backup(kept)
        return kept

    def _place(self) -> tuple[Path, str]:
        file = self._database.file or data_folder() / FILE_NAME
        return file.parent, file.stem

    def _require_no_user(self) -> None:
        if self._viewer.user is not None:
            raise NotAllowed


def _leave_out_deleted(file: Path) -> None:
    """What was deleted and can still be put back is not in a backup."""
    made = Database(f"sqlite:///{file}")
    try:
        with made.writing() as connection:
            apart = deleted_since(connection)
            for assessment in apart:
                remove(connection, assessment)
        if apart:
            made.erase()
    finally:
        made.close()


def _checked(file: Path, unpacked: Path) -> Database:
    """The database in a backup, of the present version and with nothing in it that we would not have written."""
    _unpack(file, unpacked)
    found = Database(f"sqlite:///{unpacked}")
    found.where = str(file)
    try:
        with found.reading() as connection:
            if version_of(connection, found) is None:
                raise _no_backup(file)
        prepare(found)
        with found.reading() as connection:
            refuse_strange(connection)
    except Exception as problem:
        found.close()
        if isinstance(problem, Unreachable):  # what we cannot do with it is its own fault
            raise _damaged(file) from None
        raise
    return found


def _unpack(file: Path, target: Path) -> None:
    try:
        with file.open("rb") as opened:
            plain = opened.read(len(SQLITE)) == SQLITE
        if plain:
            there = f"{file.resolve().as_uri()}?mode=ro"
            with closing(sqlite3.connect(there, uri=True)) as source, closing(sqlite3.connect(target)) as written:
                source.backup(written)
            return
        if not zipfile.is_zipfile(file):
            raise _no_backup(file)
        with zipfile.ZipFile(file) as zipped:
            if zipped.namelist() != [FILE_NAME] or zipped.getinfo(FILE_NAME).file_size > LARGEST:
                raise _no_backup(file)
            with zipped.open(FILE_NAME) as packed, target.open("wb") as written_to:
                shutil.copyfileobj(packed, written_to)
    except OSError as problem:
        raise StoreError(
            Text(
                nl=f"{file} is niet te lezen ({problem.strerror}); er is niets veranderd.",
                en=f"{file} cannot be read ({problem.strerror}); nothing was changed.",
            )
        ) from None


def _no_backup(file: Path) -> StoreError:
    return StoreError(
        Text(
            nl=f"{file} is geen reservekopie van Dialoogwijzer; er is niets veranderd.",
            en=f"{file} is no backup of Dialoogwijzer; nothing was changed.",
        )
    )


def _damaged(file: Path) -> StoreError:
    return StoreError(
        Text(nl=f"{file} is beschadigd; er is niets veranderd.", en=f"{file} is damaged; nothing was changed.")
    )
