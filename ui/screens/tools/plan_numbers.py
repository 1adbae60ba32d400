"""The numbers of a dialogue plan to try. They are kept for the visit, in either language, and not saved."""

from datetime import date
from typing import Any

import streamlit as st

from assessment.advisers.dialogue import NUMBERS, DialoguePlan, PlannedDialogue, planned_dialogue
from knowledge.model import Answers
from rules.engine.inference import inference
from ui.parts.dates import read_date
from ui.parts.widgets import words, wrong
from ui.visit.session import language, t

MOST = 500
LONGEST_PART = 200


def plan_numbers(answers: Answers, saved: PlannedDialogue, assessment_id: str) -> DialoguePlan:
    """Draw the fields; returns what is tried. `saved` is the plan as the answers have it."""
    fields = _Fields(assessment_id)
    tried: dict[str, Any] = {"on": fields.date(), "participants": fields.number("participants", None, 1, MOST)}
    for name, (least, most) in NUMBERS.items():
        tried[name] = fields.number(name, None, least, most)
        if name == "hours" and tried[name] is None:
            st.caption(t("planner.proposed", minutes=saved.minutes))
    plan = DialoguePlan(**tried)
    return plan.model_copy(update={"blocks": _blocks(fields, planned_dialogue(answers, inference(), plan))})


def _blocks(fields: "_Fields", planned: PlannedDialogue) -> dict[str, int]:
    """The minutes of parts that differ from their share of the time."""
    with st.expander(t("planner.blocks")):
        st.caption(t("planner.blocks_lead"))
        total = st.container()
        chosen = {}
        for part in planned.agenda:
            name = f"block:{part.id}:{planned.minutes}"
            minutes = fields.number(name, part.minutes, 0, LONGEST_PART, t("planner.part", title=words(part.title)))
            chosen[part.id] = part.minutes if minutes is None else minutes
        total.markdown(t("planner.blocks_sum", minutes=sum(chosen.values())))
    default = {part.id: part.minutes for part in planned.agenda}
    return {part: minutes for part, minutes in chosen.items() if minutes != default[part]}


class _Fields:
    """The fields of one plan. What differs from its default is kept while the visitor looks at other pages."""

    def __init__(self, assessment_id: str):
        self._key = f"planner:{assessment_id}"
        self._kept: dict[str, Any] = st.session_state.setdefault(f"{self._key}:kept", {})

    def number(self, name: str, default: int | None, low: int, high: int, label: str = "") -> int | None:
        """A whole number from `low` to `high`, or none; what does not fit is told and not used."""
        shown = self._kept.get(name, default)
        key = f"{self._key}:{name}:{language()}"
        changed: dict[str, Any] = {"key": key, "on_change": self._keep, "args": (name, key, default)}
        typed: int | None = st.number_input(label or t(f"planner.{name}"), value=shown, step=1, **changed)
        if typed is not None and not low <= typed <= high:
            wrong(key, t("questions.number_wrong", low=low, high=high))
            return default
        return typed

    def date(self) -> date | None:
        """A date as dd-mm-yyyy, or none; what cannot be read is told and not used."""
        key = f"{self._key}:date:{language()}"
        before = self._kept.get("date", "")
        changed: dict[str, Any] = {"key": key, "on_change": self._keep, "args": ("date", key, "")}
        typed = st.text_input(f"**{t('planner.date')}**", before, placeholder=t("planner.date_hint"), **changed)
        try:
            return read_date(typed or "")
        except ValueError:
            wrong(key, t("planner.date_wrong"))
            return None

    def _keep(self, name: str, key: str, default: Any) -> None:
        typed = st.session_state[key]
        if typed == default:
            self._kept.pop(name, None)
        else:
            self._kept[name] = typed
