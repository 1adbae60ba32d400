"""One question with its answers, why it is asked, and a note. What is given is saved at once."""

from collections.abc import Callable
from functools import lru_cache, partial

import streamlit as st
from babel.dates import format_date

from assessment.model import Assessment
from assessment.store import NOTE_LENGTH, Stored
from knowledge.acts import CHAPTER, DONE
from knowledge.answering import answer_problem
from knowledge.base import knowledge_base
from knowledge.condition import UNKNOWN
from knowledge.model import Answer, Answers, Question
from rules.words import in_words
from ui.parts.at_once import at_once
from ui.parts.comments import comments
from ui.parts.given import before_ticking, is_refused, rows
from ui.parts.markup import draw, say, tag
from ui.parts.occasion_day import occasion_day
from ui.parts.widgets import Choose, ask, tell, words, wrong
from ui.visit import hosting, session
from ui.visit.session import t
from ui.visit.waiting import is_waiting


def answers_of(stored: Stored) -> Answers:
    """The stored answers that the present questions take."""
    return _usable(tuple(stored.assessment.answers.items()))


@lru_cache(maxsize=64)
def _usable(answers: tuple[tuple[str, Answer], ...]) -> Answers:
    return session.usable(Assessment(title="", answers=dict(answers), knowledge_version=""), knowledge_base()).answers


def question_card(question: Question, stored: Stored, choose: Choose | None = None) -> Stored:
    """Draw one question and save what is given; returns the assessment as it is then.

    With `choose` the question stands alone on its page, whose title it is.
    """
    with st.container(key=f"question:{question.id}", border=True, gap="small"):
        session.show_notice(question.id)
        answers = answers_of(stored)
        answer, told = answers.get(question.id), at_once(question, answers)
        given = ask(question, answer, stored.id, stored.read_only, choose, told)
        if question.number is not None and question.number.to_a_day:
            occasion_day(t("questions.day"), stored.occasion_on, stored.id, stored.read_only, question)
        if given.answer != answer and not stored.read_only:
            session.save_answer(question, given.answer)
            if given.redraw or at_once(question, answers_of(session.current(fresh=False) or stored)) != told:
                session.show_stored([question.id])
            stored = session.current(fresh=False) or stored
            answer = answers_of(stored).get(question.id)
        if answer is None:
            _kept(question, stored, choose)
        if question.chapter == CHAPTER:
            _own_words(question, stored)
        else:
            for verdict in at_once(question, answers_of(stored)).values():
                tell(verdict)
        if answer == UNKNOWN and question.find_out is not None:
            st.markdown(t("questions.find_out", how=words(question.find_out)))
        # Markup, as every element of Streamlit on the page makes each answer slower.
        reasons = [tag("p", say(one)) for one in (question.why, question.help) if one is not None]
        draw(tag("details", tag("summary", t("questions.why")), *reasons, cls="fold why"))
        _names(question, stored)
        _note(question, stored)
        comments(stored, question.id)
        if choose is None:
            saved_line(question, stored)
    return stored


def _kept(question: Question, stored: Stored, choose: Choose | None) -> None:
    """What was answered in the assessment that this one began from, with one click to say that it still is so."""
    kept = stored.kept.get(question.id)
    if kept is None or answer_problem(question, kept.answer) is not None:
        return
    day = format_date(kept.day, "d MMMM y", locale=session.language())
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(t("questions.kept", date=day, answer=words(in_words(question, kept.answer))))
        if not stored.read_only:
            st.button(
                t("questions.kept_so"),
                key=f"kept:{stored.id}:{question.id}",
                on_click=choose or partial(_save_kept, question),
                args=(kept.answer,),
            )


def _save_kept(question: Question, answer: Answer) -> None:
    session.save_answer(question, answer, drawing=False)
    session.show_stored([question.id])


def saved_line(question: Question, stored: Stored) -> None:
    """Whether the answer is saved, as a status that stays."""
    answer = answers_of(stored).get(question.id)
    saved = "away.unsaved" if is_waiting(stored.id, "answer", question.id) else "questions.saved"
    st.caption(t("questions.open") if answer is None else t(saved))


def _own_words(question: Question, stored: Stored) -> None:
    """A line for the user's own words at each row that was ticked; it stands at that row in the own advice."""
    ticked = before_ticking(answers_of(stored).get(question.id))
    chosen = [row for row in rows(question, tuple(ticked)) if ticked & {row.id, row.id + DONE}]
    if not chosen:
        return
    there = any(stored.assessment.notes.get(row.id) for row in chosen)
    key = f"{stored.id}:{question.id}:own:{session.language()}"
    label = t("questions.own_there" if there else "questions.own")
    with st.expander(label, expanded=question.asks_words, type="compact", key=key):
        for row in chosen:
            _written(row.id, words(row.label), stored, st.text_input)
        st.caption(t("sharing.own_help" if hosting.has_users() else "questions.own_help"))


def _names(question: Question, stored: Stored) -> None:
    """A line for what the user calls the organisation that the answer tells of; it stands in the own advice."""
    answer = answers_of(stored).get(question.id)
    for name in knowledge_base().names:
        if name.question == question.id and name.asked(answer):
            _written(name.id, say(name.ask), stored, st.text_input)


def _note(question: Question, stored: Stored) -> None:
    there = stored.assessment.notes.get(question.id)
    key = f"{stored.id}:{question.id}:note:{session.language()}:fold"
    # An expander: a popover forgets what was typed when Escape closes it.
    with st.expander(t("questions.note_there") if there else t("questions.note"), type="compact", key=key):
        _written(question.id, t("questions.note_label"), stored, st.text_area)
        st.caption(t("sharing.note_help" if hosting.has_users() else "questions.note_help"))


def must_stay(question: Question, stored: Stored) -> bool:
    """Whether something was typed at this question that cannot be saved: who goes on would lose it."""
    key, shown = f"{stored.id}:{question.id}:{session.language()}", st.session_state
    texts = (shown.get(_note_key(stored, one)) for one in (question.id, *(row.id for row in question.options)))
    return not stored.read_only and (is_refused(question, key) or any(len(one or "") > NOTE_LENGTH for one in texts))


def _note_key(stored: Stored, about: str) -> str:
    return f"{stored.id}:{about}:note:{session.language()}"


def _written(about: str, label: str, stored: Stored, field: Callable[..., str | None]) -> None:
    """A field for the note at a question or a row, saved as it is written."""
    note = stored.assessment.notes.get(about, "")
    key = _note_key(stored, about)
    if st.session_state.get(f"{key}:shown", note) != note:
        st.session_state[key] = note  # another window changed it; what stands in the field must not overwrite that
    st.session_state[f"{key}:shown"] = note
    # Without a limit of its own: the browser would drop what is too long, without a word. And saved by its own
    # callback: with a tap on another button right after typing, that button has moved the page before it is drawn.
    written = (
        field(label, value=note, key=key, disabled=stored.read_only, on_change=_save_note, args=(about, key)) or ""
    )
    if len(written) > NOTE_LENGTH:
        wrong(key, t("questions.note_long", most=NOTE_LENGTH, now=len(written)))
    elif written != note and not stored.read_only:
        session.save_note(about, written)  # what a browser sends again after a restart comes without a change
        st.rerun()  # for the label, which tells that there is a note


def _save_note(about: str, key: str) -> None:
    written = st.session_state.get(key) or ""
    if len(written) <= NOTE_LENGTH:
        st.session_state[f"{key}:shown"] = written
        session.save_note(about, written, drawing=False)
