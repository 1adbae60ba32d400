"""The start: what this is, a new assessment, the saved ones, a file, and the example cases."""

from collections.abc import Mapping
from datetime import date

import streamlit as st

from assessment.changes.next_question import SCAN
from assessment.plan import Decision
from assessment.store import TITLE_LENGTH
from knowledge.base import knowledge_base
from knowledge.model import Answers, Scenario
from ui import navigation
from ui.parts.answer_upload import answer_upload
from ui.parts.widgets import places, words
from ui.screens.home.saved_list import saved_assessments
from ui.visit import hosting, session
from ui.visit.session import language, store, t

WAYS = {"scan": navigation.page("scan"), "all": navigation.page("questions")}
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
    saved_assessments()
    _demonstration()
    _file()


def _begin(
    title: str,
    answers: Answers,
    notes: dict[str, str],
    case: str | None,
    page: str,
    decisions: Mapping[str, Decision] = {},
    lapsed: Mapping[str, date] = {},
) -> None:
    made = store().create(title, knowledge_base().version, answers, notes, case, lapsed)
    revision = store().open(made).revision if decisions else 0
    for key, decision in decisions.items():
        revision = store().save_action(made, key, decision, revision)
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
        _begin(case.title.in_(language()), case.answers, {}, case.id, navigation.page("advice"))


def _file() -> None:
    st.header(t("start.file"), anchor=False)
    st.markdown(t("start.file_help"))
    given = answer_upload()
    if given is not None and st.button(t("start.file_open"), type="primary"):
        opened = given.assessment
        _begin(
            opened.title,
            opened.answers,
            opened.notes,
            given.case,
            navigation.page("questions"),
            given.decisions,
            given.lapsed,
        )


if __name__ == "__main__":
    show()
