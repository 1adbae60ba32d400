"""The plan: one table of actions that is edited in place, beginning with the first ones."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from assessment.dossier import Dossier
from assessment.model import Advice
from assessment.plan import FIRST, Action, decide, proposed_dates
from assessment.store import NotAllowed, NotFound, Stored, Unreachable
from assessment.store.history_in_words import lines
from knowledge.base import knowledge_base
from ui import navigation
from ui.parts.comments import comments
from ui.parts.dates import written_date
from ui.parts.decision import decision_row, stands
from ui.parts.downloads import dossier_of
from ui.parts.markup import Html, chip, draw, join, say, tag
from ui.parts.occasion_day import occasion_day
from ui.parts.opened import advice_on, looking, opened
from ui.parts.widgets import moment, to_questions, words
from ui.visit import session
from ui.visit.session import language, t

UNDO = "undo-decision"  # the place of a message beside the button
NEWEST = 50  # so many events are shown at first
_ORDER = "plan:order"
SHOWN = ("first", "homework", "all", "closed")


def show() -> None:
    """The actions of the open assessment, and below them what happened to the plan."""
    found = opened("plan")
    if found is None:
        return
    stored, assessment = found
    dossier = dossier_of(stored, assessment, advice_on(stored, assessment))
    if dossier.plan.actions:
        _plan(stored, dossier)
    else:
        st.info(t("plan.empty"))
        to_questions()
    _history(stored)


def _plan(stored: Stored, given: Dossier) -> None:
    plan, frozen = given.plan, looking(stored) or stored.read_only
    proposed = proposed_dates(plan, date.today())
    _occasion(given, proposed, stored.id, frozen)
    late = sum(map(_is_late, plan.actions))
    done = sum(one.decision.status == "done" for one in plan.actions)
    counts = t("plan.counts", count=len(plan.actions), done=done)
    st.caption(f"{counts} {t('plan.late_count', count=late)}" if late else counts)
    groups = _groups(plan.actions, proposed)
    kinds = {one: t(f"show.{one}", count=len(groups[one])) for one in SHOWN}
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        shown = st.segmented_control(
            t("plan.show"),
            list(kinds),
            default="first",
            required=True,
            format_func=kinds.__getitem__,
            key=f"plan:show:{language()}",
            label_visibility="collapsed",
        )
        if not looking(stored):
            st.button(t("plan.undo"), type="tertiary", disabled=stored.read_only, on_click=_undo)
        with st.container(key="door:share", width="content"):
            st.page_link(navigation.page("share"), label=t("nav.share"))
    session.show_notice(UNDO)
    actions = _in_place(stored.id, shown or "first", groups[shown or "first"], plan.actions)
    if not actions:
        st.info(t("plan.none_shown"))
        return
    with st.container(key="panel:plan", gap=None):
        draw(tag("div", *(tag("span", t(f"plan.{one}")) for one in ("what", "who", "when", "how")), cls="plan-head"))
        for action in actions:
            key = f"{stored.id}:{action.key}"
            with st.container(key=f"action:{action.key}", gap="xsmall"):
                what = _what(action, given.advice)
                decision_row(action, what, f"{key}:{language()}", frozen, proposed.get(action.key))
                comments(stored, action.key)


def _occasion(given: Dossier, proposed: Mapping[str, date], assessment: str, frozen: bool) -> None:
    """The day that the plan works towards, how far away it is, and the days that are proposed before it."""
    on = given.plan.occasion_on
    first = next((one for one in given.advice.answered if one.question == "core.first"), None)
    what = words(first.answer) if first is not None else t("plan.occasion_any")
    with st.container(key="action:occasion", horizontal=True, vertical_alignment="bottom"):
        occasion_day(t("plan.occasion", what=what), on, assessment, frozen)
        if on is not None:
            left = (on - date.today()).days
            name = "today" if not left else "days_left" if left > 0 else "days_ago"
            st.caption(t(f"plan.{name}", count=abs(left)), width="content")
        if proposed and not frozen:
            st.button(t("plan.take_dates"), on_click=_take, args=(given.plan.actions, proposed))


def _take(actions: Sequence[Action], proposed: Mapping[str, date]) -> None:
    for one in actions:
        if one.key in proposed:
            session.save_decision(one.key, decide(one, due=proposed[one.key]), drawing=False)
    session.show_stored(proposed)


def _groups(actions: Sequence[Action], proposed: Mapping[str, date]) -> dict[str, list[Action]]:
    """The actions to choose from: what has the nearest date first, else as suggested."""
    days = {one.key: one.decision.due or proposed.get(one.key, date.max) for one in actions}
    some = sorted(actions, key=lambda one: days[one.key])
    still = [one for one in some if one.open]
    return {
        "first": still[:FIRST],
        "homework": [one for one in still if one.task.kind == "homework"],
        "all": some,
        "closed": [one for one in some if not one.open],
    }


def _in_place(assessment: str, shown: str, now: list[Action], every: Sequence[Action]) -> list[Action]:
    """The actions as they stood when these were chosen: what is edited does not move or go away under the hand."""
    chosen, keys = st.session_state.get(_ORDER, (None, ()))
    known = {one.key: one for one in every}
    if chosen != (assessment, shown) or not any(key in known and known[key].open for key in keys):
        keys = tuple(one.key for one in now)
        st.session_state[_ORDER] = ((assessment, shown), keys)
    return [known[key] for key in keys if key in known]


def _is_late(action: Action) -> bool:
    return action.open and action.decision.due is not None and action.decision.due < date.today()


def _what(action: Action, advice: Advice) -> Html:
    """What is to be done, with its marks, and behind it why and where that stands."""
    marks = [chip("danger", t("group.safety"))] if action.advised and action.task.severity == "critical" else []
    marks += [chip("now", t("plan.late"))] if _is_late(action) else []
    marks += [chip("quiet", t("group.homework"))] if action.task.kind == "homework" else []
    if not action.advised:
        marks.append(chip("quiet", t("plan.lapsed", date=written_date(action.not_advised_since))))
    own = action.decision.words if action.decision.status == "adapted" else ""
    first, stop, rest = (own or say(action.task.title)).partition(". ")
    title = tag("p", *(join(one, " ") for one in marks), tag("b", first + stop), rest)
    return join(title, _behind(action, advice))


def _behind(action: Action, advice: Advice) -> Html | None:
    """Why it is advised now, or how to find it out, behind a fold."""
    task = action.task
    told: list[Html] = []
    verdict = next((one for one in advice.verdicts if task.kind == "act" and one.act == task.id), None)
    if verdict is not None:
        told = [tag("p", tag("b", say(verdict.label))), tag("p", say(verdict.because))]
        told += [tag("p", t("advice.say", words=say(verdict.say)), cls="words")] if verdict.say else []
    question = knowledge_base().questions.get(task.id) if task.kind == "homework" else None
    if question is not None and question.find_out is not None:
        told = [tag("p", t("questions.find_out", how=say(question.find_out)))]
    card = next((one for one in advice.recommendations if task.kind == "recommendation" and one.card == task.id), None)
    told += [tag("p", say(one.lesson.advice)) for one in (card.lessons if card is not None else ())]
    return tag("details", tag("summary", t("plan.about")), *told, cls="fold") if told else None


def _undo() -> None:
    was = session.current(fresh=False)
    before = was.decisions if was is not None else {}
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
    status = stands(decision.status if decision is not None else "proposed")
    told = before.get(taken, decision)
    action = words(told.task.title) if told is not None else ""
    session.notify("info", "plan.undone", about=UNDO, action=action, status=status)


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
