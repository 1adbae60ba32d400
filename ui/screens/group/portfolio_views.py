"""How the numbers on a group are shown: each chart with the same numbers as a table."""

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st
from babel.numbers import format_decimal, format_percent

from assessment.portfolio.disclosure import COLUMNS, AdviceRow, Figures, HeatCell, ThemeRow
from assessment.portfolio.words import labels
from knowledge.text import Amount, Text
from ui.parts.score_views import INK, number
from ui.parts.widgets import words
from ui.visit.session import language, t

BLUES = ("#ffffff", "#d9e8f3", "#a9cce6", "#2b6593", "#0a3f6f")
"""From few to many. On the two darkest, text is white."""
LIGHT_TEXT_FROM = 3


def everything(found: Figures) -> None:
    """All that may be told about the group."""
    w = _words()
    if not found.enough:
        st.info(w["too-few"].format(minimum=found.minimum))
        return
    st.markdown(w["ranges"])
    if found.with_safety is None:
        st.markdown(w["safety-too-few"].format(minimum=found.minimum))
    else:
        share = _percent(found.with_safety / found.rows)
        st.markdown(w["safety"].format(count=_count(found.with_safety), share=share))
    _levels(found)
    _spread(found)
    _advice(found)
    _unknowns(found)
    _changes(found)


def _words() -> Mapping[str, str]:
    return labels(language())


def _count(value: float) -> str:
    return format_decimal(value, locale=language())


def _percent(share: float) -> str:
    return str(format_percent(share, locale=language()))


def _levels(found: Figures) -> None:
    w = _words()
    st.header(w["levels"], anchor=False)
    st.markdown(w["levels-caption"])
    shown = [row for row in found.themes if row.cells]
    if shown:
        told = "; ".join(
            f"{_title(row.title)}: {', '.join(_cell(cell, place) for place, cell in enumerate(row.cells))}"
            for row in shown
        )
        st.altair_chart(_heat_map(shown), alt=t("portfolio.heat_alt", values=told))
        st.caption(t("portfolio.dash"))
    table = {w["theme"]: [_title(row.title) for row in found.themes]}
    for place, name in enumerate(COLUMNS):
        table[w[f"level.{name}"]] = [
            _number(row.cells[place]) if row.cells else w["theme-too-few"].format(minimum=found.minimum)
            for row in found.themes
        ]
    with st.expander(t("portfolio.as_table")):
        st.table(pd.DataFrame(table), hide_index=True)


def _title(text: Text) -> str:
    return text.in_(language())


def _number(cell: HeatCell) -> str:
    return _words()["not-told"] if cell.count is None else f"{_count(cell.count)} ({_percent(cell.share)})"


def _cell(cell: HeatCell, place: int) -> str:
    return f"{_words()[f'level.{COLUMNS[place]}']}: {_number(cell)}"


def _heat_map(rows: list[ThemeRow]) -> Any:
    names = [t(f"level.{name}") for name in COLUMNS]
    cells = [
        {
            "theme": "\n".join(wrap(_title(row.title), 16)),
            "level": names[place],
            "shade": BLUES[cell.shade] if cell.count is not None else "#ffffff",
            "ink": "#ffffff" if cell.count is not None and cell.shade >= LIGHT_TEXT_FROM else INK,
            "told": "–" if cell.count is None else _count(cell.count),
        }
        for row in rows
        for place, cell in enumerate(row.cells)
    ]
    split = "split(datum.label, '\\n')"
    y = alt.Y(
        "theme:N",
        sort=None,
        title=None,
        axis=alt.Axis(labelExpr=split, labelLimit=150, labelOverlap=False, ticks=False),
    )
    x = alt.X(
        "level:N", sort=names, title=None, axis=alt.Axis(labelAngle=-90, labelOverlap=False, orient="top", ticks=False)
    )
    base = alt.Chart(pd.DataFrame(cells)).encode(x=x, y=y)
    boxes = base.mark_rect(stroke="#6b7280").encode(color=alt.Color("shade:N", scale=None))
    texts = base.mark_text(fontSize=14).encode(text="told:N", color=alt.Color("ink:N", scale=None))
    chart = alt.layer(boxes, texts).properties(height=60 + 50 * len(rows))
    return (
        chart.configure(aria=False)
        .configure_mark(aria=False)
        .configure_axis(labelColor=INK, labelFontSize=12)
        .configure_view(strokeWidth=0)
    )


def _spread(found: Figures) -> None:
    w = _words()
    shown = [row for row in found.themes if row.spreads]
    if not shown:
        return
    st.header(w["spread"], anchor=False)
    st.markdown(w["spread-caption"])
    table: dict[str, list[str]] = {w["theme"]: [_title(row.title) for row in shown]}
    for end, name in enumerate(("low-end", "high-end")):
        for place in ("lower", "median", "upper"):
            values = [number(getattr(row.spreads[end], place)) for row in shown]
            table[f"{w[name]}: {w[place]}"] = values
    told = "; ".join(
        t("portfolio.spread_value", theme=_title(row.title), low=number(row.spreads[0].median),
          high=number(row.spreads[1].median))
        for row in shown
    )  # fmt: skip
    st.altair_chart(_spread_chart(shown), alt=t("portfolio.spread_alt", values=told))
    with st.expander(t("portfolio.as_table")):
        st.table(pd.DataFrame(table), hide_index=True)


def _spread_chart(rows: list[ThemeRow]) -> Any:
    w = _words()
    lines = [
        {
            "theme": "\n".join(wrap(_title(row.title), 16)),
            "end": w[name],
            "lower": spread.lower,
            "median": spread.median,
            "upper": spread.upper,
        }
        for row in rows
        for name, spread in zip(("low-end", "high-end"), row.spreads, strict=True)
    ]
    ends = [w["low-end"], w["high-end"]]
    y = alt.Y(
        "theme:N",
        sort=None,
        title=None,
        axis=alt.Axis(
            labelExpr="split(datum.label, '\\n')", labelLimit=150, labelOverlap=False, ticks=False, domain=False
        ),
    )
    colour = alt.Color(
        "end:N",
        sort=ends,
        title=None,
        scale=alt.Scale(domain=ends, range=["#9a4a00", "#0b5d3b"]),
        legend=alt.Legend(orient="top", labelColor=INK, labelFontSize=13),
    )
    base = alt.Chart(pd.DataFrame(lines)).encode(y=y, yOffset=alt.YOffset("end:N", sort=ends), color=colour)
    x = alt.X("lower:Q", scale=alt.Scale(domain=[0, 100]), title=t("advice.score"), axis=alt.Axis(gridColor="#9ca3af"))
    bars = base.mark_bar(height=10, opacity=0.7).encode(x=x, x2="upper:Q")
    middles = base.mark_tick(thickness=4, size=16).encode(x="median:Q", color=alt.value(INK))
    chart = alt.layer(bars, middles).properties(height=90 + 54 * len(rows))
    return (
        chart.configure(aria=False)
        .configure_mark(aria=False)
        .configure_axis(labelColor=INK, titleColor=INK, labelFontSize=12)
        .configure_view(strokeWidth=0)
    )


def _advice(found: Figures) -> None:
    w = _words()
    st.header(w["advice"], anchor=False)
    if not found.advice:
        st.markdown(w["advice-none"].format(minimum=found.minimum))
        return
    st.markdown(w["advice-caption"].format(count=Amount(len(found.advice))))
    table = {
        w["lesson"]: [_lesson(row) for row in found.advice],
        w["severity"]: [w[f"severity.{row.lesson.severity}"] for row in found.advice],
        w["number"]: [f"{_count(row.count)} ({_percent(row.share)})" for row in found.advice],
    }
    st.table(pd.DataFrame(table), hide_index=True)


def _lesson(row: AdviceRow) -> str:
    return f"**{words(row.title)}**: {words(row.lesson.advice)}"


def _unknowns(found: Figures) -> None:
    w = _words()
    st.header(w["unknowns"], anchor=False)
    if not found.unknowns:
        st.markdown(w["unknowns-none"].format(minimum=found.minimum))
        return
    st.markdown(w["unknowns-caption"].format(count=Amount(len(found.unknowns))))
    table = {
        w["question"]: [words(row.question.text) for row in found.unknowns],
        w["find-out"]: [words(row.question.find_out) if row.question.find_out else "" for row in found.unknowns],
        w["number"]: [f"{_count(row.count)} ({_percent(row.share)})" for row in found.unknowns],
    }
    st.table(pd.DataFrame(table), hide_index=True)


def _changes(found: Figures) -> None:
    if not found.theme_changes:
        return
    w = _words()
    st.header(w["change"], anchor=False)
    table: dict[str, list[str]] = {w["theme"]: [_title(row.title) for row in found.theme_changes]}
    for end, name in enumerate(("low-end", "high-end")):
        table[w[name]] = [
            t("portfolio.then_now", then=number(row.medians[end][0]), now=number(row.medians[end][1]))
            for row in found.theme_changes
        ]
    st.table(pd.DataFrame(table), hide_index=True)
    if found.advice_changes:
        st.markdown(w["change-advice-caption"])
        lines = {
            w["lesson"]: [f"**{words(row.title)}**: {words(row.lesson.advice)}" for row in found.advice_changes],
            w["share"]: [
                t("portfolio.then_now", then=_percent(row.before), now=_percent(row.now))
                for row in found.advice_changes
            ],
        }
        st.table(pd.DataFrame(lines), hide_index=True)
