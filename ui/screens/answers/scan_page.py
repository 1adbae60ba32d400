"""The scan: one question at a time, first what can bring a stop. Every answer is saved as it is given."""

from functools import partial

import streamlit as st

from assessment.checklists import OCCASIONS
from assessment.store import Stored
from knowledge.acts import CHAPTER
from knowledge.base import knowledge_base
from knowledge.model import Answer
from rules.engine.memory import asked_questions
from ui import navigation
from ui.parts.at_once import at_once, to_change
from ui.parts.opened import in_present_knowledge, is_older
from ui.parts.question_card import answers_of, must_stay, question_card, saved_line
from ui.parts.widgets import no_assessment, words
from ui.screens.answers.scan import Scan, lists_of, minutes
from ui.visit import session
from ui.visit.session import t
from ui.visit.window_title import headed

_SCAN, _WENT_ON = "scan", "scan:went-on"


def show() -> None:
    """The question of now, or the way to the advice between and after them."""
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
    went_on = st.session_state.pop(_WENT_ON, False)
    if question is None:
        if went_on and not _passed(stored):
            st.switch_page(navigation.page("advice"))
        _pause(stored, scan)
    else:
        _ask(question, stored, scan)


def _order(stored: Stored) -> tuple[str, ...]:
    """The questions of the scan that are asked now: first what can bring a stop."""
    knowledge, asked = knowledge_base(), _asked(stored)
    occasions = answers_of(stored).get(OCCASIONS, ())
    lists = lists_of(knowledge, asked)
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
    """The question to show: the one in the address, or else the next one."""
    asked = _asked(stored)
    question: str | None = st.session_state.get(session.QUESTION)
    if question not in asked:
        question = scan.next(_order(stored), _answered(stored))
    _go_to(question)
    if question is not None:
        scan.show(question)
    return question


def _go_to(question: str | None) -> None:
    if question is None:
        st.session_state.pop(session.QUESTION, None)
        st.query_params.pop(session.QUESTION, None)
    else:
        st.session_state[session.QUESTION] = question
        if st.query_params.get(session.QUESTION) != question:  # each change is a step back in the browser
            st.query_params[session.QUESTION] = question


def _back(question: str, before: str | None) -> None:
    stored = session.current(fresh=False)
    if stored is not None and not must_stay(knowledge_base().questions[question], stored):
        _go_to(before)


def _following(question: str, stored: Stored, scan: Scan) -> str | None:
    """The question after this one: for who went back the one that was shown then, else the next in the order."""
    following = scan.after(question, _asked(stored)) if question in scan.trail else None
    return following or scan.next(_order(stored), _answered(stored))


def _forward(question: str) -> None:
    stored = session.current(fresh=False)
    if stored is not None and not must_stay(knowledge_base().questions[question], stored):
        scan = _scan(stored)
        scan.show(question)
        _go_to(_following(question, stored, scan))
        st.session_state[_WENT_ON] = True  # from the last question this leads to the advice


def _choose(question: str, answer: Answer) -> None:
    """Save an answer that is given with one click, and go on, unless it endangers people: that is to be read first."""
    stored = session.current(fresh=False)
    if stored is None or stored.read_only:
        return
    asked = knowledge_base().questions[question]
    session.save_answer(asked, answer, drawing=False)
    number = f"{stored.id}:{question}:{session.language()}"
    if number in st.session_state:  # one that was refused makes way
        st.session_state[number] = None
    session.show_stored([question])
    now = session.current(fresh=False)
    if now is not None and not at_once(asked, answers_of(now)):
        _forward(question)


def _ask(question: str, stored: Stored, scan: Scan) -> None:
    asked = knowledge_base().questions[question]
    _progress(question, stored, scan)
    headed(words(asked.text))
    session.show_notice()
    stored = question_card(asked, stored, choose=partial(_choose, question))
    with st.container(key="steps", horizontal=True, vertical_alignment="center"):
        before = scan.before(question, _asked(stored))
        st.button(
            t("questions.back"), key="scan:back", disabled=before is None, on_click=_back, args=(question, before)
        )
        with st.container(key="so-far", gap=None):
            saved_line(asked, stored)
            count = to_change(answers_of(stored))
            label = t("scan.so_far", count=count) if count else t("questions.to_advice")
            st.page_link(navigation.page("advice"), label=label)
        st.button(t("questions.forward"), type="primary", key="scan:forward", on_click=_forward, args=(question,))
    if session.waiting_to_show([question]):
        st.rerun()


def _progress(question: str, stored: Stored, scan: Scan) -> None:
    """How many questions of the scan have an answer, as on the page with all questions, and how long the rest takes."""
    order, answers = _order(stored), answers_of(stored)
    if OCCASIONS not in answers:  # which questions follow is not known yet
        st.progress(0.0, t("scan.progress_first"))
        return
    left = [one for one in order if one not in answers and (one == question or one not in scan.trail)]
    lists = [one for one in left if one.startswith(f"{CHAPTER}.")]
    answered = sum(one in answers for one in order)
    counts = {"answered": answered, "asked": len(order), "minutes": minutes(left, lists)}
    st.progress(answered / len(order), t("scan.progress", **counts))


def _passed(stored: Stored) -> list[str]:
    """The questions of the scan that have no answer."""
    return [one for one in _order(stored) if one not in answers_of(stored)]


def _pause(stored: Stored, scan: Scan) -> None:
    """Nothing is left to show: lead to the advice, or to what was passed over."""
    st.title(t("scan.done"), anchor=False)
    session.show_notice()
    st.markdown(t("scan.done_lead", answered=len(_answered(stored))))
    passed = _passed(stored)
    with st.container(horizontal=True):
        if st.button(t("questions.to_advice"), type="primary"):
            st.switch_page(navigation.page("advice"))
        if passed:
            st.button(t("scan.go_on", count=len(passed)), on_click=_again, args=(scan, _answered(stored)))
    st.page_link(navigation.page("questions"), label=t("scan.all_questions"), icon=":material/checklist:")


def _again(scan: Scan, answered: set[str]) -> None:
    scan.go_on(answered)


if __name__ == "__main__":
    show()
