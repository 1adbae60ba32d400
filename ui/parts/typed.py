"""Fields for what is stored nowhere: it stays in the session of this window, also while the visitor looks elsewhere."""

from collections.abc import Callable
from typing import Any

from ui.parts.widgets import wrong
from ui.visit.session import t
from ui.visit.unsaved import TYPED


def typed(field: Callable[..., str | None], label: str, most: int, key: str, **options: Any) -> str:
    """What stands in this field. What is longer than `most` stays in it, and is told: a browser would just drop it."""
    written = field(label, key=f"{TYPED}{key}", **options) or ""
    if len(written) > most:
        wrong(f"{TYPED}{key}", t("field.too_long", most=most))
    return written
