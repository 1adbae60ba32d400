"""Scores in per cent, for who wants them: as tables, with how each was computed."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st
from babel.numbers import format_decimal

from assessment.model import Advice, Contribution, Score
from ui.parts.widgets import words
from ui.visit.session import language, t

INK = "#101815"


def scores(advice: Advice) -> None:
    """All scores of an advice in per cent: overall, per theme and per element, and how each was computed."""
    st.subheader(t("advice.scores"), anchor=False)
    st.markdown(t("advice.scores_lead"))
    if not advice.scores:
        st.markdown(t("advice.scores_none"))
        return
    _table(t("advice.theme"), [*([advice.overall] if advice.overall is not None else []), *advice.scores])
    if advice.element_scores:
        with st.expander(t("advice.elements")):
            _table(t("advice.element"), advice.element_scores)
    st.markdown(t("advice.formula"))
    for one in advice.scores:
        with st.expander(t("advice.computed", theme=words(one.title))):
            st.table(_contributions(one.contributions), hide_index=True)


def _table(about: str, some: Sequence[Score]) -> None:
    table = {
        about: [words(one.title) for one in some],
        t("advice.score"): [score_range(one) for one in some],
        t("advice.level"): [levels(one) for one in some],
    }
    st.table(pd.DataFrame(table), hide_index=True)


def number(value: float) -> str:
    """A number as people write it, with at most two decimals."""
    return format_decimal(value, "0.##", locale=language())


def score_range(score: Score) -> str:
    """A score in words: one number, or from the lowest to the highest."""
    if score.lowest == score.highest:
        return number(score.lowest)
    return t("advice.range", low=number(score.lowest), high=number(score.highest))


def levels(score: Score) -> str:
    """The level of a score in words, or the two ends of it."""
    low, high = t(f"level.{score.lowest_level}"), t(f"level.{score.highest_level}")
    return low if low == high else t("advice.range", low=low, high=high)


def _contributions(some: Sequence[Contribution]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            t("advice.question"): [words(one.asked) for one in some],
            t("advice.answer"): [words(one.answer) for one in some],
            t("advice.points"): [_points(one) for one in some],
        }
    )


def _points(one: Contribution) -> str:
    low, high = number(one.lowest), number(one.highest)
    points = low if low == high else t("advice.range", low=low, high=high)
    return points if one.certain else t("advice.uncertain", points=points)
