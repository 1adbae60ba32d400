"""The saved assessments: how far each is, the highest concern in its advice, and deleting with a way back."""

from contextlib import suppress
from datetime import datetime

import streamlit as st

from assessment.advice import advise
from assessment.model import Assessment, Progress
from assessment.store import NotFound, Store, Stored, Summary
from knowledge.base import knowledge_base
from knowledge.model import Severity
from rules.inference import inference
from ui import session
from ui.session import store, t
from ui.widgets import moment

FIRST = 8  # so many show at first
DELETED = "deleted"
"""The assessment that was deleted last, in the session, as long as the list is in view."""


def saved_assessments() -> None:
    """Draw the list."""
    st.header(t("start.continue"), anchor=False)
    _way_back()
    saved = store().list()
    if not saved:
        st.markdown(t("start.none_saved"))
    everything = len(saved) > FIRST and st.session_state.get("saved:all", False)
    for summary in saved if everything else saved[:FIRST]:
        _one(summary)
    if len(saved) > FIRST:
        st.checkbox(t("start.saved_more", count=len(saved)), key="saved:all")


def _one(summary: Summary) -> None:
    found = _standing(summary.id, summary.updated, inference().base.version)
    if found is None:  # another window deleted it meanwhile
        return
    progress, concern = found
    with st.container(key=f"group:saved:{summary.id}", border=True):
        st.text(summary.title)
        line = t("start.saved_line", answered=progress.answered, asked=progress.asked, date=moment(summary.updated))
        st.caption(f"{line} · {t('start.saved_case')}" if summary.case else line)
        st.caption(
            t("start.concern", severity=t(f"severity.{concern[0]}"), count=concern[1])
            if concern
            else t("start.concern_none")
        )
        with st.container(horizontal=True):
            if st.button(t("start.open"), key=f"open:{summary.id}"):
                session.open_assessment(summary.id)
                st.switch_page("questions_page.py")
            if concern and st.button(t("start.to_advice"), key=f"advice:{summary.id}"):
                session.open_assessment(summary.id)
                st.switch_page("advice_page.py")
            if st.button(t("start.delete"), key=f"delete:{summary.id}", type="tertiary"):
                _confirm(summary)


@st.cache_data(max_entries=1000, show_spinner=False)
def _standing(
    assessment_id: str, updated: datetime, version: str
) -> tuple[Progress, tuple[Severity, int] | None] | None:
    """How far an assessment is, and the highest concern in its advice with the number of recommendations of it."""
    try:
        stored = store().open(assessment_id)
    except NotFound:
        return None
    advice = advise(session.usable(stored.assessment, knowledge_base()), inference())
    first = advice.recommendations[0].severity if advice.recommendations and stored.assessment.answers else None
    count = sum(one.severity == first for one in advice.recommendations)
    return advice.progress, (first, count) if first is not None else None


def _confirm(summary: Summary) -> None:
    @st.dialog(t("start.delete_title"))
    def confirm() -> None:
        st.text(summary.title)
        st.markdown(t("start.delete_warning"))
        with st.container(horizontal=True):
            if st.button(t("start.delete_not"), type="primary"):
                st.rerun()
            if st.button(t("start.delete_sure")):
                _delete(summary.id)
                st.rerun()

    confirm()


def _delete(assessment_id: str) -> None:
    with suppress(NotFound):  # another window was first
        st.session_state[DELETED] = store().open(assessment_id)
        store().delete(assessment_id)
    if st.session_state.get(session.OPEN) == assessment_id:
        session.close_assessment()
    session.notify("success", "start.deleted", about=DELETED)


def _way_back() -> None:
    """What was deleted last can be put back, as long as this visit to the page lasts."""
    session.show_notice(DELETED)
    deleted: Stored | None = st.session_state.get(DELETED)
    if deleted is not None:
        st.button(t("start.put_back"), key="put-back", on_click=_put_back, args=(deleted,))


def _put_back(deleted: Stored) -> None:
    put_back(store(), deleted)
    st.session_state.pop(DELETED)
    session.notify("success", "start.put_back_done", about=DELETED)


def put_back(into: Store, deleted: Stored) -> str:
    """Store an assessment again with its answers, notes and decisions, under a new id, which is returned."""
    was: Assessment = deleted.assessment
    made = into.create(was.title, deleted.made_with, was.answers, was.notes, deleted.case, deleted.lapsed)
    for key, decision in deleted.decisions.items():
        into.save_action(made, key, decision, into.open(made).revision)
    return made
