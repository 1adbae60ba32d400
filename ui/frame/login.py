"""Logging in and out, and what to do with an invitation that a visitor came with."""

import streamlit as st

from assessment.store import StoreError
from ui import navigation
from ui.visit import hosting, invited, session
from ui.visit.session import language, t


def may_enter() -> bool:
    """Whether the pages may be drawn: there are no users here, or this one is known. Otherwise asks to log in."""
    if not hosting.has_users() or hosting.user() is not None:
        return True
    st.title("Dialoogwijzer", anchor=False)
    if st.user.is_logged_in:
        st.error(t("login.nameless"))
        st.button(t("login.out"), on_click=st.logout)
        return False
    st.markdown(t("start.lead"))
    if invited.waiting(None) is not None:
        st.info(t("login.invited"))
    st.markdown(t("login.lead"))
    st.button(t("login.button"), type="primary", on_click=st.login)
    return False


def who() -> None:
    """Who is logged in, with the way out."""
    user = hosting.user()
    if user is not None:
        st.caption(t("login.who"))
        st.text(user)
        st.button(t("login.out"), key="logout", on_click=st.logout)


def invitation() -> None:
    """Ask whether to accept the invitation that is waiting, if there is one; nothing happens unasked."""
    user = hosting.user()
    token = invited.waiting(user) if user is not None else None
    if token is None:
        return
    with st.container(key="invitation", border=True):
        st.markdown(t("invitation.question"))
        with st.container(horizontal=True):
            if st.button(t("invitation.accept"), type="primary"):
                _accept(token)
            if st.button(t("invitation.decline")):
                invited.settle(token, hosting.user())
                st.rerun()


def _accept(token: str) -> None:
    invited.settle(token, hosting.user())
    try:
        assessment = session.store().sharing.accept(token)
    except StoreError as error:
        st.warning(error.text.in_(language()))
        return
    session.open_assessment(assessment)
    session.notify("success", "invitation.accepted")
    st.switch_page(navigation.page("questions"))
