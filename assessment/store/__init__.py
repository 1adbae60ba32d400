"""Keeps assessments. What happened is only ever added to; the present state is read from it.

The revision of an assessment is the number of its last event. A save that returns more than `revision + 1` was merged
with what others wrote meanwhile: open the assessment again before the next save, or that could overwrite unseen work.

A store does whatever it is asked. What `seen_by` gives is the same store for one user: every call gives and changes
only what the role of that user in an assessment allows, and an assessment that is not shared with them is not found.
"""

from assessment.store.changes import COMMENT_LENGTH, NOTE_LENGTH, TITLE_LENGTH
from assessment.store.copies import Copies
from assessment.store.errors import (
    Conflict,
    LastOwner,
    NoInvitation,
    NotAllowed,
    NotFound,
    StoreError,
    Unfinished,
    Unreachable,
)
from assessment.store.people import LOCAL, REMOVED, ROLES, Role
from assessment.store.sharing import Sharing
from assessment.store.state import Adoption, Advised, Comment, Deleted, Happening, Kept, Stored, Summary
from assessment.store.store import Store

__all__ = [
    "COMMENT_LENGTH",
    "LOCAL",
    "NOTE_LENGTH",
    "REMOVED",
    "ROLES",
    "TITLE_LENGTH",
    "Adoption",
    "Advised",
    "Comment",
    "Conflict",
    "Copies",
    "Deleted",
    "Happening",
    "Kept",
    "LastOwner",
    "NoInvitation",
    "NotAllowed",
    "NotFound",
    "Role",
    "Sharing",
    "Store",
    "StoreError",
    "Stored",
    "Summary",
    "Unfinished",
    "Unreachable",
]
