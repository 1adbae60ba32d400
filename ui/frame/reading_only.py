"""What a reader of the open assessment sees first, and what somebody filled in who may no longer change it."""

from contextlib import suppress

import streamlit as st

from assessment.plan import STATUSES, Decision
from assessment.store import NotFound, Role, Unreachable
from knowledge.answering import answer_problem
from knowledge.base import knowledge_base
from rules.words import in_words
from ui.parts.dates import written_date
from ui.visit import hosting, session, waiting
from ui.visit.session import language, store, t
from ui.visit.waiting import Waiting
from ui.words import as_code, escaped

LOOKS_AGAIN_SECONDS = 5.0
"""After how many seconds to look whether a reader may do more."""
MOST_OWNERS = 3


def say_read_only() -> None:
    """Say so where the user may only read the open assessment, and look now and then whether that is still so."""
    stored = session.current(fresh=False) if hosting.has_users() else None
    if stored is not None and stored.read_only:
        _line(stored.id)


@st.fragment(run_every=LOOKS_AGAIN_SECONDS)
def _line(assessment: str) -> None:
    try:
        role = store().role(assessment)
        members = store().sharing.members(assessment)
    except NotFound:
        session.current(fresh=True)
        st.rerun()
    except Unreachable:
        return
    if role != "reader":
        session.current(fresh=True)
        session.notify("success", "sharing.may_change")
        st.rerun()
    owners = [as_code(one.person) for one in members if one.role == "owner"]
    st.info(t("sharing.read_only", owners=", ".join(owners[:MOST_OWNERS])))


def keep_to_role() -> None:
    """Draw the page anew where the role of the user is no longer what it was; a page may show what it read before.

    This comes after the page, which then has saved, or refused and kept, what was filled in on it.
    """
    stored = session.current(fresh=False) if hosting.has_users() else None
    if stored is None:
        return
    role: Role | None = None
    try:
        with suppress(NotFound):
            role = store().role(stored.id)
    except Unreachable:
        return
    if role != stored.role:
        session.current(fresh=True)
        st.rerun()


def show_refused() -> None:
    """What was filled in and may not be saved any more, to copy."""
    some = waiting.refused()
    if not some:
        return
    here = st.session_state.get(session.OPEN)
    with st.container(key="refused", border=True):
        st.error(t("refused.lead" if all(one.assessment == here for one in some) else "refused.gone"))
        for one in some:
            question = knowledge_base().questions.get(one.about)
            if question is not None:
                st.markdown(escaped(question.text.in_(language())))
            st.code(_said(one), language=None, wrap_lines=True)
        st.button(t("refused.drop"), key="refused:drop", on_click=waiting.drop_refused)


def _said(one: Waiting) -> str:
    if isinstance(one.value, Decision):
        said = one.value
        parts = (STATUSES[said.status].in_(language()), said.owner, written_date(said.due), said.words, said.reason)
        return "\n".join([said.task.title.in_(language()), *filter(None, (*parts, said.note, said.reference))])
    question = knowledge_base().questions.get(one.about)
    if one.kind == "answer" and question is not None and one.value is not None:
        fits = answer_problem(question, one.value) is None
        return in_words(question, one.value).in_(language()) if fits else str(one.value)
    return str(one.value or "–")
