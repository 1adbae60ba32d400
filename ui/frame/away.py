"""Tells that the database cannot be reached, and tries again until it can."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.visit import hosting, session, waiting
from ui.visit.session import t

LOOKS_AGAIN_SECONDS = 3.0
"""After how many seconds to try again."""


def show_away(place: DeltaGenerator) -> None:
    """Draw the message in this place, if something could not be saved."""
    if not waiting.everything():
        return
    with place:
        _away()


@st.fragment(run_every=LOOKS_AGAIN_SECONDS)
def _away() -> None:
    if session.save_waiting():
        st.rerun()
    st.error(t("away.lead", count=len(waiting.everything())))
    if not hosting.has_users():
        st.text(t("away.look", where=session.store().where))
    if st.button(t("away.again"), key="away:again"):
        st.rerun()
