"""How two assessments differ, shown: advice that is given in one of them only, and scores side by side."""

from collections.abc import Iterator, Sequence

import pandas as pd
import streamlit as st

from assessment.advice import SEVERITIES
from assessment.changes.comparison import ChangedLesson, Comparison, ScorePair
from assessment.model import Standing
from knowledge.base import knowledge_base
from ui.parts.condition_views import met
from ui.parts.widgets import words
from ui.visit.session import t

SHORT = 6  # with more differences than this, their texts are folded away and only the titles show


def advice_differences(comparison: Comparison, appeared: str, vanished: str, causes: bool) -> None:
    """The advice under the titles `appeared` and `vanished`; with `causes` by the answers that it is attributed to."""
    for title, some in (
        (appeared, [one for one in comparison.lessons if one.appeared]),
        (vanished, [one for one in comparison.lessons if not one.appeared]),
    ):
        if some:
            st.markdown(f"**{title}**")
            short = len(some) <= SHORT
            _by_cause(some, causes, texts=short)
            if not short:
                with st.expander(t("compare.texts", count=len(some)), type="compact"):
                    _by_cause(some, causes=False, texts=True)


def _by_cause(some: Sequence[ChangedLesson], causes: bool, texts: bool) -> None:
    groups: dict[str, list[ChangedLesson]] = {}
    for one in sorted(some, key=lambda one: SEVERITIES.index(one.severity)):
        groups.setdefault(_cause(one) if causes else "", []).append(one)
    for cause, lessons in groups.items():
        if cause:
            st.markdown(cause)
        st.markdown("\n".join(_cards(lessons, texts)))


def _cause(one: ChangedLesson) -> str:
    if one.due_to == "rules":
        return t("compare.rules")
    asked = (words(knowledge_base().questions[name].text) for name in one.questions)
    return t("compare.because", questions="; ".join(t("compare.quoted", text=text) for text in asked))


def _cards(lessons: Sequence[ChangedLesson], texts: bool) -> Iterator[str]:
    """Each recommendation once, with the texts of its advice if wanted."""
    for card in dict.fromkeys(one.card for one in lessons):
        here = [one for one in lessons if one.card == card]
        title = f"**{words(here[0].title)}**"
        yield f"- {t('compare.safety', title=title) if here[0].severity == 'critical' else title}"
        yield from (f"    - {words(one.advice)}" for one in here if texts)


def score_table(some: Sequence[ScorePair], first: str, second: str) -> None:
    """Scores as a table, under the names of the two."""
    table = {
        t("advice.theme"): [words(one.title) for one in some],
        first: [_met(one.before) for one in some],
        second: [_met(one.after) for one in some],
    }
    st.table(pd.DataFrame(table), hide_index=True)


def _met(standing: Standing | None) -> str:
    return t("compare.no_score") if standing is None else met(standing)
