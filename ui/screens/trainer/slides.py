"""What a slide shows, at the desk of the trainer and in the presentation alike; never the notes."""

import segno
import streamlit as st

from assessment.model import Advice
from assessment.training.course import Slide
from assessment.training.group import Group
from knowledge.model import Scenario, Vote
from ui.parts.plan_tested import line
from ui.parts.widgets import places, words
from ui.screens.trainer.training import join_address, tell
from ui.visit.session import t

MOST = 5
"""How many recommendations on safety, and how many others, a slide names."""


def title_of(slide: Slide, case: Scenario) -> str:
    """The heading of a slide."""
    if slide.title is None or (case.own and slide.kind == "begin"):
        return t(f"slide.{slide.kind}") if slide.vote is None else words(slide.vote.question)
    return words(slide.title)


def slide(here: Slide, case: Scenario, advice: Advice) -> None:
    """The contents of a slide under its heading; a vote is drawn by who shows it."""
    if here.kind == "advice":
        _advice(advice)
        return
    for place, text in enumerate(here.text):
        if here.kind == "happened":
            st.subheader(t(f"slide.happened_{place}"), anchor=False)
        tell(text, case)
    if here.kind == "lesson" and case.sources:
        st.caption(places(case.sources))


def choices(vote: Vote) -> None:
    """What can be chosen, numbered."""
    st.markdown("\n".join(f"{place}. {words(one.text)}" for place, one in enumerate(vote.choices, 1)))


def _advice(advice: Advice) -> None:
    asking = [one for one in advice.verdicts if one.asks]
    for one in asking[:MOST]:
        line(one)
    if asking[MOST:]:
        st.caption(t("slide.rest", count=len(asking) - MOST))
    if not asking:
        st.info(t("advice.nothing"))


def join(group: Group) -> None:
    """How a telephone joins: the code in large type, the address, and a picture of it for the camera."""
    address = join_address(group.code)
    if address is None:
        st.info(t("trainer.no_phones"))
        return
    shown = f"{group.code[:3]} {group.code[3:]}"
    with st.container(key="join", horizontal=True, vertical_alignment="center"):
        picture = segno.make(address, error="m").svg_inline(scale=4, border=3, light="#ffffff")
        st.image(picture, width=180, alt=t("trainer.picture", address=address))
        with st.container(key="join-words", width="content", gap="xsmall"):
            st.markdown(t("trainer.join", address=address.split("?")[0].removeprefix("http://")))
            st.text(shown)
