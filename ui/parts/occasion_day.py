"""The day of the occasion that comes first: one field, at its question and above the plan."""

from contextlib import suppress
from datetime import date

import streamlit as st

from knowledge.model import Question
from ui.parts.dates import read_date, written_date
from ui.parts.widgets import wrong
from ui.visit import session
from ui.visit.session import language, t


def occasion_day(label: str, on: date | None, assessment: str, disabled: bool, asked: Question | None = None) -> None:
    """Draw the field, with `on` in it; with `asked`, the question that counts the weeks to it, these follow the day."""
    key = f"{assessment}:{session.OCCASION}:{language()}"
    if session.must_show_stored(session.OCCASION):
        st.session_state[key] = written_date(on)
    typed = st.text_input(
        label,
        written_date(on),
        key=key,
        placeholder=t("plan.due_hint"),
        disabled=disabled,
        on_change=_save,
        args=(key, asked),
        width=340,
    )
    try:
        read_date(typed or "")
    except ValueError:
        wrong(key, t("plan.due_wrong"))


def _save(key: str, asked: Question | None) -> None:
    with suppress(ValueError):  # drawing the field says so
        day = read_date(st.session_state.get(key) or "")
        session.save_date(day, drawing=False)
        if day is not None and asked is not None and asked.number is not None:
            session.save_answer(asked, asked.number.weeks_to(day, date.today()), drawing=False)
            session.show_stored([asked.id])
