"""What can go wrong in the store, each in one line that a user can read."""

from collections.abc import Mapping
from typing import Any

from knowledge.model import Answer
from knowledge.text import Text


class StoreError(Exception):
    """The store cannot do this; `text` says why in both languages. Nothing was changed."""

    def __init__(self, text: Text):
        self.text = text
        super().__init__(text.en)


class Unreachable(StoreError):  # noqa: N818
    """The database cannot be used now; that can pass."""


class Unfinished(StoreError):  # noqa: N818
    """It was deleted, and what is left of it in the files of the database could not be cleared yet."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                nl="Het is verwijderd, maar er kunnen nog resten in het bestand staan; sluit andere vensters en "
                "verwijder nog iets, of start opnieuw.",
                en="It was deleted, but traces may still be in the file; close other windows and delete something "
                "else, or start again.",
            )
        )


class NotFound(StoreError):  # noqa: N818
    """No assessment has this id."""

    def __init__(self) -> None:
        super().__init__(
            Text(nl="Deze beoordeling bestaat niet (meer).", en="This assessment does not exist (any more).")
        )


class NotAllowed(StoreError):  # noqa: N818
    """The user sees this assessment, but the role in it does not allow this."""

    def __init__(self) -> None:
        super().__init__(
            Text(nl="Dit mag je niet bij deze beoordeling.", en="You are not allowed to do this in this assessment.")
        )


class NoInvitation(StoreError):  # noqa: N818
    """The token belongs to no invitation that holds."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                nl="Deze uitnodiging is verlopen, ingetrokken of al gebruikt. Vraag om een nieuwe.",
                en="This invitation has expired, was withdrawn or was used already. Ask for a new one.",
            )
        )


class LastOwner(StoreError):  # noqa: N818
    """An assessment must keep an owner."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                nl="Een beoordeling houdt altijd een eigenaar. Maak eerst iemand anders eigenaar.",
                en="An assessment always keeps an owner. Make somebody else an owner first.",
            )
        )


class Conflict(StoreError):  # noqa: N818
    """Another writer changed the same answer, note or decision first, or took over the whole assessment.

    `current` is what is stored now (None: nothing), `revision` the revision that goes with it.
    """

    def __init__(self, current: Answer | Mapping[str, Any] | None, revision: int):
        self.current = current
        self.revision = revision
        super().__init__(
            Text(
                nl="Dit is intussen ergens anders gewijzigd; die wijziging is bewaard, de jouwe nog niet.",
                en="This was changed elsewhere in the meantime; that change is kept and yours is not saved yet.",
            )
        )
