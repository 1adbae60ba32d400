"""Comments at a question or action, among those with whom the open assessment is shared."""

import streamlit as st

from assessment.store import COMMENT_LENGTH, Comment, NotAllowed, NotFound, Stored, StoreError
from ui.parts.markup import draw, tag
from ui.parts.typed import typed
from ui.parts.widgets import moment
from ui.visit import hosting, session
from ui.visit.session import language, store, t
from ui.visit.unsaved import TYPED


def comments(stored: Stored, about: str) -> None:
    """Draw what was said about a question or action, and a field to add to it; nothing where there are no users."""
    if not hosting.has_users():
        return
    some = stored.comments.get(about, ())
    place = f"comment:{about}"
    title = t("comments.some", count=len(some)) if some else t("comments.title")
    key = f"{stored.id}:{about}:comment:{language()}"
    with st.expander(title, type="compact", key=f"{key}:fold", on_change="rerun") as fold:
        if not fold.open:
            return
        for one in some:
            _comment(one, stored, key)
        typed(st.text_area, t("comments.field"), COMMENT_LENGTH, key, height=90)
        session.show_notice(place)
        st.button(t("comments.send"), key=f"{key}:send", on_click=_send, args=(stored.id, about, key, place))
        st.caption(t("comments.goes"))


def _comment(one: Comment, stored: Stored, key: str) -> None:
    with st.container(key=f"said:{one.number}", gap=None):
        who = tag("p", tag("b", one.who), f" · {moment(one.moment)}", cls="soft")
        draw(tag("div", who, tag("p", one.text, cls="written")))
        if stored.role == "owner" or one.who == store().user:
            label = t("comments.remove")
            st.button(
                label, key=f"unsay:{one.number}", type="tertiary", on_click=_remove, args=(stored.id, one.number, key)
            )


def _send(assessment: str, about: str, key: str, place: str) -> None:
    text = (st.session_state.get(f"{TYPED}{key}") or "").strip()
    if not text:
        session.notify("warning", "comments.empty", about=place)
    elif len(text) <= COMMENT_LENGTH:
        try:
            store().comment(assessment, about, text)
        except StoreError:
            session.notify("error", "comments.refused", about=place)
            return
        st.session_state[f"{TYPED}{key}"] = ""
        st.session_state[f"{key}:fold"] = True  # its label tells another number now, which would close it
        session.current(fresh=True)


def _remove(assessment: str, number: int, key: str) -> None:
    try:
        store().take_back_comment(assessment, number)
    except (NotAllowed, NotFound):  # gone or no longer allowed: the page then shows so
        session.current(fresh=True)
    except StoreError:
        session.notify("error", "away.undo")
    else:
        st.session_state[f"{key}:fold"] = True
        session.current(fresh=True)
