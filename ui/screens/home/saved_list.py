"""The saved assessments: how far each is, the highest concern in its advice, and deleting with a way back."""

from contextlib import suppress
from datetime import datetime

import streamlit as st
from babel.dates import format_time

from assessment.advice import advise
from assessment.model import Progress
from assessment.store import NotAllowed, NotFound, Summary
from assessment.store.removal import GRACE
from knowledge.base import knowledge_base
from knowledge.model import Severity
from rules.engine.inference import inference
from ui import navigation
from ui.parts.markup import Html, chip, draw, tag
from ui.parts.widgets import find, moment
from ui.visit import hosting, session
from ui.visit.session import language, store, t

FIRST = 3  # so many show at first
SEARCHED = 8  # from more than so many on there is a field to search in
MORE = 20  # and so many more each time that more are asked for
DELETED = "deleted"
"""The place of a message about what was deleted or put back."""
_SHOWN = "saved:shown"


def saved_assessments() -> None:
    """The stored assessments, the one that was changed last on top; behind them those that can still come back."""
    st.header(t("start.continue"), anchor=False)
    session.show_notice(DELETED)
    everything = store().count(examples=False)
    search = ""
    if not everything:
        st.markdown(t("start.none_saved"))
    elif everything > SEARCHED:
        search = find(t("start.search"), f"saved:search:{language()}")
    shown: int = st.session_state.get(_SHOWN, FIRST)
    found = store().list(search, shown, examples=False)
    for summary in found:
        _one(summary)
    count = store().count(search, examples=False) if search else everything
    if everything and not count:
        st.markdown(t("start.saved_none_found"))
    elif everything > FIRST:
        st.caption(t("start.saved_found", shown=len(found), count=count))
    if count > shown:
        st.button(t("start.saved_more"), key="saved:more", on_click=_show_more, args=(shown,))
    _deleted()


def opened_examples() -> None:
    """The examples that were opened, to go on with or delete: they are none of one's own assessments."""
    some = store().list(first=MORE, examples=True)
    if some:
        with st.expander(t("start.opened_examples")):
            for summary in some:
                _one(summary)


def _show_more(shown: int) -> None:
    st.session_state[_SHOWN] = shown + MORE


def _one(summary: Summary) -> None:
    found = _standing(summary.id, summary.updated, inference().base.version)
    if found is None:  # another window deleted it meanwhile
        return
    progress, concern = found
    parts = [t("start.saved_line", answered=progress.answered, asked=progress.asked, date=moment(summary.updated))]
    if summary.case:
        parts.append(t("start.saved_case"))
    if summary.role != "owner":
        parts.append(t("sharing.as_role", role=t(f"role.{summary.role}")))
    key = f"group:saved:{summary.id}"
    with st.container(key=key, horizontal=True, vertical_alignment="center", gap="small"):
        with st.container(gap=None, width="stretch"):
            st.text(summary.title)
            st.caption(" · ".join(parts))
            draw(_concern(concern))
        if concern and st.button(t("start.to_advice"), key=f"advice:{summary.id}", type="primary"):
            session.open_assessment(summary.id)
            st.switch_page(navigation.page("advice"))
        if st.button(t("start.open"), key=f"open:{summary.id}"):
            session.open_assessment(summary.id)
            st.switch_page(navigation.page("scan" if progress.answered == 0 else "questions"))
        may_delete = summary.role == "owner"
        if may_delete and st.button(t("start.delete"), key=f"delete:{summary.id}", type="tertiary"):
            _confirm(summary)


def _concern(found: tuple[Severity, int] | None) -> Html:
    if found is None:
        return tag("p", chip("quiet", t("start.concern_none")))
    severity, count = found
    said = t("start.concern", severity=t(f"severity.{severity}"), count=count)
    return tag("p", chip("danger" if severity == "critical" else "now", said))


@st.cache_data(max_entries=1000, show_spinner=False)
def _standing(
    assessment_id: str, updated: datetime, version: str
) -> tuple[Progress, tuple[Severity, int] | None] | None:
    """How far an assessment is, and the highest concern in its advice with the number of acts that it is about."""
    try:
        stored = store().open(assessment_id)
    except NotFound:
        return None
    advice = advise(session.usable(stored.assessment, knowledge_base()), inference())
    if advice.safety:
        return advice.progress, ("critical", len(advice.safety))
    asking = sum(one.asks for one in advice.verdicts)
    return advice.progress, ("high", asking) if asking else None


def _confirm(summary: Summary) -> None:
    @st.dialog(t("start.delete_title"))
    def confirm() -> None:
        st.text(summary.title)
        if hosting.has_users():
            st.markdown(t("start.delete_shared"))
        st.markdown(t("start.delete_warning", minutes=int(GRACE.total_seconds()) // 60))
        with st.container(horizontal=True):
            if st.button(t("start.delete_not"), type="primary"):
                st.rerun()
            if st.button(t("start.delete_sure")):
                _set_apart(summary.id)
                st.rerun()

    confirm()


def _set_apart(assessment_id: str) -> None:
    try:
        with suppress(NotFound):  # another window was first
            store().set_apart(assessment_id)
    except NotAllowed:
        session.notify("error", "away.not_allowed", about=DELETED)
        return
    session.notify("success", "start.deleted", about=DELETED)
    if st.session_state.get(session.OPEN) == assessment_id:
        session.close_assessment()


def _deleted() -> None:
    """What was deleted a short time ago, and the way back."""
    some = store().deleted()
    if not some:
        return
    st.subheader(t("start.deleted_title"), anchor=False)
    for one in some:
        with st.container(key=f"group:deleted:{one.id}", border=True):
            st.text(one.title)
            until = format_time((one.deleted + GRACE).astimezone(), "H:mm", locale=language())
            st.caption(t("start.deleted_until", time=until))
            with st.container(horizontal=True):
                label = t("start.put_back")
                st.button(label, key=f"put-back:{one.id}", on_click=_put_back, args=(one.id,))
                label = t("start.delete_now")
                st.button(label, key=f"erase:{one.id}", type="tertiary", on_click=_erase, args=(one.id,))


def _put_back(assessment_id: str) -> None:
    session.notify("success", "start.put_back_done", about=DELETED)
    try:
        store().put_back(assessment_id)
    except NotFound:
        session.notify("warning", "start.put_back_late", about=DELETED)


def _erase(assessment_id: str) -> None:
    with suppress(NotFound):  # another window was first
        store().delete(assessment_id)
    session.notify("success", "data.deleted", about=DELETED)
