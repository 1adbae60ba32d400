"""The header of every page: the name, the assessment that is open, and the language."""

from contextlib import suppress

import streamlit as st

from assessment.store import StoreError
from knowledge.text import LANGUAGES
from ui.parts.markup import draw, join, tag
from ui.visit import session
from ui.visit.session import language, t


def top(may_read: bool, about_the_open: bool) -> str:
    """Draw the header; returns the title of the open assessment where the page is about it, else nothing.

    `may_read` is whether this visitor may see what is stored.
    """
    title = _open_title() if may_read else ""
    with st.container(key="top", horizontal=True, vertical_alignment="center"):
        name = tag("p", "◆ ", tag("span", "Dialoogwijzer"), cls="mark")
        draw(tag("div", join(name, tag("p", title, cls="what", title=title) if title else None), cls="top"))
        st.segmented_control(
            t("nav.language"),
            LANGUAGES,
            default=language(),
            required=True,
            format_func=lambda code: t(f"nav.{code}"),
            key=f"language:{language()}",
            on_change=_switch,
            label_visibility="collapsed",
        )
    return title if about_the_open else ""


def _open_title() -> str:
    with suppress(StoreError):  # the page itself says what is wrong
        stored = session.current(fresh=False)
        return stored.assessment.title if stored is not None else ""
    return ""


def _switch() -> None:
    session.go_to_language(st.session_state[f"language:{language()}"])
