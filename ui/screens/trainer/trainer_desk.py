"""The desk of the trainer: where the group is, what comes next, the notes, the votes, and the other views on a case."""

from collections.abc import Callable

import streamlit as st

from assessment.sheets.compose.handout import handout_sheet
from assessment.sheets.writers import Form, write
from assessment.training.group import Group, at
from knowledge.model import Scenario
from ui.parts.downloads import file_name
from ui.parts.what_if import other_answer
from ui.parts.widgets import words
from ui.screens.trainer.chaining_view import chaining, effect_of
from ui.screens.trainer.side_by_side import side_by_side
from ui.screens.trainer.slides import choices, join, slide, title_of
from ui.screens.trainer.training import assessment_of, groups, played
from ui.screens.trainer.voting import follow, go_back, go_on, hands, next_label
from ui.visit import session
from ui.visit.session import language, t

GROUP = "group"
"""The id of the group, in the address and in the session."""
VIEW = "view"
"""Which view on the case the trainer has before them, in the address and in the session."""
VIEWS = ("story", "rules", "effect", "pair")
FILES: dict[Form, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The forms of the handout, each with its media type."""


def desk(group: Group, case: Scenario, leave: Callable[[], None]) -> None:
    """Draw the desk."""
    session.keep_in_address(VIEW)
    st.title(t("nav.trainer"), anchor=False)
    st.text(case.title.in_(language()))
    session.show_notice()
    labels = {name: t(f"view.{name}") for name in VIEWS}
    before = st.session_state.get(VIEW)
    view = st.radio(
        t("trainer.view"),
        VIEWS,
        index=VIEWS.index(before) if before in VIEWS else 0,
        format_func=labels.__getitem__,
        horizontal=True,
        key=f"trainer:view:{language()}",
    )
    st.session_state[VIEW] = view
    st.query_params[VIEW] = view
    if view != "story":
        _to_present(group, view)
        board(case, view)
        return
    _story(group, case)
    _room(group)
    _papers(case)
    st.header(t("trainer.after"), anchor=False)
    with st.container(horizontal=True):
        st.button(t("trainer.reset"), on_click=_reset, args=(group.id,), help=t("trainer.reset_help"))
        st.button(t("trainer.leave"), on_click=leave)


def board(case: Scenario, view: str) -> None:
    """One of the other views on a case, as the trainer sees it and as the room does."""
    st.header(t(f"view.{view}"), anchor=False)
    if view == "rules":
        chaining(case)
    elif view == "effect":
        other_answer(assessment_of(case), f"effect:{case.id}", effect_of)
    else:
        side_by_side(case)


def _to_present(group: Group, view: str) -> None:
    address = f"/trainer?{GROUP}={group.id}&{VIEW}={view}&present=1&lang={language()}"
    st.link_button(t("trainer.present"), address, icon=":material/open_in_new:")


def _story(group: Group, case: Scenario) -> None:
    advice, slides = played(case)
    here = at(group, slides)
    place = min(group.place, len(slides) - 1)
    st.header(title_of(here, case), anchor=False)
    st.caption(t("trainer.place", place=place + 1, count=len(slides)))
    with st.container(horizontal=True):
        st.button(t("trainer.back"), on_click=go_back, args=(group.id,), disabled=place == 0, key="trainer:back")
        st.button(
            next_label(group, slides),
            type="primary",
            on_click=go_on,
            args=(group.id,),
            disabled=place + 1 == len(slides),
            key="trainer:on",
        )
    slide(here, case, advice)
    if here.vote is not None and here.vote.id not in group.ballots:
        choices(here.vote)
        st.info(t("trainer.not_open"))
    follow(group, here.vote, results=True)
    if here.vote is not None and here.vote.id in group.ballots:
        hands(group, here.vote)
        st.button(t("trainer.again"), on_click=groups().open_vote, args=(group.id, here.vote.id), key="trainer:again")
    if here.notes is not None:
        with st.container(border=True, key="notes"):
            st.markdown(f"**{t('trainer.notes')}**")
            st.markdown(words(here.notes))


def _room(group: Group) -> None:
    st.header(t("trainer.room"), anchor=False)
    st.markdown(t("trainer.room_lead"))
    _to_present(group, "story")
    join(group)


def _papers(case: Scenario) -> None:
    st.header(t("trainer.handout"), anchor=False)
    st.markdown(t("trainer.handout_lead"))
    written_in = language()

    def writer(form: Form, answers: bool) -> Callable[[], bytes]:
        return lambda: write(handout_sheet(case, written_in, answers), form)

    for answers in (False, True):
        name = "answers" if answers else "blank"
        with st.container(horizontal=True):
            for form, mime in FILES.items():
                st.download_button(
                    t(f"paper.{name}", form=t(f"paperform.{form}")),
                    data=writer(form, answers),
                    file_name=file_name(
                        case.title.in_(written_in), f".{form}", "paperfile.answers" if answers else "paperfile.blank"
                    ),
                    mime=mime,
                    on_click="ignore",
                    key=f"handout:{name}:{form}",
                )


def _reset(group_id: str) -> None:
    groups().reset(group_id)
    session.notify("success", "trainer.was_reset")
