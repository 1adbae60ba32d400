"""What the user decides on one action of the plan. Each thing is saved as it is given."""

from datetime import date

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.plan import (
    OWNER_LENGTH,
    STATUSES,
    TEXT_LENGTH,
    Action,
    Changes,
    Decision,
    DecisionError,
    Status,
    decide,
)
from ui.parts.dates import read_date, written_date
from ui.visit import session
from ui.visit.session import language, t

WITH_REASON: tuple[Status, ...] = ("postponed", "rejected")


def decision_fields(action: Action, key: str, disabled: bool) -> None:
    """Draw the decision on an action, and save what was changed."""
    before = action.decision
    fields = _Fields(key, session.must_show_stored(action.key), disabled)
    status = fields.status(before.status)
    changes: Changes = {}
    if status != before.status:
        changes["status"] = status
    if status == "adapted":
        changes["words"] = fields.text("words", before.words)
    if status in WITH_REASON:
        changes["reason"] = fields.text("reason", before.reason if status == before.status else "", status)
    problem = st.container()
    others: Changes = {"owner": fields.line("owner", before.owner, OWNER_LENGTH)}
    others["due"] = fields.due(before.due)
    others["note"] = fields.text("note", before.note)
    if not disabled:
        _save(action, changes, others, problem)


def decided(action: Action) -> str:
    """What was decided on one line: how it stands, who and when; nothing while it is only proposed."""
    decision = action.decision
    parts = [decision.owner, written_date(decision.due)]
    if decision.status != "proposed" or any(parts):
        parts.insert(0, STATUSES[decision.status].in_(language()))
    if not action.advised:
        parts.append(t("plan.lapsed", date=written_date(action.not_advised_since)))
    return " · ".join(filter(None, parts))


def _save(action: Action, changes: Changes, others: Changes, problem: DeltaGenerator) -> None:
    """Save the decision; while a reason or own words are missing, only what goes without them."""
    everything: Changes = {**changes, **others}
    try:
        decision = decide(action, **everything)
    except DecisionError as error:
        problem.warning(t("plan.not_saved", why=error.text.in_(language())))
        decision = decide(action, **others)
    if decision == action.decision:
        return
    session.save_decision(action.key, decision if decision != Decision(task=action.task) else None)
    st.rerun()


class _Fields:
    """The widgets of one action; with `reset` each shows what the store holds."""

    def __init__(self, key: str, reset: bool, disabled: bool):
        self._key = key
        self._reset = reset
        self._disabled = disabled

    def status(self, stored: Status) -> Status:
        """How the action stands."""
        words: dict[Status, str] = {one: t(f"decide.{one}") for one in STATUSES}
        some = list(words)
        return st.radio(
            t("plan.status"),
            some,
            index=some.index(stored),
            format_func=words.__getitem__,
            key=self._named("status", stored),
            disabled=self._disabled,
        )

    def line(self, name: str, stored: str, longest: int) -> str:
        """A text of one line."""
        key = self._named(name, stored)
        typed = st.text_input(t(f"field.{name}"), stored, longest, key=key, disabled=self._disabled)
        return (typed or "").strip()

    def text(self, name: str, stored: str, part: str = "") -> str:
        """A text of several lines."""
        key = self._named(name + part, stored)
        label = t(f"field.{part or name}")
        typed = st.text_area(label, stored, height=90, max_chars=TEXT_LENGTH, key=key, disabled=self._disabled)
        return (typed or "").strip()

    def due(self, stored: date | None) -> date | None:
        """A date as dd-mm-yyyy; what cannot be read is told and not saved."""
        shown = written_date(stored)
        key = self._named("due", shown)
        hint = t("plan.due_hint")
        typed = st.text_input(t("field.due"), shown, 20, key=key, placeholder=hint, disabled=self._disabled)
        try:
            return read_date(typed or "")
        except ValueError:
            st.error(t("plan.due_wrong"))
            return stored

    def _named(self, name: str, stored: str) -> str:
        key = f"{self._key}:{name}"
        if self._reset:
            st.session_state[key] = stored
        return key
