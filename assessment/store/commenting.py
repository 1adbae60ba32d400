"""Comments: what those with whom an assessment is shared write at a question or action, each with its writer."""

from sqlalchemy import null, select, update

from assessment.store.audit import record
from assessment.store.changes import commented
from assessment.store.database import Database
from assessment.store.errors import NotAllowed, NotFound
from assessment.store.events import append, lock
from assessment.store.people import Viewer
from assessment.store.reading import role_in
from assessment.store.tables import events


class Commenting:
    """The calls of a store about comments. Readers may comment too: it changes nothing of what others see as theirs."""

    _database: Database
    _viewer: Viewer

    def comment(self, assessment: str, about: str, text: str) -> int:
        """Add a comment at a question or on the task with this key; returns the new revision.

        Raises:
            NotFound: there is no such assessment.
            ValueError: it is empty or too long, or this is no question id or key.
        """
        change = commented(about, text)
        with self._database.writing() as connection:
            latest = lock(connection, assessment, self._viewer, "reader")
            append(connection, assessment, latest.number, self._viewer.name, latest.knowledge_version, [change])
        return latest.number + 1

    def take_back_comment(self, assessment: str, number: int) -> None:
        """Take the text of a comment away for good: for who wrote it, and for owners.

        Raises:
            NotFound: there is no such assessment, or no comment in it with this number that the viewer may see.
            NotAllowed: somebody else wrote it.
        """
        with self._database.writing() as connection:
            latest = lock(connection, assessment, self._viewer, "reader")
            here = (events.c.assessment == assessment) & (events.c.number == number) & (events.c.kind == "comment")
            writer = connection.scalar(select(events.c.made_by).where(here))
            if writer is None or number <= latest.joined_after:
                raise NotFound
            if writer != self._viewer.name and role_in(connection, assessment, self._viewer) != "owner":
                raise NotAllowed
            connection.execute(update(events).where(here).values(value=null()))
            record(connection, assessment, self._viewer, "erased", about="comment")
        self._database.erase()
