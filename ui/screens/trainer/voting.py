"""Going on through a case, and the group's votes as the trainer sees them."""

from collections.abc import Sequence

import streamlit as st

from assessment.store.errors import StoreError
from assessment.training.course import Slide
from assessment.training.group import MOST_HANDS, Ballot, Group, at, next_act
from assessment.training.groups import NoGroup
from knowledge.model import Vote
from ui.parts.widgets import places, words
from ui.screens.trainer.training import case_of, groups, played
from ui.visit import session
from ui.visit.session import language, t

EVERY = 2  # seconds between two looks at the votes


def next_label(group: Group, slides: Sequence[Slide]) -> str:
    """What the button to go on says now."""
    return t(f"act.{next_act(group, slides)}")


def go_on(group_id: str) -> None:
    """Do what comes next: a slide further, or a step further in the vote. A vote opens as soon as one arrives at it."""
    try:
        group = groups().open(group_id)
        case = case_of(group)
        if case is None:
            return
        slides = played(case)[1]
        act, vote = next_act(group, slides), at(group, slides).vote
        if act == "go":
            groups().move(group_id, group.place + 1)
            arrived = groups().open(group_id)
            vote = at(arrived, slides).vote
            act = "open" if next_act(arrived, slides) == "open" else "end"
        if vote is not None and act == "open":
            groups().open_vote(group_id, vote.id)
        elif vote is not None and act == "close":
            groups().close_vote(group_id, vote.id)
        elif vote is not None and act == "show":
            groups().show_conclusion(group_id, vote.id)
    except StoreError:
        session.notify("warning", "trainer.gone")


def go_back(group_id: str) -> None:
    """A slide back; votes stay as they are."""
    try:
        groups().move(group_id, groups().open(group_id).place - 1)
    except NoGroup:
        session.notify("warning", "trainer.gone")


@st.fragment(run_every=EVERY)
def follow(group: Group, vote: Vote | None, results: bool) -> None:
    """Draw all again when somebody goes on in another window; meanwhile count the votes, with `results` in full."""
    try:
        now = groups().open(group.id)
    except NoGroup:
        st.rerun()
    before, ballot = (one.ballots.get(vote.id) if vote is not None else None for one in (group, now))
    states = [one.state if one is not None else None for one in (before, ballot)]
    if (now.place, now.code) != (group.place, group.code) or states[0] != states[1]:
        st.rerun()
    if vote is None or ballot is None:
        return
    if results or ballot.state != "open":
        outcome(vote, ballot)
    else:
        st.markdown(t("trainer.cast", count=ballot.cast))


def outcome(vote: Vote, ballot: Ballot) -> None:
    """The totals of a vote, as bars with their numbers; then what the evaluation concluded, once that is shown."""
    st.markdown(t("trainer.cast", count=ballot.cast))
    with st.container(key=f"totals-{vote.id}"):
        for choice in vote.choices:
            count = ballot.total(choice.id)
            share = count / ballot.cast if ballot.cast else 0.0
            line = t("trainer.total", choice=words(choice.text), count=count, share=round(share * 100))
            concluded = ballot.state == "shown" and choice.id == vote.concluded
            st.progress(share, text=t("trainer.concluded", line=line) if concluded else line)
    if ballot.state == "shown":
        conclusion(vote)


def conclusion(vote: Vote) -> None:
    """What the evaluation concluded, why, and where that is written."""
    answer = next(choice for choice in vote.choices if choice.id == vote.concluded)
    with st.container(border=True, key="conclusion"):
        st.markdown(t("trainer.conclusion", answer=words(answer.text)))
        st.markdown(words(vote.why))
        if vote.sources:
            st.caption(places(vote.sources))


def hands(group: Group, vote: Vote) -> None:
    """A form for hands that the trainer counted."""
    ballot = group.ballots.get(vote.id)
    if ballot is None or ballot.state == "shown":
        return
    with (
        st.expander(t("trainer.hands")),
        st.form(f"hands:{group.id}:{vote.id}:{language()}", border=False),
    ):
        st.markdown(t("trainer.hands_lead"))
        counted = {
            choice.id: st.number_input(
                words(choice.text),
                min_value=0,
                max_value=MOST_HANDS,
                step=1,
                value=ballot.hands.get(choice.id, 0),
                key=f"hand:{group.id}:{vote.id}:{choice.id}:{language()}",
            )
            for choice in vote.choices
        }
        if st.form_submit_button(t("trainer.hands_save")):
            try:
                groups().count_hands(group.id, vote.id, counted)
            except StoreError:
                session.notify("warning", "trainer.gone")
            st.rerun()
