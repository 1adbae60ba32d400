"""The open questions that can still change what a page shows, each with a link to the place where it is answered."""

from collections.abc import Sequence

import streamlit as st

from knowledge.base import knowledge_base
from ui import navigation
from ui.parts.question_parts import all_parts
from ui.parts.widgets import words
from ui.visit import session
from ui.visit.session import language, t


def still_open(questions: Sequence[str]) -> None:
    """Draw the questions in a fold, as links."""
    if not questions:
        st.caption(t("openquestions.none"))
        return
    with st.expander(t("openquestions.fold", count=len(questions))), st.container(gap="xsmall"):
        st.markdown(t("openquestions.lead"))
        for question in questions:
            link_to(question, words(knowledge_base().questions[question].text))


def link_to(question: str, label: str) -> None:
    """A link to the part of the questions in which this question stands."""
    part = next(one.id for one in all_parts(knowledge_base()) if question in {each.id for each in one.questions})
    address = {session.PART: part, session.LANGUAGE: language(), session.OPEN: st.session_state[session.OPEN]}
    st.page_link(navigation.page("questions"), label=label, query_params=address)
