"""The desk of the trainer: what the room sees, what comes next, the notes, the votes, and who is in."""

from collections.abc import Callable

import streamlit as st

from assessment.sheets.compose.handout import handout_sheet
from assessment.sheets.purposes import MIME
from assessment.sheets.writers import Form, write
from assessment.training.group import VIEWS, Group, at
from assessment.training.trail import followed
from knowledge.model import Scenario
from ui.parts.downloads import file_name
from ui.parts.gate import gate, harmless, offer
from ui.parts.what_if import other_answer
from ui.parts.widgets import unique, words
from ui.screens.trainer.boards import board
from ui.screens.trainer.chaining_view import chaining, effect_of
from ui.screens.trainer.disagreement_view import votes_differ
from ui.screens.trainer.measure_view import download
from ui.screens.trainer.remote import controls, followed_advice, show_view
from ui.screens.trainer.room import room_switch
from ui.screens.trainer.slides import choices, join_group, slide, title_of
from ui.screens.trainer.training import assessment_of, cases, groups, played
from ui.screens.trainer.voting import follow, hands
from ui.visit import session
from ui.visit.session import language, t

GROUP = "group"
"""The id of the group, in the address and in the session."""
HANDOUT: tuple[Form, ...] = ("pdf", "docx")
"""The forms of the handout."""


def desk(group: Group, case: Scenario, leave: Callable[[], None]) -> None:
    """The case from step to step for the trainer, with the group, its votes and what the room shows."""
    st.title(words(case.title), anchor=False)
    session.show_notice()
    with st.container(horizontal=True, vertical_alignment="center", key="desk-room"):
        address = f"/trainer?{GROUP}={group.id}&present=1&lang={language()}"
        st.link_button(t("trainer.present"), address, icon=":material/open_in_new:", type="primary")
        st.markdown(t("trainer.code", code=f"{group.code[:3]} {group.code[3:]}"))
        room_switch()
    _views(group)
    with st.container(horizontal=True, vertical_alignment="center", key="desk-controls"):
        controls(group, case, "trainer")
    if group.view == "story":
        _story(group, case)
    else:
        _choose_about(group, case)
        st.header(t(f"view.{group.view}"), anchor=False)
        board(group, case)
        follow(group, None, results=True)
        _deeper(group, case)
    votes_differ(group, case)
    _room(group)
    papers(case)
    st.header(t("trainer.after"), anchor=False)
    with st.container(horizontal=True):
        st.button(t("trainer.reset"), on_click=_reset, args=(group.id,), help=t("trainer.reset_help"))
        download(group)
        st.button(t("trainer.leave"), on_click=leave)


def _views(group: Group) -> None:
    """What the room sees; the presentation follows."""
    labels = {name: t(f"view.{name}") for name in VIEWS}
    key = f"trainer:view:{group.id}:{language()}"
    st.session_state[key] = group.view
    st.radio(
        t("trainer.view"),
        VIEWS,
        format_func=labels.__getitem__,
        horizontal=True,
        key=key,
        on_change=_show,
        args=(group.id, key),
    )


def _show(group_id: str, key: str) -> None:
    show_view(group_id, st.session_state[key])


def _choose_about(group: Group, case: Scenario) -> None:
    """Which advice is followed, or which case stands beside this one."""
    if group.view == "rules":
        labels = unique({one: text.in_(language()) for one, text in followed(played(case)[0]).items()})
        now, name = followed_advice(group, case), "trail.which"
    elif group.view == "pair":
        labels = unique({one.id: one.title.in_(language()) for one in cases().values() if one.id != case.id})
        now, name = group.about, "pair.other"
    else:
        return
    key = f"trainer:about:{group.id}:{group.view}:{language()}"
    st.session_state[key] = now if now in labels else None
    st.selectbox(
        t(name),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=t("trainer.case_hint"),
        key=key,
        on_change=_about,
        args=(group.id, group.view, key),
    )


def _about(group_id: str, view: str, key: str) -> None:
    show_view(group_id, view, st.session_state[key] or "")  # type: ignore[arg-type]


def _deeper(group: Group, case: Scenario) -> None:
    """What only the desk shows: the whole course of the reasoning, and any other answer."""
    if group.view == "rules":
        with st.expander(t("chain.whole")):
            chaining(case)
    elif group.view == "effect":
        with st.expander(t("effect.own")):
            other_answer(assessment_of(case), f"effect:{case.id}", effect_of)


def _story(group: Group, case: Scenario) -> None:
    advice, slides = played(case)
    here = at(group, slides)
    st.header(title_of(here), anchor=False)
    slide(here, case, advice, group)
    if here.vote is not None and here.vote.id not in group.ballots:
        choices(here.vote)
        st.info(t("trainer.not_open"))
    follow(group, here.vote, results=True)
    if here.vote is not None and here.vote.id in group.ballots:
        hands(group, here.vote)
        st.button(t("trainer.again"), on_click=groups().open_vote, args=(group.id, here.vote.id), key="trainer:again")
    if here.notes:
        with st.container(border=True, key="notes"):
            st.markdown(f"**{t('trainer.notes')}**")
            for note in here.notes:
                st.markdown(words(note))


def _room(group: Group) -> None:
    st.header(t("trainer.room"), anchor=False)
    st.markdown(t("trainer.room_lead"))
    join_group(group)


def papers(case: Scenario) -> None:
    """The handouts of a case."""
    st.header(t("trainer.handout"), anchor=False)
    st.markdown(t("trainer.handout_lead"))
    written_in = language()

    def writer(form: Form, answers: bool) -> Callable[[], bytes]:
        return lambda: write(handout_sheet(case, written_in, answers), form)

    passed = gate("handout", case.answers) if case.own else harmless("public")
    if passed is None:
        return
    for answers in (False, True):
        name = "answers" if answers else "blank"
        with st.container(horizontal=True):
            for form in HANDOUT:
                offer(
                    passed,
                    t(f"paper.{name}", form=t(f"paperform.{form}")),
                    writer(form, answers),
                    file_name(
                        case.title.in_(written_in), f".{form}", "paperfile.answers" if answers else "paperfile.blank"
                    ),
                    f"handout:{name}:{form}",
                    mime=MIME[form],
                )


def _reset(group_id: str) -> None:
    groups().reset(group_id)
    session.notify("success", "trainer.was_reset")
