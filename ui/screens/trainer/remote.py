"""The one remote: going on and back in whatever the room sees, from the desk, the presentation or a clicker."""

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from assessment.store.errors import StoreError
from assessment.training.course import Slide
from assessment.training.group import Group, Moment, View, at, moment, next_act
from assessment.training.groups import NoGroup
from assessment.training.measuring import votes_of
from assessment.training.trail import first_followed, trail
from assessment.training.trying import Trial, offered
from knowledge.model import Scenario
from rules.engine.inference import inference
from ui.screens.trainer.training import case_of, groups, played
from ui.visit import session
from ui.visit.session import t

STAGES = ("story", "advice", "end")
"""What two cases are compared on, one after the other."""
TEST_STEPS = 3
"""A test is announced, open, and closed."""


@lru_cache(maxsize=64)
def _offered(case_json: str) -> tuple[Trial, ...]:
    return offered(Scenario.model_validate_json(case_json).answers, inference())


def trials(case: Scenario) -> tuple[Trial, ...]:
    """The changes of an answer that are offered on a case."""
    return _offered(case.model_dump_json())


def followed_advice(group: Group, case: Scenario) -> str:
    """The advice that the room follows."""
    return group.about or first_followed(played(case)[0])


def steps_of(group: Group, case: Scenario) -> int:
    """How many steps the view has that the room sees."""
    if group.view == "rules":
        return len(trail(played(case)[0], followed_advice(group, case), inference().base))
    if group.view == "effect":
        return len(trials(case))
    if group.view == "pair":
        return len(STAGES) if group.about else 1  # there is nothing to go through before a case was chosen
    return TEST_STEPS


def moment_of(group: Group, case: Scenario) -> Moment:
    """Where the group is now."""
    return moment(group, played(case)[1], steps_of(group, case))


def controls(group: Group, case: Scenario, key: str, keys: bool = False) -> None:
    """The buttons back and on, with where the group is; with `keys` the arrows of the keyboard press them too."""
    slides = played(case)[1]
    now = moment_of(group, case)
    is_story = group.view == "story"
    place, count = (min(group.place, len(slides) - 1), len(slides)) if is_story else (group.step, steps_of(group, case))
    st.button(
        t("trainer.back"),
        on_click=go_back,
        args=(group.id, now),
        disabled=is_story and place == 0,
        shortcut="Left" if keys else None,
        key=f"{key}:back",
    )
    st.button(
        _label(now, slides),
        type="primary",
        on_click=go_on,
        args=(group.id, now),
        disabled=now.act == "end",
        shortcut="Right" if keys else None,
        key=f"{key}:on",
    )
    name = "trainer.place" if is_story else "trainer.step"
    st.caption(t(name, place=min(place, max(count - 1, 0)) + 1, count=count))


def _label(now: Moment, slides: Sequence[Slide]) -> str:
    if now.view in ("before", "after") and now.act == "next":
        return t("act.test_open" if now.step == 0 else "act.test_close")
    return t(f"act.{now.act}")


def show_view(group_id: str, view: View, about: str = "") -> None:
    """Let the room see another view, from its beginning; a test that was opened before where it was left."""
    try:
        group = groups().open(group_id)
        states = {group.ballots[one].state for one in votes_of(view) if one in group.ballots}
        step = 1 if "open" in states else TEST_STEPS - 1 if states else 0
        groups().go(group, view=view, step=step, about=about)
    except StoreError:
        session.notify("warning", "trainer.gone")


def go_on(group_id: str, made_on: Moment) -> None:
    """Do what comes next, unless another click has done so since this one was made.

    A vote opens as soon as one arrives at it.
    """
    try:
        group = groups().open(group_id)
        case = case_of(group)
        if case is None:
            return
        if moment_of(group, case) != made_on:
            session.notify("info", "trainer.went_on")
            return
        if made_on.view == "story":
            _on_in_story(group, played(case)[1])
        else:
            _on_in_view(group, made_on)
    except StoreError:
        session.notify("warning", "trainer.gone")


def _on_in_story(group: Group, slides: Sequence[Slide]) -> None:
    act, vote = next_act(group, slides), at(group, slides).vote
    if act == "go" and groups().go(group, group.place + 1):
        arrived = groups().open(group.id)
        vote = at(arrived, slides).vote
        act = "open" if next_act(arrived, slides) == "open" else "end"
    if vote is not None and act == "open":
        groups().open_vote(group.id, vote.id, anew=False)
    elif vote is not None and act == "close":
        groups().close_vote(group.id, vote.id)
    elif vote is not None and act == "show":
        groups().show_conclusion(group.id, vote.id)


def _on_in_view(group: Group, made_on: Moment) -> None:
    if made_on.act == "return":
        groups().go(group)
        return
    if not groups().go(group, view=group.view, step=group.step + 1, about=group.about):
        return
    for vote in votes_of(group.view):
        if made_on.step == 0:
            groups().open_vote(group.id, vote, anew=False)
        else:
            groups().close_vote(group.id, vote)


def go_back(group_id: str, made_on: Moment) -> None:
    """A slide or a step back, or from the first step of a view to the story; votes stay as they are."""
    try:
        group = groups().open(group_id)
        if (group.view, group.place, group.step) != made_on[:3]:
            session.notify("info", "trainer.went_on")
        elif group.view == "story":
            groups().go(group, group.place - 1)
        elif group.step == 0 or votes_of(group.view):
            groups().go(group)
        else:
            groups().go(group, view=group.view, step=group.step - 1, about=group.about)
    except NoGroup:
        session.notify("warning", "trainer.gone")
