"""What a user can do with all that is about them: have it deleted for good."""

import streamlit as st

from ui.visit import session
from ui.visit.session import store, t


def own_data(user: str) -> None:
    """Draw the way to delete everything of a user."""
    st.markdown(t("own.lead"))
    if st.button(t("own.delete"), key="own:delete"):
        _confirm(user)


def _confirm(user: str) -> None:
    @st.dialog(t("own.title"))
    def confirm() -> None:
        st.text(user)
        st.markdown(t("own.warning", count=len(store().sharing.owned_alone(user))))
        with st.container(horizontal=True):
            if st.button(t("own.delete_not"), type="primary"):
                st.rerun()
            if st.button(t("own.delete_sure")):
                store().sharing.forget(user)
                session.close_assessment()
                st.logout()

    confirm()
