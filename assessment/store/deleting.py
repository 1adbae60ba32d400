"""What takes something away: a whole assessment, for a while or for good, or one text out of its history."""

from assessment.store.database import Database
from assessment.store.erasing import Erasable, erase_text
from assessment.store.errors import NotAllowed
from assessment.store.people import Viewer
from assessment.store.reading import deleted
from assessment.store.removal import GRACE, deleted_since, put_back, remove, remove_own, set_apart
from assessment.store.state import Deleted


class Deleting:
    """The calls of a store that take something away."""

    _database: Database
    _viewer: Viewer

    def set_apart(self, assessment: str) -> None:
        """Delete an assessment: it is gone for everybody, and for a while an owner can put it back. For owners.

        Raises:
            NotFound: there is no such assessment.
        """
        with self._database.writing() as connection:
            now = set_apart(connection, assessment, self._viewer)
        self._database.ages.of(assessment, now)

    def put_back(self, assessment: str) -> None:
        """Undo a deletion: everything is as it was, with its history and members. For owners.

        Raises:
            NotFound: there is no such assessment, or it was deleted too long ago.
        """
        with self._database.writing() as connection:
            put_back(connection, assessment, self._viewer, self._database.ages)

    def deleted(self) -> tuple[Deleted, ...]:
        """What can be put back by this viewer, the newest first."""
        with self._database.reading() as connection:
            found = deleted(connection, self._viewer)
        return tuple(one for one in found if self._database.ages.of(one.id, one.deleted) < GRACE)

    def delete(self, *chosen: str) -> None:
        """Remove assessments with all that ever happened to them, for good: all of these or none. For owners.

        Raises:
            NotFound: there is no such assessment.
        """
        with self._database.writing() as connection:
            for assessment in sorted(chosen):
                remove_own(connection, assessment, self._viewer)
        self._database.erase()

    def remove_deleted(self) -> int:
        """Remove for good what can no longer be put back; returns how many assessments that were. Not for users.

        Raises:
            NotAllowed: this is the store of a user.
        """
        if self._viewer.user is not None:
            raise NotAllowed
        ages = self._database.ages
        with self._database.reading() as connection:
            if not deleted_since(connection, ages):
                return 0
        with self._database.writing() as connection:
            gone = deleted_since(connection, ages)
            for assessment in gone:
                remove(connection, assessment)
        for assessment in gone:
            ages.forget(assessment)
        self._database.erase()
        return len(gone)

    def erase_text(self, assessment: str, kind: Erasable, about: str | None = None) -> int:
        """Take a note, what was written in a decision or all former titles away for good, out of the history as well.

        `about` is the question of the note or the key of the task. Returns how many events held such a text.

        Raises:
            NotFound: there is no such assessment.
        """
        with self._database.writing() as connection:
            count = erase_text(connection, assessment, self._viewer, kind, about)
        if count:
            self._database.erase()
        return count
