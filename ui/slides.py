"""What a slide shows, at the desk of the trainer and in the presentation alike; never the notes."""

import segno
import streamlit as st

from assessment.model import Advice
from assessment.training.course import Slide
from assessment.training.group import Group
from knowledge.model import Scenario
from ui.session import t
from ui.training import join_address, tell
from ui.widgets import places, words

MOST = 5
"""How many recommendations on safety, and how many others, a slide names."""


def title_of(slide: Slide, case: Scenario) -> str:
    """The heading of a slide."""
    if slide.title is None or (case.own and slide.kind == "begin"):
        return t(f"slide.{slide.kind}") if slide.vote is None else words(slide.vote.question)
    return words(slide.title)


def slide(here: Slide, group: Group, case: Scenario, advice: Advice) -> None:
    """The contents of a slide under its heading. Of a vote only the choices: its totals are drawn by who shows them."""
    if here.kind == "vote" and here.vote is not None:
        if here.vote.id not in group.ballots or group.ballots[here.vote.id].state == "open":
            st.markdown("\n".join(f"{place}. {words(one.text)}" for place, one in enumerate(here.vote.choices, 1)))
        return
    if here.kind == "advice":
        _advice(advice)
        return
    for place, text in enumerate(here.text):
        if here.kind == "happened":
            st.subheader(t(f"slide.happened_{place}"), anchor=False)
        tell(text, case)
    if here.kind == "lesson" and case.sources:
        st.caption(places(case.sources))


def _advice(advice: Advice) -> None:
    others = [one for one in advice.recommendations if one.severity != "critical"]
    if advice.safety:
        st.subheader(t("slide.safety"), anchor=False)
        st.markdown("\n".join(f"- **{words(one.title)}**" for one in advice.safety[:MOST]))
    if others:
        st.subheader(t("slide.others"), anchor=False)
        st.markdown("\n".join(f"- {words(one.title)}" for one in others[:MOST]))
    rest = len(advice.recommendations) - len(advice.safety[:MOST]) - len(others[:MOST])
    if rest > 0:
        st.caption(t("slide.rest", count=rest))
    if not advice.recommendations:
        st.info(t("advice.nothing"))


def join(group: Group) -> None:
    """How a telephone joins: the code in large type, the address, and a picture of it for the camera."""
    address = join_address(group.code)
    if address is None:
        st.info(t("trainer.no_phones"))
        return
    shown = f"{group.code[:3]} {group.code[3:]}"
    with st.container(key="join"):
        picture = segno.make(address, error="m").svg_inline(scale=4, border=3, light="#ffffff")
        st.image(picture, width=200, alt=t("trainer.picture", address=address))
        with st.container(key="join-words"):
            st.markdown(t("trainer.join", address=address.split("?")[0].removeprefix("http://")))
            st.text(shown)
