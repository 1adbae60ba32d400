"""The presentation for the room: one slide in large type, no navigation, no notes; the arrow keys go on and back."""

import streamlit as st

from assessment.training.group import Group, at
from knowledge.model import Scenario
from ui.parts.widgets import words
from ui.screens.trainer.slides import choices, join, slide, title_of
from ui.screens.trainer.trainer_desk import VIEW, VIEWS, board
from ui.screens.trainer.training import played
from ui.screens.trainer.voting import follow, go_back, go_on, next_label
from ui.visit.session import t

PRESENT = "present"
"""'1' while the presentation is shown, in the address and in the session."""


def presentation(group: Group, case: Scenario) -> None:
    """Draw the presentation."""
    view = st.session_state.get(VIEW)
    if view in VIEWS and view != "story":
        with st.container(key="presentation"), st.container(key="board"):
            st.title(t("nav.trainer") if case.own else words(case.title), anchor=False)
            board(case, view)
        with st.container(key="controls", horizontal=True):
            st.button(t("trainer.stop"), on_click=_stop, type="tertiary", key="present:stop")
        return
    advice, slides = played(case)
    here = at(group, slides)
    place = min(group.place, len(slides) - 1)
    with st.container(key="presentation"):
        st.title(title_of(here, case), anchor=False)
        ballot = group.ballots.get(here.vote.id) if here.vote is not None else None
        if here.vote is not None and (ballot is None or ballot.state == "open"):
            left, right = st.columns([3, 2], gap="medium")
            with left:
                choices(here.vote)
                follow(group, here.vote, results=False)
            with right:
                join(group)
        else:
            slide(here, case, advice)
            follow(group, here.vote, results=False)
            if here.kind == "begin":
                join(group)
    with st.container(key="controls", horizontal=True, vertical_alignment="center"):
        st.button(
            t("trainer.back"),
            on_click=go_back,
            args=(group.id,),
            disabled=place == 0,
            shortcut="Left",
            key="present:back",
        )
        st.button(
            next_label(group, slides),
            type="primary",
            on_click=go_on,
            args=(group.id,),
            disabled=place + 1 == len(slides),
            shortcut="Right",
            key="present:on",
        )
        st.caption(t("trainer.place", place=place + 1, count=len(slides)))
        st.button(t("trainer.stop"), on_click=_stop, type="tertiary", key="present:stop")


def _stop() -> None:
    st.session_state.pop(PRESENT, None)
    st.query_params.pop(PRESENT, None)
