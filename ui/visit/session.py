"""What one visitor has open: the language, the assessment and the last seen state of it, and where answers are saved.

Streamlit forgets its session when a page is reloaded or the server restarts, so every answer goes to the store at once
and the address holds what is open. A widget gets its stored answer as default; its state is only set to show again
what the store holds (`show_stored`), because a state that is set always would undo the first click after a restart.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

import streamlit as st

from assessment.model import Assessment
from assessment.plan import Decision
from assessment.store import Conflict, NotAllowed, NotFound, Store, Stored, Unreachable
from knowledge.answering import answer_problem
from knowledge.base import KnowledgeBase, knowledge_base
from knowledge.model import Answer, Question
from knowledge.text import Language
from ui import navigation
from ui.visit import hosting, waiting
from ui.visit.waiting import Waiting
from ui.words import as_language, escaped, say

LANGUAGE = "lang"
"""The language of the screen, in the address and in the session."""
OPEN = "b"
"""The id of the open assessment, in the address and in the session."""
PART = "part"
"""The id of the part of the questions that is shown, in the address and in the session."""
QUESTION = "q"
"""The id of the question that the scan shows, in the address and in the session."""
OCCASION = "occasion"
"""What the day of the occasion is about, where messages and widgets are told apart."""
_STORED = "stored"
_SHOW_STORED = "show_stored"
_NOTICE = "notice"

TOP = "top"
"""The place of a message at the top of the page."""

NoticeKind = Literal["info", "warning", "error", "success"]


def language() -> Language:
    """The language of the screen."""
    return as_language(st.session_state.get(LANGUAGE) or st.query_params.get(LANGUAGE))


def t(key: str, **values: object) -> str:
    """A fixed text in the language of the screen."""
    return say(key, language(), **values)


@st.cache_resource
def _store() -> Store:
    return Store()


def store() -> Store:
    """The one store of this process; where there are users, as far as this one may see and change it.

    Raises:
        NotAllowed: there are users, and nobody is logged in.
    """
    return _store().seen_by(who()) if hosting.has_users() else _store()


def who() -> str:
    """The user who asks, where there are users.

    Raises:
        NotAllowed: nobody is logged in.
    """
    user = hosting.user()
    if user is None:
        raise NotAllowed
    return user


def keep_in_address(*names: str) -> None:
    """Follow the address, and put back what a click on another page took out of it."""
    for name in names:
        if name in st.query_params:
            st.session_state[name] = st.query_params[name]
        elif st.session_state.get(name):
            st.query_params[name] = st.session_state[name]


def go_to_language(chosen: Language) -> None:
    """Switch the language; the script in the page then loads it anew, so that all of it is in that language."""
    st.session_state[LANGUAGE] = chosen
    st.query_params[LANGUAGE] = chosen


def go_to_part(part: str) -> None:
    """Show another part of the questions."""
    st.session_state[PART] = part
    st.query_params[PART] = part


def open_assessment(assessment_id: str) -> None:
    """Make this the open assessment."""
    close_assessment()
    st.session_state[OPEN] = assessment_id
    st.query_params[OPEN] = assessment_id


def close_assessment() -> None:
    """Have no assessment open."""
    for name in (OPEN, PART, QUESTION):
        st.session_state.pop(name, None)
        st.query_params.pop(name, None)
    st.session_state.pop(_STORED, None)


def current(fresh: bool) -> Stored | None:
    """The open assessment: as the store has it now (`fresh`), or as this page last saw it. None if there is none."""
    assessment_id = st.session_state.get(OPEN)
    if not assessment_id:
        return None
    if fresh:
        save_waiting()
    stored = _read(assessment_id, fresh)
    return None if stored is None else waiting.with_waiting(stored)


def usable(assessment: Assessment, knowledge: KnowledgeBase) -> Assessment:
    """The assessment with only the answers that the present questions take; the store keeps the others."""
    answers = {
        question: answer
        for question, answer in assessment.answers.items()
        if question in knowledge.questions and answer_problem(knowledge.questions[question], answer) is None
    }
    return assessment.model_copy(update={"answers": answers})


def save_answer(question: Question, answer: Answer | None, drawing: bool = True) -> None:
    """Store an answer, or take it back with None. What another window changed meanwhile is shown, never overwritten.

    In a callback, which runs before the page is drawn, `drawing` is False.
    """
    _save("answer", question.id, answer, drawing)


def save_note(about: str, text: str, drawing: bool = True) -> None:
    """Store the note at a question or at a row, by its id; empty text takes it away."""
    _save("note", about, text, drawing)


def save_decision(key: str, decision: Decision | None, drawing: bool = True) -> None:
    """Store what was decided on the action with this key; None takes it back."""
    _save("action", key, decision, drawing)


def save_date(on: date | None, drawing: bool = True) -> None:
    """Store the day of the occasion that comes first; None takes it away."""
    _save("date", OCCASION, on, drawing)


def save_waiting() -> bool:
    """Save what could not be saved before, and tell the visitor; tells whether all of it is saved now."""
    waited = waiting.everything()
    if not _flush():
        return False
    if waited and _NOTICE not in st.session_state:
        notify("success", "away.back")
    return True


def undo(kind: Literal["answer", "action"] = "answer") -> str | None:
    """Take back the last answer or decision; returns its question or the key of its action.

    Raises:
        Unreachable: the database cannot be reached now.
        NotAllowed, NotFound: the role was taken meanwhile; that is told already.
    """
    stored = _seen()
    unsaved = waiting.last(stored.id, kind)
    if unsaved is not None:
        waiting.let_go(unsaved)
        about: str | None = unsaved.about
    else:
        try:
            about = store().undo(stored.id, kind)
        except (NotAllowed, NotFound):
            if current(fresh=True) is not None:
                notify("error", "away.not_allowed")
            raise
    current(fresh=True)
    if about is not None:
        show_stored([about])
    return about


def show_stored(questions: Iterable[str]) -> None:
    """Let the widgets of these questions or actions show what the store holds, the next time that they are drawn."""
    st.session_state[_SHOW_STORED] = st.session_state.get(_SHOW_STORED, frozenset()) | frozenset(questions)


def must_show_stored(question: str) -> bool:
    """Whether the widgets of this question or action must now show what the store holds; asks once."""
    waiting: frozenset[str] = st.session_state.get(_SHOW_STORED, frozenset())
    st.session_state[_SHOW_STORED] = waiting - {question}
    return question in waiting


def waiting_to_show(drawn: Iterable[str]) -> bool:
    """Whether one of these questions must be drawn again. Others are not on the page, so they have nothing to show."""
    waiting: frozenset[str] = st.session_state.get(_SHOW_STORED, frozenset())
    st.session_state[_SHOW_STORED] = waiting & frozenset(drawn)
    return bool(st.session_state[_SHOW_STORED])


def notify(kind: NoticeKind, key: str, about: str = TOP, **values: object) -> None:
    """Leave a message that is shown once: at the top of the page that is shown next, or at what it is about."""
    st.session_state[_NOTICE] = (about, kind, key, values)


def show_notice(about: str = TOP) -> None:
    """Show the message that was left for this place."""
    if st.session_state.get(_NOTICE, ("",))[0] == about:
        _, kind, key, values = st.session_state.pop(_NOTICE)
        getattr(st, kind)(t(key, **values))


def _seen() -> Stored:
    stored: Stored = st.session_state[_STORED]
    return stored


def _read(assessment: str, fresh: bool) -> Stored | None:
    """What the store holds, or what this page last saw of it: unless `fresh`, or where the store cannot be reached."""
    stored: Stored | None = st.session_state.get(_STORED)
    seen = stored if stored is not None and stored.id == assessment else None
    if seen is not None and not fresh:
        return seen
    try:
        return _open(assessment)
    except Unreachable:
        if seen is None:
            raise
        return seen


def _open(assessment: str) -> Stored | None:
    try:
        stored = store().open(assessment)
    except NotFound:
        close_assessment()
        notify("warning", "error.gone")
        return None
    st.session_state[_STORED] = stored
    return stored


def _save(kind: waiting.Kind, about: str, value: Any, drawing: bool) -> None:
    before = waiting.with_waiting(_seen())
    waiting.hold(Waiting(before.id, kind, about, value, before.revision, knowledge_base().version))
    if _flush():
        _catch_up(before, about, drawing)


def _flush() -> bool:
    """Save all that waits, and look how it stands then; tells whether both could be done."""
    waited = waiting.everything()
    settled: list[Waiting] = []
    try:
        for one, refused in waiting.save(store()):
            settled.append(one)
            if isinstance(refused, Conflict):
                _tell_conflict(one)
            else:
                waiting.keep_refused(one)
            show_stored([one.about])
        if waited and st.session_state.get(OPEN):
            _open(st.session_state[OPEN])
    except Unreachable:
        waiting.hold_again(one for one in waited if one not in settled)
        return False
    return True


def _tell_conflict(one: Waiting) -> None:
    question = knowledge_base().questions.get(one.about)
    if one.kind == "date":
        notify("warning", "plan.date_conflict")
    elif one.kind == "action" or question is None:
        notify("warning", "plan.conflict")
    else:
        notify("warning", "questions.conflict", about=question.id, question=escaped(question.text.in_(language())))


def _catch_up(before: Stored, own: str, drawing: bool) -> None:
    now: Stored | None = st.session_state.get(_STORED)
    if now is None:
        if not drawing:
            return
        st.switch_page(navigation.page("start"))
    was, is_now = before.assessment, now.assessment
    changed = {
        question
        for question in {*was.answers, *is_now.answers, *was.notes, *is_now.notes} - {own}
        if was.answers.get(question) != is_now.answers.get(question)
        or was.notes.get(question) != is_now.notes.get(question)
    }
    decisions = {*before.decisions, *now.decisions} - {own}
    changed |= {key for key in decisions if before.decisions.get(key) != now.decisions.get(key)}
    if own != OCCASION and before.occasion_on != now.occasion_on:
        changed.add(OCCASION)
    if changed:
        if _NOTICE not in st.session_state:
            notify("info", "questions.merged")
        show_stored(changed)
    if drawing and now.read_only and not before.read_only:
        st.rerun()
