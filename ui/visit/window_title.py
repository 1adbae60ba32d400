"""The title of the window: what is shown, the page, the open assessment, and the name of the program."""

import re

import streamlit as st

_TITLE = "window-title"


def name_window(*parts: str) -> None:
    """Give the window of this page its title."""
    st.session_state[_TITLE] = " · ".join(filter(None, (*parts, "Dialoogwijzer")))
    st.set_page_config(page_title=st.session_state[_TITLE])


def headed(heading: str) -> None:
    """Draw the heading of one part of a page, and begin the title of the window with it."""
    st.title(heading, anchor=False)
    shown = re.sub(r"\\(\W)", r"\1", heading)  # a title has no markup
    st.set_page_config(page_title=f"{shown} · {st.session_state.get(_TITLE, 'Dialoogwijzer')}")
