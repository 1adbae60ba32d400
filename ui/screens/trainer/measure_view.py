"""The test before and after a course: announced, being filled in, and what the group learned."""

import streamlit as st

from assessment.training.group import Group
from assessment.training.measuring import FEWEST, Learned, Share, as_csv, learned
from ui.parts.gate import harmless, offer
from ui.parts.widgets import words
from ui.screens.trainer.slides import join_group
from ui.visit.session import language, t


def measured(group: Group, joining: bool) -> None:
    """The test as the room sees it: totals only, and the right choices only once it was held for the second time."""
    if group.step < 2:
        st.markdown(t("test.open" if group.step else "test.lead"))
        if joining:
            join_group(group)
    elif group.view == "before":
        st.markdown(t("test.thanks"))
    else:
        st.markdown(t("test.result"))
        columns = st.columns(2) if joining else (st,)  # a clicker cannot scroll: the room sees all of it at once
        for place, one in enumerate(learned(group)):
            with columns[place % len(columns)].container():
                _learned(one)


def _learned(one: Learned) -> None:
    right = next(choice for choice in one.situation.choices if choice.id == one.situation.concluded)
    with st.container(border=True):
        st.markdown(f"**{words(one.situation.question)}**")
        st.markdown(t("test.right", choice=words(right.text)))
        for name, share in (("before", one.before), ("after", one.after)):
            _told(t(f"test.{name}"), share)


def _told(name: str, share: Share | None) -> None:
    """How many chose right as a bar; what is not shown has none, which would say that nobody did."""
    if share is None:
        st.caption(f"{name} · {t('test.not_held')}")
    elif share.right is None:
        st.caption(f"{name} · {t('test.too_few', fewest=FEWEST)}")
    else:
        told = t("test.share", right=share.right, all=share.answered)
        st.progress(share.right / share.answered, text=f"{name} · {told}")


def download(group: Group) -> None:
    """The totals as a file, once a test was held."""
    if any(one.before or one.after for one in learned(group)):
        content = as_csv(group, language())
        offer(harmless("totals"), t("test.download"), content, t("test.file"), "test:csv", mime="text/csv")
