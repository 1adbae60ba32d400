"""What a slide shows, at the desk of the trainer and in the presentation alike; never the notes."""

import segno
import streamlit as st

from assessment.model import Advice
from assessment.training.course import Point, Slide, points
from assessment.training.group import Ballot, Group
from knowledge.model import Scenario, Vote
from ui.parts.markup import Html, chip, draw, items, join, say, sources_of, tag
from ui.parts.widgets import words
from ui.screens.trainer.headings import heading
from ui.screens.trainer.training import join_address, tell
from ui.visit.session import t


def title_of(slide: Slide) -> str:
    """The heading of a slide."""
    if slide.title is None:
        return t(f"slide.{slide.kind}") if slide.vote is None else words(slide.vote.question)
    return words(slide.title)


def slide(here: Slide, case: Scenario, advice: Advice, group: Group) -> None:
    """The contents of a slide under its heading; a vote is drawn by who shows it."""
    if here.kind == "advice":
        _advice(points(case, advice), group)
        return
    for place, text in enumerate(here.text):
        if here.kind == "happened":
            heading(t(f"slide.happened_{place}"))
        tell(text, case)
    if here.kind == "lesson" and case.sources:
        draw(tag("p", sources_of(case.sources), cls="soft"))


def choices(vote: Vote) -> None:
    """What can be chosen, numbered."""
    st.markdown("\n".join(f"{place}. {words(one.text)}" for place, one in enumerate(vote.choices, 1)))


def _advice(some: tuple[Point, ...], group: Group) -> None:
    if not some:
        st.info(t("advice.nothing"))
        return
    draw(items("points", (_point(one, group) for one in some), "ol"))


def _point(one: Point, group: Group) -> Html:
    ballot = group.ballots.get(one.vote.id) if one.vote is not None else None
    return join(
        tag("div", chip("danger", t("slide.danger")) if one.danger else None, tag("b", say(one.says))),
        _line("slide.why", say(one.why)),
        _line("slide.voted", _voted(one.vote, ballot)) if one.vote is not None and ballot and ballot.cast else None,
        _line("slide.really", say(one.really)) if one.really is not None else None,
    )


def _line(name: str, told: str) -> Html:
    return tag("div", tag("span", t(name), cls="soft"), " ", told)


def _voted(vote: Vote, ballot: Ballot) -> str:
    """What most of the group chose, of how many."""
    first = max(vote.choices, key=lambda one: ballot.total(one.id))
    told = t("slide.most", choice=say(first.text), count=ballot.total(first.id), all=ballot.cast)
    return told if first.id == vote.concluded else f"{told} {t('slide.otherwise')}"


def join_group(group: Group) -> None:
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
