"""Files that a user takes out: that it was done, and in which form, is written down in the list of who did what."""

from collections.abc import Callable

import streamlit as st

from ui.visit.session import OPEN, store


def recorded(write: Callable[[], bytes | str], form: str, *assessments: str) -> Callable[[], bytes | str]:
    """What writes a file about assessments (the open one, where none is named); that they were taken out, and in which
    form, is written down when it is called."""
    here, about = store(), assessments or (str(st.session_state[OPEN]),)

    def written() -> bytes | str:
        content = write()
        for one in about:
            here.exported(one, form)
        return content

    return written
