"""Sharing: a version without names, or the full one, as a file for a purpose."""

import streamlit as st

from ui.parts.downloads import choose, dossier_of
from ui.parts.opened import advice_on, opened
from ui.parts.widgets import to_questions
from ui.screens.share.share_panel import share_panel
from ui.visit.session import t


def show() -> None:
    """First which version, then for which purpose and in which form; the file itself is made on the click."""
    found = opened("share")
    if found is None:
        return
    stored, assessment = found
    if not assessment.answers:
        st.info(t("share.nothing"))
        to_questions()
        return
    st.markdown(t("share.lead"))
    advice = advice_on(stored, assessment)
    chosen = share_panel(stored, dossier_of(stored, assessment, advice))
    if chosen is not None:
        with st.container(key="panel:file"):
            st.header(t("share.file"), anchor=False)
            choose(*chosen, f"share:{stored.id}")


if __name__ == "__main__":
    show()
