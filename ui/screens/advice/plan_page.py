"""The plan: each recommendation and each thing to find out as an action, on which the user decides."""

from collections import Counter
from collections.abc import Callable, Sequence

import streamlit as st

from assessment.dossier import Dossier
from assessment.model import Advice
from assessment.plan import STATUSES, Action
from assessment.sheets.purposes import SheetForm
from assessment.store import NotAllowed, NotFound, Stored, Unreachable
from assessment.store.history_in_words import lines
from knowledge.base import knowledge_base
from ui import navigation
from ui.parts.decision import decided, decision_fields
from ui.parts.downloads import dossier_of, download, may_be_whole
from ui.parts.opened import advice_on, looking, opened
from ui.parts.widgets import moment, words
from ui.visit import session
from ui.visit.session import language, t

UNDO = "undo-decision"  # the place of a message beside the button
FORMS: tuple[SheetForm, ...] = ("csv", "xlsx", "ics")
NEWEST = 50  # so many events are shown at first

SHOWN: dict[str, Callable[[Action], bool]] = {
    "all": lambda action: True,
    "undecided": lambda action: action.advised and action.decision.status == "proposed",
    "busy": lambda action: action.decision.status in ("accepted", "adapted", "postponed"),
    "closed": lambda action: action.decision.status in ("rejected", "done"),
}


def show() -> None:
    """Draw the page."""
    found = opened("plan")
    if found is None:
        return
    stored, assessment = found
    dossier = dossier_of(stored, assessment, advice_on(stored, assessment))
    if dossier.plan.actions:
        _plan(stored, dossier)
    else:
        st.info(t("plan.empty"))
        st.page_link(navigation.page("questions"), label=t("advice.more_questions"), icon=":material/checklist:")
    _history(stored)


def _plan(stored: Stored, given: Dossier) -> None:
    plan, advice = given.plan, given.advice
    st.markdown(t("plan.lead"))
    counts = Counter(action.decision.status for action in plan.actions)
    said = ", ".join(f"{counts[status]} {words(name)}" for status, name in STATUSES.items() if counts[status])
    st.markdown(t("plan.counts", count=len(plan.actions), statuses=said))
    if may_be_whole(given, "plan"):
        with st.container(horizontal=True):
            for form in FORMS:
                download(t(f"plan.{form}"), given, "full", form, f"plan:{form}", "plan.file_name")
    kinds = {one: t(f"show.{one}") for one in SHOWN}
    shown = st.radio(
        t("plan.show"),
        list(kinds),
        format_func=kinds.__getitem__,
        horizontal=True,
        key=f"plan:show:{language()}",
    )
    actions = [action for action in plan.actions if SHOWN[shown](action)]
    if not actions:
        st.info(t("plan.none_shown"))
    groups: tuple[tuple[str, Callable[[Action], bool]], ...] = (
        ("safety", lambda action: action.advised and action.task.severity == "critical"),
        ("homework", lambda action: action.advised and action.task.kind == "homework"),
        ("others", lambda action: action.advised and action.task.severity in ("high", "normal")),
        ("lapsed", lambda action: not action.advised),
    )
    for group, belongs in groups:
        _group(group, [action for action in actions if belongs(action)], stored, advice)
    if not looking(stored):
        st.button(t("plan.undo"), type="tertiary", disabled=stored.read_only, on_click=_undo)
        session.show_notice(UNDO)


def _group(group: str, actions: Sequence[Action], stored: Stored, advice: Advice) -> None:
    if not actions:
        return
    st.header(t(f"group.{group}"), anchor=False)
    if group == "lapsed":
        st.markdown(t("plan.lapsed_lead"))
    for action in actions:
        with st.container(key=f"action:{action.key}", gap="xsmall"):
            _action(action, stored, advice)


def _action(action: Action, stored: Stored, advice: Advice) -> None:
    key = f"{stored.id}:{action.key}"
    # The label stays the same whatever is decided: with another label it would be another fold, which is closed.
    with st.expander(words(action.task.title), key=f"{key}:fold", on_change="rerun") as fold:
        if fold.open:
            _about(action, advice)
            decision_fields(action, f"{key}:{language()}", disabled=looking(stored) or stored.read_only)
    line = decided(action)
    if line:
        st.text(line)  # no markdown: an address that a user writes would become a link


def _about(action: Action, advice: Advice) -> None:
    """What is advised now, or how to find it out."""
    if action.task.kind == "homework":
        question = knowledge_base().questions.get(action.task.id)
        if question is not None and question.find_out is not None:
            st.markdown(t("questions.find_out", how=words(question.find_out)))
        return
    card = next((one for one in advice.recommendations if one.card == action.task.id), None)
    for advised in card.lessons if card is not None else ():
        st.markdown(f"- {words(advised.lesson.advice)}")


def _undo() -> None:
    try:
        taken = session.undo("action")
    except Unreachable:
        session.notify("error", "away.undo", about=UNDO)
        return
    except (NotAllowed, NotFound):
        return
    if taken is None:
        session.notify("info", "plan.nothing_to_undo", about=UNDO)
        return
    stored = session.current(fresh=False)
    decision = stored.decisions.get(taken) if stored is not None else None
    status = STATUSES[decision.status if decision is not None else "proposed"]
    session.notify("info", "plan.undone", about=UNDO, status=words(status))


def _history(stored: Stored) -> None:
    with st.expander(t("plan.history"), key=f"{stored.id}:history", on_change="rerun") as fold:
        if not fold.open:
            return
        try:
            past = lines(session.store().history(stored.id), knowledge_base())[::-1]
        except Unreachable as problem:
            st.text(problem.text.in_(language()))
            return
        everything = len(past) > NEWEST and st.checkbox(t("plan.history_all", count=len(past)), key="history:all")
        told = past if everything else past[:NEWEST]
        st.text("\n".join(f"{moment(one.moment)}: {one.says.in_(language())}" for one in told))


if __name__ == "__main__":
    show()
