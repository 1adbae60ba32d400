"""The group's votes as the trainer and the room see them, and who is in."""

import streamlit as st

from assessment.store.errors import StoreError
from assessment.training.group import MOST_HANDS, Ballot, Group
from assessment.training.groups import NoGroup
from assessment.training.measuring import votes_of
from knowledge.model import Vote
from ui.parts.markup import draw, sources_of, tag
from ui.parts.widgets import words
from ui.screens.trainer.training import groups, joined
from ui.visit import session
from ui.visit.session import language, t

EVERY = 2  # seconds between two looks at the votes


@st.fragment(run_every=EVERY)
def follow(group: Group, vote: Vote | None, results: bool) -> None:
    """Draw all again when somebody goes on in another window; meanwhile tell who is in and count the votes.

    With `results` the votes are told in full also while they come in.
    """
    try:
        now = groups().open(group.id)
    except NoGroup:
        st.rerun()
    before, ballot = (one.ballots.get(vote.id) if vote is not None else None for one in (group, now))
    states = [one.state if one is not None else None for one in (before, ballot)]
    if _where(now) != _where(group) or states[0] != states[1]:
        st.rerun()
    inside = joined().count(group.code)
    if vote is not None and ballot is not None:
        if results or ballot.state != "open":
            outcome(vote, ballot, inside)
        else:
            st.markdown(cast(ballot, inside))
    elif (tests := votes_of(now.view)) and now.step == 1:
        phones = [sum(now.ballots[one].phones.values()) for one in tests if one in now.ballots]
        st.markdown(t("test.filled_in", count=min(phones, default=0), all=inside))
    else:
        st.caption(t("trainer.inside", count=inside))


def _where(group: Group) -> tuple[object, ...]:
    return group.place, group.code, group.view, group.step, group.about


def cast(ballot: Ballot, inside: int) -> str:
    """How many voted: of so many that are in while the vote is open, and the final number once it is closed."""
    if ballot.state != "open":
        return t("trainer.final", count=ballot.cast)
    phones, hands = sum(ballot.phones.values()), sum(ballot.hands.values())
    told = t("trainer.cast", count=phones, all=max(inside, phones))
    return f"{told} · {t('trainer.cast_hands', count=hands)}" if hands else told


def outcome(vote: Vote, ballot: Ballot, inside: int) -> None:
    """The totals of a vote, as bars with their numbers; then what the evaluation concluded, once that is shown."""
    st.markdown(cast(ballot, inside))
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
            draw(tag("p", sources_of(vote.sources), cls="soft"))


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
