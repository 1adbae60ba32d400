"""The trainer: choose a case or go on with a group; then the desk of the trainer, or the presentation for the room."""

from contextlib import suppress

import streamlit as st

from assessment.training.course import playable
from assessment.training.groups import NoGroup
from knowledge.model import Scenario
from ui.parts.widgets import moment, unique, words
from ui.screens.trainer.disagreement_view import colleagues_differ
from ui.screens.trainer.headings import PRESENT
from ui.screens.trainer.own_case import make_a_case, open_a_case
from ui.screens.trainer.presentation import presentation
from ui.screens.trainer.trainer_desk import GROUP, desk, papers
from ui.screens.trainer.training import case_of, cases, groups, own_cases, played, tell
from ui.visit import session
from ui.visit.session import language, t


def show() -> None:
    """The choice of a case; with a group, its desk, or the presentation where the address asks for that."""
    session.keep_in_address(GROUP, PRESENT)
    group_id = st.session_state.get(GROUP)
    if not group_id:
        _choose()
        return
    try:
        group = groups().open(group_id)
    except NoGroup:
        _leave()
        session.notify("warning", "trainer.gone")
        st.rerun()
    case = case_of(group)
    if case is None:
        st.title(t("nav.trainer"), anchor=False)
        st.warning(t("trainer.case_gone"))
        st.button(t("trainer.leave"), on_click=_leave)
    elif st.session_state.get(PRESENT) == "1":
        presentation(group, case)
    else:
        desk(group, case, _leave)


def _leave() -> None:
    for name in (GROUP, PRESENT):
        st.session_state.pop(name, None)
        st.query_params.pop(name, None)


def _enter(group_id: str) -> None:
    st.session_state[GROUP] = group_id
    st.query_params[GROUP] = group_id


def _choose() -> None:
    st.title(t("nav.trainer"), anchor=False)
    session.show_notice()
    st.markdown(t("trainer.lead"))
    st.header(t("trainer.choose"), anchor=False)
    known = cases()
    labels = unique({case.id: _label(case) for case in known.values()})
    chosen = st.selectbox(
        t("trainer.case"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=t("trainer.case_hint"),
        key=f"trainer:case:{language()}",
    )
    if chosen is not None:
        _about(known[chosen])
    _earlier(known)
    st.header(t("trainer.own"), anchor=False)
    st.markdown(t("trainer.own_lead"))
    make_a_case(_begin)
    open_a_case()
    st.header(t("trainer.talk"), anchor=False)
    colleagues_differ()


def _label(case: Scenario) -> str:
    if case.training is not None:
        return t("trainer.ready", title=case.title.in_(language()), minutes=case.training.minutes)
    if case.own:
        return t("trainer.of_your_own", title=case.title.in_(language()))
    return case.title.in_(language()) if _plays(case) else t("trainer.to_read", title=case.title.in_(language()))


def _plays(case: Scenario) -> bool:
    return case.training is not None or playable(case, played(case)[0])


def _about(case: Scenario) -> None:
    if case.training is not None:
        st.markdown(words(case.training.aim))
        st.caption(t("trainer.contents", steps=len(case.training.steps), votes=len(case.training.votes)))
    else:
        for text in case.story if not _plays(case) else case.story[:1]:
            tell(text, case)
        st.caption(t("trainer.plain" if _plays(case) else "trainer.for_reading"))
    if not _plays(case):
        papers(case)
        return
    with st.container(horizontal=True):
        st.button(t("trainer.begin"), type="primary", on_click=_begin, args=(case.id,))
        if case.own:
            st.button(t("trainer.delete_case"), type="tertiary", on_click=own_cases().delete, args=(case.id,))


def _begin(case_id: str) -> None:
    _enter(groups().create(case_id))


def _earlier(known: dict[str, Scenario]) -> None:
    some = groups().list()
    if not some:
        return
    st.header(t("trainer.earlier"), anchor=False)
    for group in some:
        case = known.get(group.case_id)
        with st.container(key=f"group:training:{group.id}", border=True):
            st.text(case.title.in_(language()) if case is not None else t("trainer.case_gone"))
            votes = sum(ballot.cast for ballot in group.ballots.values())
            st.caption(t("trainer.earlier_line", date=moment(group.began), votes=votes))
            with st.container(horizontal=True):
                st.button(t("trainer.continue"), key=f"continue:{group.id}", on_click=_enter, args=(group.id,))
                st.button(
                    t("trainer.delete"), key=f"erase:{group.id}", type="tertiary", on_click=_erase, args=(group.id,)
                )


def _erase(group_id: str) -> None:
    with suppress(NoGroup):  # it is gone already
        groups().delete(group_id)


if __name__ == "__main__":
    show()
