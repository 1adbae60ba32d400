"""The tools: what else there is beside the questions and the advice, each with what it is for."""

import streamlit as st

from ui.navigation import tools
from ui.visit import session
from ui.visit.session import t


def show() -> None:
    """A card per tool, in the order of the navigation."""
    st.title(t("nav.tools"), anchor=False)
    session.show_notice()
    st.markdown(t("tools.lead"))
    for entry in tools():
        with st.container(key=f"tool:{entry.path}", border=True, gap="xsmall"):
            st.page_link(entry.file, label=t(f"nav.{entry.name}"), icon=entry.icon)
            st.markdown(t(f"tool.{entry.path}"))


if __name__ == "__main__":
    show()
