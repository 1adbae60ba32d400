"""The entry of the application: wires language, navigation and pages together."""

import streamlit as st

from ui import navigation
from ui.frame import login
from ui.frame.away import show_away
from ui.frame.reading_only import keep_to_role, say_read_only, show_refused
from ui.frame.top import top
from ui.navigation import PAGES
from ui.server import lan
from ui.visit import hosting
from ui.visit.session import LANGUAGE, OPEN, keep_in_address, t
from ui.visit.unsaved import keep_unsaved
from ui.visit.window_title import name_window


def main() -> None:
    """Draw the frame and the page that is asked for."""
    # First the icon: otherwise the pages' icons make the browser ask Google for one.
    st.set_page_config(page_icon="🧭", layout="centered")
    keep_in_address(LANGUAGE, OPEN)
    keep_unsaved()
    guest = lan.is_guest(st.context.headers)
    is_open = bool(st.session_state.get(OPEN))
    pages = {
        entry: st.Page(
            entry.file,
            title=t(f"nav.{entry.name}"),
            icon=entry.icon,
            url_path=entry.path,
            default=not entry.path,
            visibility="visible" if entry.listed(is_open) else "hidden",
        )
        for entry in PAGES
        if (not guest or entry.path == navigation.VOTE) and (entry.name != "sharing" or hosting.has_users())
    }
    home = [st.Page(_only_here, title="Dialoogwijzer", url_path="", default=True)] if guest else []
    # A flat list: sections break it for screen readers.
    known = not guest and (not hosting.has_users() or hosting.user() is not None)
    page = st.navigation([*home, *pages.values()], position="sidebar" if known else "hidden")
    here = next((entry for entry, one in pages.items() if page is one), None)
    title = top(may_read=known, about_the_open=here is not None and here.listed(is_open) and here.where == "open")
    name_window(page.title, title)
    if not guest and hosting.has_users():
        with st.sidebar:
            login.who()
    away = st.container()
    if guest or login.may_enter():
        if not guest:
            login.invitation()
            show_refused()
            if here is not None and here.about_the_open:
                say_read_only()
        if here is not None and here.where == "tool":
            st.page_link(navigation.page("tools"), label=t("tools.back"), icon=":material/arrow_back:")
        with st.container(key=f"page:{here.name if here is not None else 'other'}"):
            page.run()
        if not guest and here is not None and here.about_the_open:
            keep_to_role()
        show_away(away)


def _only_here() -> None:
    """What somebody in the room gets for every page but the vote."""
    st.title("Dialoogwijzer", anchor=False)
    st.info(t("lan.only_here"))


if __name__ == "__main__":
    main()
