"""The start: what this is, a new assessment, the saved ones, a file, and the example cases."""

from contextlib import suppress

import streamlit as st

from assessment.next_question import SCAN
from assessment.store import TITLE_LENGTH, NotFound, Summary
from knowledge.base import knowledge_base
from knowledge.model import Answers, Scenario
from ui import hosting, session
from ui.answer_upload import answer_upload
from ui.session import language, store, t
from ui.widgets import moment, places, words

WAYS = {"scan": "scan_page.py", "all": "questions_page.py"}
"""The ways to begin, and the page of each."""


def show() -> None:
    """Draw the page."""
    st.title("Dialoogwijzer", anchor=False)
    session.show_notice()
    st.markdown(t("start.lead"))
    for text in ("what", "whom", "how_long"):
        st.markdown(t(f"start.{text}"))
    if hosting.has_users():
        st.markdown(t("hosting.users"))
    else:
        st.markdown(t("start.privacy"))
        st.caption(t("hosting.alone"))
    _new()
    _continue()
    _demonstration()
    _file()


def _begin(title: str, answers: Answers, notes: dict[str, str], case: str | None, page: str) -> None:
    made = store().create(title, knowledge_base().version, answers, notes, case)
    session.open_assessment(made)
    st.switch_page(page)


def _new() -> None:
    st.header(t("start.new"), anchor=False)
    with st.form("new", border=False):
        title = st.text_input(t("start.title"), max_chars=TITLE_LENGTH, placeholder=t("start.title_hint"))
        ways = {one: t(f"way.{one}", count=SCAN) for one in WAYS}
        way = st.radio(
            t("start.way"),
            list(ways),
            index=list(WAYS).index("all"),
            format_func=ways.__getitem__,
            captions=[t(f"wayhint.{one}") for one in WAYS],
            key=f"way:{language()}",
        )
        if st.form_submit_button(t("start.begin"), type="primary"):
            if title and title.strip():
                _begin(title.strip(), {}, {}, None, WAYS[way])
            st.error(t("start.title_needed"))


def _continue() -> None:
    st.header(t("start.continue"), anchor=False)
    saved = store().list()
    if not saved:
        st.markdown(t("start.none_saved"))
    for summary in saved:
        with st.container(key=f"group:saved:{summary.id}", border=True):
            st.text(summary.title)
            key = "start.saved_line_case" if summary.case else "start.saved_line"
            st.caption(t(key, answered=summary.answered, date=moment(summary.updated)))
            with st.container(horizontal=True):
                if st.button(t("start.open"), key=f"open:{summary.id}"):
                    session.open_assessment(summary.id)
                    st.switch_page("questions_page.py")
                if st.button(t("start.delete"), key=f"delete:{summary.id}", type="tertiary"):
                    _confirm(summary)


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
        store().delete(assessment_id)
    if st.session_state.get(session.OPEN) == assessment_id:
        session.close_assessment()
    session.notify("success", "start.deleted")


def _demonstration() -> None:
    cases = knowledge_base().scenarios.values()
    if not cases:
        return
    st.header(t("start.demonstration"), anchor=False)
    st.markdown(t("start.demonstration_lead"))
    for case in cases:
        if not case.invented:
            with st.expander(words(case.title)):
                _case(case)
    invented = {case.id: case for case in cases if case.invented}
    if invented:
        chosen = st.selectbox(
            t("start.invented"),
            list(invented),
            index=None,
            format_func=lambda case_id: words(invented[case_id].title),
            placeholder=t("start.invented_choose"),
            key=f"invented:{language()}",
        )
        if chosen is not None:
            _case(invented[chosen])


def _case(case: Scenario) -> None:
    for paragraph in case.story:
        st.markdown(words(paragraph))
    st.caption(places(case.sources))
    if st.button(t("start.play"), key=f"play:{case.id}"):
        _begin(case.title.in_(language()), case.answers, {}, case.id, "advice_page.py")


def _file() -> None:
    st.header(t("start.file"), anchor=False)
    st.markdown(t("start.file_help"))
    assessment = answer_upload()
    if assessment is None:
        return
    if st.button(t("start.file_open"), type="primary"):
        _begin(assessment.title, assessment.answers, assessment.notes, None, "questions_page.py")


if __name__ == "__main__":
    show()
