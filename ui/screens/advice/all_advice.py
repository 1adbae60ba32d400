"""All recommendations, to choose from by theme, phase, severity and decision, and the decision on each."""

from collections.abc import Callable, Sequence
from typing import get_args

import streamlit as st

from assessment.advice import SEVERITIES
from assessment.model import Recommendation
from assessment.plan import STATUSES, Action, Plan
from assessment.store import Stored
from knowledge.base import knowledge_base
from knowledge.model import Answers, Phase
from ui.parts.decision import decided
from ui.parts.recommendations import More, folded
from ui.parts.what_if import Fold, folds, what_would_change
from ui.parts.widgets import words
from ui.visit.session import language, t

PHASES: tuple[Phase, ...] = get_args(Phase)
ALL = "all"


def more(recommendation: Recommendation, plan: Plan, stored: Stored, answers: Answers) -> None:
    """What comes at the end of a recommendation: what was decided on it, and what would change it.

    How advice on the safety of people could go away is never told.
    """
    action = action_of(recommendation, plan)
    line = decided(action) if action is not None else ""
    if line:
        st.text(line)  # no markdown: an address that a user writes would become a link
    if recommendation.severity != "critical":
        key = f"{stored.id}:change:{recommendation.card}"
        folds([Fold(t("whatif.change"), key, lambda: what_would_change(recommendation, answers))], compact=True)


def action_of(recommendation: Recommendation, plan: Plan) -> Action | None:
    """The action of the plan that a recommendation is."""
    return plan.action(f"recommendation.{recommendation.card}")


def rest(every: Sequence[Recommendation], others: Sequence[Recommendation], plan: Plan, end: More) -> None:
    """What does not stand open above, by phase; or of all recommendations those that the user chooses."""
    st.header(t("advice.rest"), anchor=False)
    theme, phase, severity, status = _choices(every)
    fits: tuple[tuple[str, Callable[[Recommendation], str]], ...] = (
        (theme, lambda one: one.theme),
        (phase, lambda one: one.phase),
        (severity, lambda one: one.severity),
        (status, lambda one: action.decision.status if (action := action_of(one, plan)) else "proposed"),
    )
    chosen = [one for one in fits if one[0] != ALL]
    if not chosen:
        st.markdown(t("advice.rest_lead") if others else t("advice.rest_none"))
        _by_phase(others, end)
        return
    found = [one for one in every if all(wanted == of(one) for wanted, of in chosen)]
    st.markdown(t("advice.chosen", count=len(found), all=len(every)))
    above = [one for one in found if one not in others]
    if above:
        st.markdown("\n".join([t("advice.above"), "", *(f"- {words(one.title)}" for one in above)]))
    _by_phase([one for one in found if one in others], end)


def _choices(every: Sequence[Recommendation]) -> tuple[str, str, str, str]:
    """What the user chooses of each; ALL where it does not matter."""
    themes = {one.theme for one in every}
    options: dict[str, dict[str, str]] = {
        "theme": {one.id: words(one.title) for one in knowledge_base().themes.values() if one.id in themes},
        "phase": {one: t(f"phase.{one}") for one in PHASES},
        "severity": {one: t(f"severity.{one}") for one in SEVERITIES},
        "status": {one: words(text) for one, text in STATUSES.items()},
    }
    chosen = []
    with st.container(horizontal=True):
        for name, some in options.items():
            labels = {ALL: t("items.all"), **some}
            one = st.selectbox(
                t(f"filter.{name}"), [*labels], format_func=labels.__getitem__, key=f"filter:{name}:{language()}"
            )
            chosen.append(one)
    theme, phase, severity, status = chosen
    return theme, phase, severity, status


def _by_phase(some: Sequence[Recommendation], end: More) -> None:
    for phase in PHASES:
        here = [one for one in some if one.phase == phase]
        if here:
            st.subheader(t(f"phase.{phase}"), anchor=False)
            for one in here:
                folded(one, end)
