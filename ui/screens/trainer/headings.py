"""Headings of what the desk and the screen of the room both show, at the level that they have there."""

import streamlit as st

PRESENT = "present"
"""Whether this is the screen of the room, in the address and in the session."""


def heading(text: str) -> None:
    """A heading within a slide: on the screen of the room the slide is the page, on the desk it is a part of it."""
    draw = st.header if st.session_state.get(PRESENT) == "1" else st.subheader
    draw(text, anchor=False)
