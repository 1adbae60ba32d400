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


class NotFound(StoreError):  # noqa: N818
    """No assessment has this id."""

    def __init__(self) -> None:
        super().__init__(
            Text(nl="Deze beoordeling bestaat niet (meer).", en="This assessment does not exist (any more).")
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
                nl="Dit is intussen ergens anders gewijzigd; die wijziging is bewaard en de uwe nog niet.",
                en="This was changed elsewhere in the meantime; that change is kept and yours is not saved yet.",
            )
        )
