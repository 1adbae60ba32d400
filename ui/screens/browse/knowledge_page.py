"""The knowledge browser: everything that the advice rests on, to search and to follow in both directions."""

from collections.abc import Sequence

import streamlit as st

from rules.catalogue import write_html, write_markdown
from rules.catalogue.entries import KINDS, Key, key_of
from rules.model import rule_base
from ui import navigation
from ui.parts.gate import harmless, offer
from ui.parts.knowledge_links import index, links
from ui.parts.widgets import find, words
from ui.screens.browse.coverage_view import publications
from ui.screens.browse.knowledge_item import item, title
from ui.visit import session
from ui.visit.session import language, t
from ui.visit.window_title import headed

ITEM, FIND = "k", "zoek"
"""The item that is shown, as kind:id, and the words that are searched for; both in the address only."""
MOST = 20  # so many are shown at first
ALL = "all"


def show() -> None:
    """The item that the address names, or the search over all of them."""
    asked = st.query_params.get(ITEM)
    key = key_of(asked, rule_base()) if asked else None
    if key is None:
        _overview(missing=asked is not None)
        return
    st.query_params[ITEM] = str(key)  # a link to another item of this page does not reach the address by itself
    find = st.query_params.get(FIND)
    back = {FIND: find} if find else {}
    st.page_link(
        navigation.page("knowledge"), label=t("knowledge.back"), icon=":material/arrow_back:", query_params=back
    )
    headed(title(key))
    session.show_notice()
    item(key)


def _overview(missing: bool) -> None:
    base = rule_base()
    known = base.knowledge
    st.title(t("nav.knowledge"), anchor=False)
    session.show_notice()
    counts = {"cards": known.cards, "lessons": known.lessons, "questions": known.questions, "sources": known.sources}
    st.markdown(t("knowledge.lead", rules=len(base.rules), **{name: len(some) for name, some in counts.items()}))
    if missing:
        st.warning(t("knowledge.missing"))
    before, hint = st.query_params.get(FIND, ""), t("knowledge.find_hint")
    typed = find(t("knowledge.find"), f"knowledge:find:{language()}", before, placeholder=hint)
    if typed:
        st.query_params[FIND] = typed
    else:
        st.query_params.pop(FIND, None)
    kinds = {one: t(f"items.{one}") for one in (ALL, *KINDS)}
    kind = st.radio(
        t("knowledge.kind"), list(kinds), format_func=kinds.__getitem__, horizontal=True, key=f"k:kind:{language()}"
    )
    themes = {ALL: t("knowledge.every_theme"), **{one.id: words(one.title) for one in known.themes.values()}}
    theme = st.selectbox(
        t("knowledge.theme"), list(themes), format_func=themes.__getitem__, key=f"k:theme:{language()}"
    )
    if typed or theme != ALL or kind != ALL:
        _found(typed, kind, theme)
    publications()
    _downloads()


def _found(typed: str, kind: str, theme: str) -> None:
    hits = index(language()).find(typed) if typed else []
    keys = [hit.entry.key for hit in hits] if typed else [entry.key for entry in index(language()).entries]
    found = [key for one in keys if (key := key_of(one, rule_base())) and _fits(key, kind, theme)]
    st.header(t("knowledge.found", count=len(found)), anchor=False)
    if not found:
        st.markdown(t("knowledge.none"))
        return
    if hits and all(hit.forgiven for hit in hits):
        st.markdown(t("knowledge.forgiven"))
    _list(found, f"{typed}:{kind}:{theme}", typed)


def _list(found: Sequence[Key], name: str, typed: str) -> None:
    everything = len(found) > MOST and st.session_state.get(f"k:all:{name}", False)
    links(found if everything else found[:MOST], find=typed)
    if len(found) > MOST:
        st.checkbox(t("knowledge.show_all", count=len(found)), key=f"k:all:{name}")


def _fits(key: Key, kind: str, theme: str) -> bool:
    return kind in (ALL, key.kind) and theme in (ALL, _theme(key))


def _theme(key: Key) -> str:
    known = rule_base().knowledge
    match key.kind:
        case "card":
            return known.card_themes[key.id]
        case "lesson":
            return known.card_themes[known.card_of[key.id].card]
        case "question":
            return known.questions[key.id].theme
        case "rule":
            return rule_base().rules[key.id].theme
        case "source" | "case":
            return ""


def _downloads() -> None:
    written_in = language()
    st.header(t("knowledge.download"), anchor=False)
    st.markdown(t("knowledge.download_lead"))
    with st.container(horizontal=True):
        for name, suffix, mime, write in (
            ("html", ".html", "text/html", write_html),
            ("markdown", ".md", "text/markdown", write_markdown),
        ):
            offer(
                harmless("public"),
                t(f"knowledge.{name}"),
                lambda write=write: write(rule_base(), written_in),  # type: ignore[misc]
                t("knowledge.file_name") + suffix,
                f"download:{name}",
                mime=mime,
            )


if __name__ == "__main__":
    show()
