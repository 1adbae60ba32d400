"""How one recommendation is shown: the advice, why it is given here, what happened in practice, and its sources."""

from collections.abc import Callable

import streamlit as st

from assessment.model import AdvisedLesson, Ground, Reason, Recommendation
from knowledge.base import knowledge_base
from ui.parts.widgets import places, words
from ui.visit.session import t

STEP = "    "


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
        st.markdown(reasons(recommendation))
    with st.expander(t("advice.practice"), type="compact"):
        for advised in recommendation.lessons:
            practice(advised)
    more(recommendation)


def reasons(recommendation: Recommendation) -> str:
    """Why a recommendation is given, as nested lists down to the answers; what was told once is not told again."""
    told: set[str] = set()
    given = [reason for advised in recommendation.lessons for reason in advised.reasons]
    return "\n".join(line for reason in given if reason.rule not in told for line in _reason(reason, "", told))


def reason_lines(reason: Reason) -> list[str]:
    """One finding, or why it does not hold, as the lines of a nested list."""
    return _reason(reason, "", set())


def _reason(reason: Reason, indent: str, told: set[str]) -> list[str]:
    says = words(reason.says) if reason.holds else t("advice.not_so", finding=words(reason.says))
    if reason.rule in told:
        return [f"{indent}- {t('advice.see_above', finding=says)}"]
    told.add(reason.rule)
    grounds = [ground for ground in reason.grounds if ground.answers or ground.findings]
    if len(grounds) < 2:
        return [f"{indent}- {says}", *(line for ground in grounds for line in _ground(ground, indent + STEP, told))]
    lines = [f"{indent}- {t('advice.each_enough', finding=says)}"]
    for ground in grounds:
        together = len(ground.answers) + len(ground.findings) > 1
        lines += [f"{indent}{STEP}- {t('advice.together')}"] if together else []
        lines += _ground(ground, indent + (STEP * 2 if together else STEP), told)
    return lines


def _ground(ground: Ground, indent: str, told: set[str]) -> list[str]:
    said = [
        f"{indent}- "
        + (
            t("advice.you_said", question=words(one.asked), answer=words(one.answer))
            if one.is_asked
            else t("advice.not_asked", question=words(one.asked))
        )
        for one in ground.answers
    ]
    return [*said, *(line for finding in ground.findings for line in _reason(finding, indent, told))]


def practice(advised: AdvisedLesson) -> None:
    """What happened in practice, and where that is written."""
    lesson = advised.lesson
    st.markdown(words(lesson.evidence))
    st.caption(t("advice.source", place=places(lesson.sources), basis=t(f"basis.{lesson.basis}")))
