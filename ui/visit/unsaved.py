"""What stands in fields and is not saved: this window keeps it, also while the visitor is elsewhere."""

from typing import Any

import streamlit as st

TYPED = "typed:"
"""What the key of a field begins with of which nothing is stored; by it the script warns before a window is closed."""
_REFUSED = "unsaved"


def keep(key: str) -> None:
    """Keep what stands in this field, which cannot be saved, until something else stands there."""
    if key in st.session_state:
        st.session_state.setdefault(_REFUSED, {})[key] = st.session_state[key]


def keep_unsaved() -> None:
    """Keep what stands in the fields that this page does not draw, which Streamlit would forget."""
    refused: dict[str, Any] = st.session_state.get(_REFUSED, {})
    for key in [key for key, given in refused.items() if st.session_state.get(key, given) != given]:
        del refused[key]
    for key in [*refused, *(one for one in st.session_state if str(one).startswith(TYPED))]:
        st.session_state[key] = refused.get(key, st.session_state.get(key))
