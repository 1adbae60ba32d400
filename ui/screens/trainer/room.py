"""The switch on the desk that lets telephones in the room vote, on a computer where one works alone."""

import streamlit as st

from ui.server import lan
from ui.visit import hosting, session
from ui.visit.session import t

ROOM = "trainer:lan"


def room_switch() -> None:
    """Whether telephones on this network can vote; where users log in, they reach the application anyway."""
    if hosting.has_users() or not lan.can_switch():
        return
    st.session_state[ROOM] = lan.host() is not None
    st.toggle(t("lan.switch"), key=ROOM, on_change=_switch, help=t("lan.switch_help"))


def _switch() -> None:
    if not lan.switch(bool(st.session_state[ROOM])):
        session.notify("error", "lan.not_switched")
