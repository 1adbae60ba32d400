"""How one recommendation is shown: the advice, why it is given here, what happened in practice, and its sources."""

from collections.abc import Callable

import streamlit as st

from assessment.model import AdvisedLesson, Recommendation
from knowledge.base import knowledge_base
from ui.parts.markup import draw, rests_on
from ui.parts.reason_markup import reason_lines
from ui.parts.widgets import words
from ui.visit.session import t

More = Callable[[Recommendation], None]
"""Draws what a page adds at the end of a recommendation."""


def card(recommendation: Recommendation, more: More) -> None:
    """A recommendation with its title as a heading, open to read."""
    with st.container(key=f"card:{recommendation.card}", border=True):
        st.subheader(words(recommendation.title), anchor=False)
        body(recommendation, more)


def folded(recommendation: Recommendation, more: More) -> None:
    """A recommendation of which at first only the title shows."""
    with st.expander(words(recommendation.title), key=f"card:{recommendation.card}"):
        body(recommendation, more)


def body(recommendation: Recommendation, more: More) -> None:
    """Everything of a recommendation under its title."""
    theme = knowledge_base().themes[recommendation.theme].title
    marks = (t(f"severity.{recommendation.severity}"), t(f"phase.{recommendation.phase}"), words(theme))
    st.caption(" · ".join(marks))
    for advised in recommendation.lessons:
        lesson = advised.lesson
        kind = "" if lesson.kind == "advice" else f"**{t(f'kind.{lesson.kind}')}:** "
        st.markdown(kind + words(lesson.advice))
        if lesson.cautions is not None:
            st.markdown(t("advice.caution", text=words(lesson.cautions)))
    with st.expander(t("advice.why"), type="compact"):
        st.markdown(reason_lines(reason for advised in recommendation.lessons for reason in advised.reasons))
    with st.expander(t("advice.practice"), type="compact"):
        for advised in recommendation.lessons:
            practice(advised)
    more(recommendation)


def practice(advised: AdvisedLesson) -> None:
    """What happened in practice, and where that is written."""
    lesson = advised.lesson
    st.markdown(words(lesson.evidence))
    draw(rests_on(lesson.sources, lesson.basis))
