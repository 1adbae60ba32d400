"""Fields for what is stored nowhere: it stays in the session of this window, also while the visitor looks elsewhere."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from ui.parts.widgets import wrong
from ui.visit.session import t

TYPED = "typed:"
"""What the key of such a field begins with; by it the script in the page warns before a window is closed."""


def keep_typed() -> None:
    """Keep what stands in the fields that this page does not draw, which Streamlit would forget."""
    for key in st.session_state:
        if str(key).startswith(TYPED):
            st.session_state[key] = st.session_state[key]


def typed(field: Callable[..., str | None], label: str, most: int, key: str, **options: Any) -> str:
    """What stands in this field. What is longer than `most` stays in it, and is told: a browser would just drop it."""
    written = field(label, key=f"{TYPED}{key}", **options) or ""
    if len(written) > most:
        wrong(f"{TYPED}{key}", t("field.too_long", most=most))
    return written
