"""Check your answers: every question with what was answered, a link to change it, and what does not count now."""

import streamlit as st

from assessment.store import Stored
from knowledge.answering import answer_problem
from knowledge.base import knowledge_base
from knowledge.model import Answer, Question
from rules.engine.memory import asked_questions
from rules.words import in_words
from ui import navigation
from ui.parts.opened import in_present_knowledge, is_older
from ui.parts.question_card import answers_of
from ui.parts.question_parts import Part, all_parts, shown_parts
from ui.parts.question_titles import part_title
from ui.parts.widgets import no_assessment, words
from ui.visit import session
from ui.visit.session import t
from ui.words import escaped


def show() -> None:
    """Part by part the questions that are asked now, all or only the open ones, and below them what does not count."""
    st.title(t("nav.check"), anchor=False)
    session.show_notice()
    stored = session.current(fresh=True)
    if stored is None:
        session.show_notice()
        no_assessment()
        return
    if is_older(stored):
        in_present_knowledge(stored, may_look=False)
        return
    st.markdown(t("check.lead"))
    asked = frozenset(one.id for one in asked_questions(answers_of(stored), knowledge_base().questions))
    only_open = st.checkbox(t("check.only_open"), key=f"check:open:{session.language()}")
    parts = shown_parts(all_parts(knowledge_base()), asked)
    for part in parts:
        _part(part, part_title(part, parts), part.asked(asked), stored, only_open)
    _not_counting(stored, asked)
    if st.button(t("questions.to_advice"), type="primary"):
        st.switch_page(navigation.page("advice"))


def _part(part: Part, title: str, questions: tuple[Question, ...], stored: Stored, only_open: bool) -> None:
    answers = answers_of(stored)
    shown = [one for one in questions if not (only_open and one.id in answers)]
    if not shown:
        return
    st.header(title, anchor=False)
    st.page_link(
        navigation.page("questions"),
        label=t("check.change", title=title),
        icon=":material/edit:",
        query_params={session.PART: part.id, session.OPEN: stored.id},
    )
    for question in shown:
        given = answers.get(question.id)
        said = words(in_words(question, given)) if given is not None else t("check.none")
        st.markdown(f"**{words(question.text)}**  \n{said}")
        note = stored.assessment.notes.get(question.id)
        if note:
            st.caption(t("check.note"))
            st.text(note)


def _not_counting(stored: Stored, asked: frozenset[str]) -> None:
    """Answers that are kept and do not count: their question is not asked now, or no longer exists."""
    known = knowledge_base().questions
    aside = [(one, answer) for one, answer in stored.assessment.answers.items() if one not in asked]
    aside += [(one, answer) for one, answer in stored.set_aside.items() if one not in stored.assessment.answers]
    if not aside:
        return
    st.header(t("check.aside"), anchor=False)
    st.markdown(t("check.aside_lead"))
    lines = [f"- **{words(known[one].text) if one in known else escaped(one)}** {_said(one, a)}" for one, a in aside]
    st.markdown("\n".join(lines))


def _said(question_id: str, answer: Answer) -> str:
    question = knowledge_base().questions.get(question_id)
    if question is not None and answer_problem(question, answer) is None:
        return words(in_words(question, answer))
    return escaped(", ".join(answer) if isinstance(answer, tuple) else str(answer))


if __name__ == "__main__":
    show()
