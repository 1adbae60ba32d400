"""Links to items of the knowledge and rule base, as other pages use them too."""

from collections.abc import Iterable
from functools import cache

import streamlit as st

from knowledge.search import Search
from knowledge.text import Language
from rules.catalogue.entries import Key, Kind, search, title_of
from rules.model import rule_base
from ui import navigation
from ui.visit.session import language, t
from ui.words import escaped

PAGE = navigation.page("knowledge")
ICONS: dict[Kind, str] = {
    "card": ":material/style:",
    "lesson": ":material/lightbulb:",
    "case": ":material/auto_stories:",
    "question": ":material/help:",
    "rule": ":material/account_tree:",
    "source": ":material/menu_book:",
}
SHORT = 8  # of a longer list only so many show at first


@cache
def index(in_language: Language) -> Search:
    """The search over everything, made once."""
    return search(rule_base(), in_language)


def links(keys: Iterable[Key], find: str = "") -> None:
    """One link per item, with its kind; `find` is the search to come back to."""
    with st.container(gap=None):
        for key in keys:
            label = f"{t(f'item.{key.kind}')}: {escaped(title_of(key, rule_base(), language()))}"
            address = {"k": str(key), **({"zoek": find} if find else {})}
            st.page_link(PAGE, label=label, icon=ICONS[key.kind], query_params=address, width="stretch")


def listed(title: str, keys: Iterable[Key], folded: bool = True) -> None:
    """Links under a heading; of a long list the rest is folded away. Nothing for an empty one."""
    some = list(keys)
    if not some:
        return
    st.header(title, anchor=False)
    shown = SHORT if folded and len(some) > SHORT + 2 else len(some)
    links(some[:shown])
    if some[shown:]:
        with st.expander(t("knowledge.more", count=len(some) - shown)):
            links(some[shown:])


def heading(text: str) -> str:
    """A heading of a publication with those above it."""
    return text.replace(" > ", " › ")
