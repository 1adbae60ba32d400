"""The presentation for the room: what the group is at, in large type, without navigation and notes.

It follows the desk in every view. A clicker goes on and back: its keys (page up and down,
space, enter) are in `shim.js`.
"""

import streamlit as st

from assessment.training.group import Group, at
from knowledge.model import Scenario
from ui.screens.trainer.boards import board
from ui.screens.trainer.headings import PRESENT
from ui.screens.trainer.remote import controls
from ui.screens.trainer.slides import choices, join_group, slide, title_of
from ui.screens.trainer.training import played
from ui.screens.trainer.voting import follow
from ui.visit import session
from ui.visit.session import t


def presentation(group: Group, case: Scenario) -> None:
    """What the room sees: the story at the step of the group, or the board that the desk put up."""
    with st.container(key="presentation"):
        if group.view == "story":
            _story(group, case)
        else:
            st.title(t(f"view.{group.view}"), anchor=False)
            with st.container(key="board"):
                board(group, case, joining=True)
            follow(group, None, results=False)
    with st.container(key="controls", horizontal=True, vertical_alignment="center"):
        controls(group, case, "present", keys=True)
        session.show_notice()
        st.button(t("trainer.stop"), on_click=_stop, type="tertiary", key="present:stop")


def _story(group: Group, case: Scenario) -> None:
    advice, slides = played(case)
    here = at(group, slides)
    st.title(title_of(here), anchor=False)
    ballot = group.ballots.get(here.vote.id) if here.vote is not None else None
    if here.vote is not None and (ballot is None or ballot.state == "open"):
        left, right = st.columns([3, 2], gap="medium")
        with left:
            choices(here.vote)
            follow(group, here.vote, results=False)
        with right:
            join_group(group)
        return
    slide(here, case, advice, group)
    if here.kind == "begin":
        join_group(group)
    follow(group, here.vote, results=False)


def _stop() -> None:
    st.session_state.pop(PRESENT, None)
    st.query_params.pop(PRESENT, None)
