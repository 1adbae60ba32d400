"""What the user decides on one action of the plan, as a row of fields. Each thing is saved as it is given."""

from contextlib import suppress
from datetime import date
from typing import Any, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from assessment.plan import (
    OWNER_LENGTH,
    REFERENCE_LENGTH,
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
from ui.parts.markup import Html, draw
from ui.parts.widgets import words, wrong
from ui.visit import session
from ui.visit.session import language, t
from ui.visit.unsaved import keep

WITH_REASON: tuple[Status, ...] = ("postponed", "rejected")
WIDTHS = (4.9, 1.7, 2.2, 2.2)
"""Of what, who, when and how it stands."""


def decision_row(action: Action, what: Html, key: str, disabled: bool, proposed: date | None = None) -> None:
    """Draw an action with its decision, edited in place; `what` is what stands in the first column.

    `proposed` is a day to propose while there is none.
    """
    before = action.decision
    fields = _Fields(action, key, session.must_show_stored(action.key), disabled)
    about, who, when, how = st.columns(WIDTHS, gap="small")
    with about:
        draw(what)
    others: Changes = {}
    with who:
        others["owner"] = fields.line("owner", before.owner)
    with when:
        others["due"], no_date = fields.due(before.due, proposed)
    with how:
        status = fields.status(before.status)
    changes: Changes = {"status": status} if status != before.status else {}
    if no_date:
        wrong(f"{key}:due", t("plan.due_wrong"))
    if status == "adapted":
        changes["words"] = fields.text("words", before.words)
    if status in WITH_REASON:
        changes["reason"] = fields.text("reason", before.reason if status == before.status else "", status)
    problem = st.container()
    written = before.note or before.reference
    with st.expander(t("field.more_there" if written else "field.more"), type="compact", key=f"{key}:more"):
        others["note"] = fields.text("note", before.note)
        others["reference"] = fields.line("reference", before.reference, t("field.reference"), REFERENCE_LENGTH)
        st.caption(f"{t('field.reference_help')} {t('field.note_goes')}")
    if not disabled and _save(action, changes, others, (problem, f"{key}:status")):
        st.rerun()


def stands(status: Status) -> str:
    """How an action stands, as a choice of its own."""
    said = STATUSES[status].in_(language())
    return said[:1].upper() + said[1:]


def decided(action: Action) -> str:
    """What was decided on one line: how it stands, who and when; nothing while it is only proposed."""
    decision = action.decision
    parts = [decision.owner, written_date(decision.due)]
    if decision.status != "proposed" or any(parts):
        parts.insert(0, STATUSES[decision.status].in_(language()))
    if not action.advised:
        parts.append(t("plan.lapsed", date=written_date(action.not_advised_since)))
    return " · ".join(filter(None, parts))


def _save(action: Action, changes: Changes, others: Changes, problem: tuple[DeltaGenerator, str] | None = None) -> bool:
    """Save the decision; tells whether there was something to save.

    `problem`, which a callback has not, is where to draw and the key of the status. While a reason or own words are
    missing, only what goes without them is saved.
    """
    everything: Changes = {**changes, **others}
    try:
        decision = decide(action, **everything)
    except DecisionError as error:
        if problem is not None:
            problem[0].warning(t("plan.not_saved", why=error.text.in_(language())))
            keep(problem[1])
        try:
            decision = decide(action, **others)
        except DecisionError:
            return False
    if decision == action.decision:
        return False
    kept = decision if decision != Decision(task=action.task) else None
    session.save_decision(action.key, kept, drawing=problem is not None)
    return True


def _changed(action: Action, key: str) -> None:
    """Save what stands in the fields of an action, in the callback of one of them."""
    stored, state = session.current(fresh=False), st.session_state
    if stored is None or stored.read_only:
        return
    now = action.model_copy(update={"decision": stored.decisions.get(action.key, Decision(task=action.task))})
    status = cast(Status, state.get(f"{key}:status", now.decision.status))
    changes: Changes = {"status": status} if status != now.decision.status else {}
    others: Changes = {}
    if f"{key}:owner" in state:
        others["owner"] = state[f"{key}:owner"].strip()
    if f"{key}:note" in state:
        others["note"] = state[f"{key}:note"].strip()
    if f"{key}:reference" in state:
        others["reference"] = state[f"{key}:reference"].strip()
    with suppress(ValueError):  # drawing the field says so
        others["due"] = read_date(state.get(f"{key}:due", ""))
    if status == "adapted" and f"{key}:words" in state:
        changes["words"] = state[f"{key}:words"].strip()
    if status in WITH_REASON and f"{key}:reason{status}" in state:
        changes["reason"] = state[f"{key}:reason{status}"].strip()
    _save(now, changes, others)


class _Fields:
    """The widgets of one action; with `reset` each shows what the store holds. Each name tells the action too."""

    def __init__(self, action: Action, key: str, reset: bool, disabled: bool):
        self._action = action
        self._title = words(action.task.title)
        self._key = key
        self._reset = reset
        self._with: dict[str, Any] = {"disabled": disabled, "on_change": _changed, "args": (action, key)}

    def status(self, stored: Status) -> Status:
        """How the action stands."""
        said = {one: stands(one) for one in STATUSES}
        some = list(said)
        chosen: Status = st.selectbox(
            self._named_for("status"),
            some,
            index=some.index(stored),
            format_func=said.__getitem__,
            key=self._named("status", stored),
            label_visibility="collapsed",
            **self._with,
        )
        return chosen

    def line(self, name: str, stored: str, label: str = "", most: int = OWNER_LENGTH) -> str:
        """A text of one line; without a label to show its name tells the action."""
        key = self._named(name, stored)
        hidden: dict[str, Any] = {} if label else {"placeholder": t("plan.who"), "label_visibility": "collapsed"}
        typed = st.text_input(label or self._named_for(name), stored, key=key, **hidden, **self._with)
        if len(typed or "") > most:
            wrong(key, t("field.too_long", most=most))
            return stored
        return (typed or "").strip()

    def text(self, name: str, stored: str, part: str = "") -> str:
        """A text of several lines."""
        key = self._named(name + part, stored)
        typed = st.text_area(t(f"field.{part or name}"), stored, height=90, key=key, **self._with)
        if len(typed or "") > TEXT_LENGTH:
            wrong(key, t("field.too_long", most=TEXT_LENGTH))
            return stored
        return (typed or "").strip()

    def due(self, stored: date | None, proposed: date | None) -> tuple[date | None, bool]:
        """A date as dd-mm-yyyy, and whether what was typed is no date: then it is not saved."""
        shown = written_date(stored)
        key = self._named("due", shown)
        typed = st.text_input(
            self._named_for("due"),
            shown,
            key=key,
            placeholder=t("plan.due_proposed", date=written_date(proposed)) if proposed else t("plan.due_hint"),
            label_visibility="collapsed",
            **self._with,
        )
        try:
            return read_date(typed or ""), False
        except ValueError:
            return stored, True

    def _named_for(self, name: str) -> str:
        return f"{t(f'field.{name}')} {self._title}"

    def _named(self, name: str, stored: str) -> str:
        key = f"{self._key}:{name}"
        if self._reset:
            st.session_state[key] = stored
        return key
