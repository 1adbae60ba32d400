"""The scan: the question that settles most of the advice, one at a time. Every answer is saved as it is given."""

from functools import cache

import streamlit as st

from assessment.advice import progress
from assessment.changes.next_question import SCAN, NextQuestions
from assessment.store import Stored
from knowledge.acts import CHAPTER
from knowledge.base import knowledge_base
from rules.engine.inference import inference
from rules.engine.memory import asked_questions, working_memory
from ui import navigation
from ui.parts.opened import in_present_knowledge, is_older
from ui.parts.question_card import answers_of, question_card
from ui.parts.widgets import no_assessment
from ui.screens.answers.scan import Scan
from ui.visit import session
from ui.visit.session import t

_SCAN = "scan"


def show() -> None:
    """Draw the page."""
    session.keep_in_address(session.QUESTION)
    here = (st.session_state.get(session.OPEN), st.session_state.get(session.QUESTION))
    stored = session.current(fresh=st.session_state.get("on_scan") != here)
    if stored is None or is_older(stored):
        st.title(t("nav.scan"), anchor=False)
        session.show_notice()
        if stored is None:
            no_assessment()
        else:
            in_present_knowledge(stored, may_look=False)
        return
    scan = _scan(stored)
    question = _question(stored, scan)
    st.session_state["on_scan"] = (stored.id, question)
    if question is None:
        _pause(stored, scan)
    else:
        _ask(question, stored, scan)


@cache
def _next_questions() -> NextQuestions:
    return NextQuestions(inference().base)


def _order(stored: Stored) -> tuple[str, ...]:
    """The questions of the scan that are asked now: first what can bring a stop."""
    knowledge, asked = knowledge_base(), _asked(stored)
    occasions = answers_of(stored).get("core.occasions", ())
    lists = [question for question in knowledge.questions if question in asked and question.startswith(f"{CHAPTER}.")]
    order = knowledge.scan.questions(occasions if isinstance(occasions, tuple) else (), lists) if knowledge.scan else ()
    return tuple(question for question in order if question in asked)


def _scan(stored: Stored) -> Scan:
    scan: Scan | None = st.session_state.get(_SCAN)
    if scan is None or scan.assessment != stored.id:
        scan = st.session_state[_SCAN] = Scan(stored.id)
    return scan


def _asked(stored: Stored) -> set[str]:
    return {question.id for question in asked_questions(answers_of(stored), knowledge_base().questions)}


def _answered(stored: Stored) -> set[str]:
    return _asked(stored) & answers_of(stored).keys()


def _question(stored: Stored, scan: Scan) -> str | None:
    """The question to show: the one in the address, or else the best one."""
    asked = _asked(stored)
    question: str | None = st.session_state.get(session.QUESTION)
    if question not in asked:
        question = scan.next(_order(stored), _answered(stored))
    if question is None:
        _go_to(None)
    else:
        _go_to(question)
        scan.show(question)
    return question


def _go_to(question: str | None) -> None:
    if question is None:
        st.session_state.pop(session.QUESTION, None)
        st.query_params.pop(session.QUESTION, None)
    else:
        st.session_state[session.QUESTION] = question
        st.query_params[session.QUESTION] = question


def _ask(question: str, stored: Stored, scan: Scan) -> None:
    number = scan.number(question, _answered(stored))
    st.title(t("scan.number", number=number, most=max(number, scan.most)), anchor=False)
    st.text(stored.assessment.title)
    session.show_notice()
    progress_here = st.container()
    stored = question_card(knowledge_base().questions[question], stored)
    with progress_here:
        _progress(stored)
    with st.container(horizontal=True):
        before = scan.before(question)
        if before is not None and before in _asked(stored):
            st.button(t("scan.back"), on_click=_go_to, args=(before,))
        given = question in answers_of(stored)
        following = scan.after(question, _asked(stored))
        st.button(
            t("scan.forward") if given else t("scan.skip"),
            type="primary" if given else "secondary",
            key="scan:forward",
            on_click=_go_to,
            args=(following,),
        )
        if st.button(t("questions.to_advice")):
            st.switch_page(navigation.page("advice"))
    if session.waiting_to_show([question]):
        st.rerun()


def _progress(stored: Stored) -> None:
    rules = inference().base
    now = progress(inference().run(working_memory(answers_of(stored), rules.knowledge.questions)), rules)
    key = "scan.progress" if now.can_change_advice else "scan.progress_done"
    st.progress(
        now.answered / max(now.asked, 1),
        t(key, answered=now.answered, open=now.asked - now.answered, deciding=now.can_change_advice),
    )


def _pause(stored: Stored, scan: Scan) -> None:
    """The scan is done: lead to the advice, or on."""
    st.title(t("scan.done"), anchor=False)
    st.text(stored.assessment.title)
    session.show_notice()
    order = _next_questions().order(answers_of(stored))
    more = any(one.lessons for one in order)
    st.markdown(t("scan.done_lead", answered=len(_answered(stored))))
    st.markdown(t("scan.done_open") if more else t("scan.done_settled"))
    _progress(stored)
    with st.container(horizontal=True):
        if st.button(t("questions.to_advice"), type="primary"):
            st.switch_page(navigation.page("advice"))
        if more:
            count = min(SCAN, sum(one.lessons > 0 for one in order))
            st.button(t("scan.go_on", count=count), on_click=scan.go_on, args=(_answered(stored),))
    st.page_link(navigation.page("questions"), label=t("scan.all_questions"), icon=":material/checklist:")


if __name__ == "__main__":
    show()
