"""Files and folders that only their user can read, and folders for a while that are gone after a kill as well."""

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

FILE, FOLDER, OTHERS = 0o600, 0o700, 0o077
PREFIX = ".dialoogwijzer-"


def private_folder(folder: Path) -> None:
    """Make a folder that only its user can read, also where it is there already.

    One that everybody writes to (/tmp), or that is of another user, stays as it is: it is no folder of ours.

    Raises:
        OSError: it cannot be made.
    """
    folder.mkdir(mode=FOLDER, parents=True, exist_ok=True)
    about = folder.stat()
    if about.st_uid == os.getuid() and not about.st_mode & stat.S_ISVTX and about.st_mode & OTHERS:
        folder.chmod(about.st_mode & FOLDER | FOLDER)


def private_file(file: Path) -> None:
    """Make an empty file that only its user can read, or make one that is there already such a file.

    Raises:
        OSError: it cannot be made.
    """
    with suppress(FileExistsError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE))
    about = file.stat()
    if about.st_uid == os.getuid() and about.st_mode & OTHERS:
        file.chmod(FILE)


def readable_by_others(file: Path) -> bool:
    """Whether other users of this computer can read a file, or write to it.

    Raises:
        OSError: there is no such file.
    """
    return bool(file.stat().st_mode & OTHERS)


@contextmanager
def scratch(beside: Path | None = None) -> Iterator[Path]:
    """A folder for this user alone, which is emptied at the end; beside the given place, or where this system has them.

    What a kill left of an earlier one is swept away first.
    """
    place = Path(tempfile.gettempdir()) if beside is None else beside
    sweep(place)
    folder, lock = _locked(place)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def sweep(place: Path | None = None) -> None:
    """Remove the folders that a kill left there: those of this user that no process holds any more."""
    place = Path(tempfile.gettempdir()) if place is None else place
    for folder in place.glob(f"{PREFIX}*"):
        with suppress(OSError):
            about = folder.lstat()
            if about.st_uid != os.getuid() or not stat.S_ISDIR(about.st_mode):
                continue
            held = os.open(folder, os.O_RDONLY | os.O_NOFOLLOW)
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
            finally:
                os.close(held)


def _locked(place: Path) -> tuple[Path, int]:
    """A new folder and what holds it; one that another process swept away before it was held is made again."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
        with suppress(OSError):
            held = os.open(folder, os.O_RDONLY)
            fcntl.flock(held, fcntl.LOCK_EX)
            if folder.exists():
                return folder, held
            os.close(held)
