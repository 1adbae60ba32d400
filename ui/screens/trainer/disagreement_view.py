"""Where people differ, in votes or in answers about the same, and what hangs on the difference."""

from collections.abc import Iterable

import streamlit as st

from assessment.store import NotFound
from assessment.training.disagreement import Difference, Side, of_assessments, of_votes
from assessment.training.group import Group
from knowledge.base import knowledge_base
from knowledge.model import Scenario
from rules.engine.inference import inference
from ui.parts.saved_choices import saved_choices
from ui.parts.widgets import words
from ui.screens.trainer.boards import changed
from ui.visit.session import language, store, t, usable


def votes_differ(group: Group, case: Scenario) -> None:
    """Where the votes of this group differ."""
    with st.expander(t("differ.votes"), key="differ:votes", on_change="rerun") as opened:
        if opened.open:
            some = of_votes(case, group, inference())
            _all(some, "differ.votes_none", t("differ.votes_lead"))


def colleagues_differ() -> None:
    """Where several saved assessments about the same differ."""
    with st.expander(t("differ.colleagues"), key="differ:colleagues", on_change="rerun") as opened:
        if not opened.open:
            return
        st.markdown(t("differ.colleagues_lead"))
        labels = saved_choices("differ")
        chosen = st.multiselect(
            t("differ.which"),
            list(labels),
            format_func=labels.__getitem__,
            placeholder=t("compare.choose"),
            key=f"differ:which:{language()}",
        )
        if len(chosen) < 2:
            st.caption(t("differ.two"))
            return
        try:
            some = [usable(store().open(one).assessment, knowledge_base()) for one in chosen]
        except NotFound:
            st.error(t("error.gone"))
            return
        _all(of_assessments(some, inference()), "differ.none", "")


def _all(some: Iterable[Difference], none: str, lead: str) -> None:
    found = list(some)
    if not found:
        st.markdown(t(none))
        return
    if lead:
        st.markdown(lead)
    for one in found:
        with st.container(border=True):
            st.markdown(f"**{words(one.asked)}**")
            for place, side in enumerate(one.sides):
                _side(side, place == 0)


def _side(side: Side, is_most: bool) -> None:
    st.markdown(t("differ.side", count=side.count, says=words(side.says)))
    if side.changes:
        changed(side.changes)
    elif not is_most:
        st.caption(t("differ.nothing" if side.known else "differ.unknown"))
