"""The entry of the application: wires language and pages together."""

import streamlit as st

from knowledge.text import LANGUAGES
from ui.away import show_away
from ui.session import LANGUAGE, OPEN, go_to_language, keep_in_address, language, t

# Name, icon and address of each page; the first one is the home page.
PAGES = (
    ("start", ":material/home:", ""),
    ("questions", ":material/checklist:", "vragen"),
    ("scan", ":material/bolt:", "scan"),
    ("advice", ":material/lightbulb:", "advies"),
    ("plan", ":material/task_alt:", "plan"),
    ("compare", ":material/compare_arrows:", "vergelijken"),
    ("data", ":material/database:", "gegevens"),
    ("about", ":material/info:", "over"),
)


def main() -> None:
    """Draw the frame and the page that is asked for."""
    # First the icon: otherwise the pages' icons make the browser ask Google for one.
    st.set_page_config(page_icon="🧭", layout="centered")
    keep_in_address(LANGUAGE, OPEN)
    pages = [
        st.Page(f"{name}_page.py", title=t(f"nav.{name}"), icon=icon, url_path=path, default=not path)
        for name, icon, path in PAGES
    ]
    page = st.navigation(pages)  # flat: sections break the list for screen readers
    st.set_page_config(page_title=f"{page.title} · Dialoogwijzer")
    with st.sidebar:
        st.segmented_control(
            t("nav.language"),
            LANGUAGES,
            default=language(),
            required=True,
            format_func=lambda code: t(f"nav.{code}"),
            key=f"language:{language()}",
            on_change=_switch,
        )
    away = st.container()
    page.run()
    show_away(away)


def _switch() -> None:
    go_to_language(st.session_state[f"language:{language()}"])


if __name__ == "__main__":
    main()
