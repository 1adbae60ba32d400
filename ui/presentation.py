"""The presentation for the room: one slide in large type, no navigation, no notes; the arrow keys go on and back."""

import streamlit as st

from assessment.training.group import Group, at
from assessment.training.groups import NoGroup
from knowledge.model import Scenario
from ui.session import t
from ui.slides import choices, join, slide, title_of
from ui.training import groups, played
from ui.voting import go_back, go_on, next_label, outcome

PRESENT = "present"
"""'1' while the presentation is shown, in the address and in the session."""
EVERY = 2  # seconds between two looks at what happens at the desk and on the telephones


def presentation(group: Group, case: Scenario) -> None:
    """Draw the presentation."""
    advice, slides = played(case)
    here = at(group, slides)
    place = min(group.place, len(slides) - 1)
    with st.container(key="presentation"):
        st.title(title_of(here, case), anchor=False)
        ballot = group.ballots.get(here.vote.id) if here.vote is not None else None
        if here.vote is not None and ballot is not None and ballot.state != "open":
            outcome(here.vote, ballot)
            _follow(group, here.vote.id)
        elif here.vote is not None:
            left, right = st.columns([3, 2], gap="medium")
            with left:
                choices(here.vote)
                _follow(group, here.vote.id)
            with right:
                join(group)
        else:
            slide(here, case, advice)
            _follow(group, None)
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
            args=(group.id, case.id),
            disabled=place + 1 == len(slides),
            shortcut="Right",
            key="present:on",
        )
        st.caption(t("trainer.place", place=place + 1, count=len(slides)))
        st.button(t("trainer.stop"), on_click=_stop, type="tertiary", key="present:stop")


@st.fragment(run_every=EVERY)
def _follow(group: Group, vote: str | None) -> None:
    """Count the votes while they come in, and draw all again when the trainer goes on from the desk."""
    try:
        now = groups().open(group.id)
    except NoGroup:
        st.rerun()
    before, ballot = (one.ballots.get(vote) if vote else None for one in (group, now))
    states = [one.state if one is not None else None for one in (before, ballot)]
    if (now.place, now.code) != (group.place, group.code) or states[0] != states[1]:
        st.rerun()
    if ballot is not None and ballot.state == "open":
        st.markdown(t("trainer.cast", count=ballot.cast))


def _stop() -> None:
    st.session_state.pop(PRESENT, None)
    st.query_params.pop(PRESENT, None)
