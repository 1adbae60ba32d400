"""How scores are shown: a chart, the same as a table, why a theme is held back, and how each score was computed."""

from collections.abc import Sequence
from functools import lru_cache
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st
from babel.numbers import format_decimal

from assessment.model import Advice, Contribution, Score
from assessment.scoring import LEVELS
from ui.parts.widgets import words
from ui.visit.session import language, t

INK, GREEN = "#0b0f0d", "#0b5d3b"


def scores(advice: Advice) -> None:
    """All scores of an advice: overall and per theme to look at, per element folded away."""
    st.markdown(t("advice.scores_lead"))
    if not advice.scores:
        st.markdown(t("advice.scores_none"))
        return
    shown = [*([advice.overall] if advice.overall is not None else []), *advice.scores]
    values = "; ".join(
        t("advice.chart_value", theme=one.title.in_(language()), range=score_range(one), level=levels(one))
        for one in shown
    )
    rows = tuple((one.title.in_(language()), one.lowest, one.highest) for one in shown)
    st.vega_lite_chart(spec=_chart(rows, t("advice.score")), alt=t("advice.chart_alt", values=values))
    _table(t("advice.theme"), shown)
    for one in advice.scores:
        if one.capped_by:
            level = t(f"level.{one.highest_level}")
            st.markdown(t("advice.capped", theme=words(one.title), level=level))
            st.markdown("\n".join(f"- {words(reason.says)}" for reason in one.capped_by))
    if advice.element_scores:
        with st.expander(t("advice.elements")):
            _table(t("advice.element"), advice.element_scores)
    for one in advice.scores:
        with st.expander(t("advice.computed", theme=words(one.title))):
            st.markdown(t("advice.formula"))
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


@lru_cache(256)
def _chart(rows: tuple[tuple[str, float, float], ...], title: str) -> dict[str, Any]:
    """The chart of titles with their lowest and highest score. Making it takes longer than all else on the page."""
    data = pd.DataFrame(
        {
            "theme": ["\n".join(wrap(name, 18)) for name, _, _ in rows],
            "low": [low for _, low, _ in rows],
            "high": [high for _, _, high in rows],
        }
    )
    y = alt.Y(
        "theme:N",
        sort=None,
        title=None,
        axis=alt.Axis(labelLimit=150, labelExpr="split(datum.label, '\\n')", ticks=False, domain=False),
    )
    starts = sorted({start for start, _ in LEVELS} | {100})
    x = alt.X(
        "low:Q",
        scale=alt.Scale(domain=[0, 100]),
        title=title,
        axis=alt.Axis(values=starts, gridColor="#9ca3af"),
    )
    base = alt.Chart(data)
    bars = base.mark_bar(height=14, color=GREEN, opacity=0.35).encode(y=y, x=x, x2="high:Q")
    ends = [
        base.mark_tick(thickness=4, size=22, color=GREEN).encode(y=y, x=alt.X(f"{end}:Q")) for end in ("low", "high")
    ]
    chart = alt.layer(bars, *ends).properties(height=70 + 46 * len(rows))
    shown = chart.configure_axis(labelColor=INK, titleColor=INK, labelFontSize=13).configure_view(strokeWidth=0)
    spec: dict[str, Any] = shown.to_dict(validate=False)
    return spec


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
