"""One question with its answers, why it is asked, and a note. What is given is saved at once."""

import streamlit as st

from assessment.store import NOTE_LENGTH, Stored
from knowledge.base import knowledge_base
from knowledge.condition import UNKNOWN
from knowledge.model import Answers, Question
from ui.parts.widgets import ask, words
from ui.visit import hosting, session
from ui.visit.session import t
from ui.visit.waiting import is_waiting


def answers_of(stored: Stored) -> Answers:
    """The stored answers that the present questions take."""
    return session.usable(stored.assessment, knowledge_base()).answers


def question_card(question: Question, stored: Stored) -> Stored:
    """Draw one question and save what is given; returns the assessment as it is then."""
    with st.container(key=f"question:{question.id}", border=True):
        session.show_notice(question.id)
        answer = answers_of(stored).get(question.id)
        given = ask(question, answer, stored.id, stored.read_only)
        if given.answer != answer and not stored.read_only:
            session.save_answer(question, given.answer)
            if given.redraw:
                session.show_stored([question.id])
            stored = session.current(fresh=False) or stored
            answer = answers_of(stored).get(question.id)
        if answer == UNKNOWN and question.find_out is not None:
            st.markdown(t("questions.find_out", how=words(question.find_out)))
        with st.container(horizontal=True, vertical_alignment="center"):
            with st.popover(t("questions.why"), type="tertiary"):
                st.markdown(words(question.why))
                if question.help is not None:
                    st.markdown(words(question.help))
            saved = "away.unsaved" if is_waiting(stored.id, "answer", question.id) else "questions.saved"
            st.caption(t("questions.open") if answer is None else t(saved))
        _note(question, stored)
    return stored


def _note(question: Question, stored: Stored) -> None:
    note = stored.assessment.notes.get(question.id, "")
    key = f"{stored.id}:{question.id}:note:{session.language()}"
    if st.session_state.get(f"{key}:shown", note) != note:
        st.session_state[key] = note  # another window changed it; what stands in the field must not overwrite that
    st.session_state[f"{key}:shown"] = note
    # An expander: a popover forgets what was typed when Escape closes it.
    with st.expander(t("questions.note_there") if note else t("questions.note"), type="compact", key=f"{key}:fold"):
        label = t("questions.note_label")
        written = st.text_area(label, value=note, max_chars=NOTE_LENGTH, key=key, disabled=stored.read_only)
        st.caption(t("sharing.note_help" if hosting.has_users() else "questions.note_help"))
    if written != note and not stored.read_only:
        session.save_note(question, written or "")
        st.rerun()  # for the label, which tells that there is a note
