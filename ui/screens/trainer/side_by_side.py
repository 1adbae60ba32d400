"""Two cases beside each other, A and B: the story, then the advice, then what happened and the lesson."""

import streamlit as st

from assessment.changes.comparison import compare
from assessment.model import Advice, Recommendation
from knowledge.model import Scenario
from rules.engine.inference import inference
from ui.parts.differences import advice_differences
from ui.parts.widgets import unique, words
from ui.screens.trainer.training import assessment_of, cases, played, tell
from ui.visit.session import language, t

SECOND = "second_case"
"""The id of the other case, in the address and in the session."""
STAGES = ("story", "advice", "end")


def side_by_side(first: Scenario) -> None:
    """Draw the case beside another that the trainer chooses."""
    others = {case.id: case for case in cases().values() if case.id != first.id}
    labels = unique({case.id: case.title.in_(language()) for case in others.values()})
    before = st.session_state.get(SECOND) or st.query_params.get(SECOND)
    chosen = st.selectbox(
        t("pair.other"),
        list(labels),
        index=list(labels).index(before) if before in labels else None,
        format_func=labels.__getitem__,
        placeholder=t("trainer.case_hint"),
        key=f"pair:{first.id}:{language()}",
    )
    if chosen is None:
        return
    st.session_state[SECOND] = chosen
    st.query_params[SECOND] = chosen
    stages = {name: t(f"pair.{name}") for name in STAGES}
    stage = st.radio(
        t("pair.stage"), STAGES, format_func=stages.__getitem__, horizontal=True, key=f"pair:stage:{language()}"
    )
    one, other = sorted((first, others[chosen]), key=lambda case: case.title.in_(language()))
    for letter, case, column in zip("AB", (one, other), st.columns(2, gap="medium"), strict=True):
        with column, st.container(key=f"pair-{letter}", border=True):
            st.subheader(t("pair.case", letter=letter), anchor=False)
            st.text(case.title.in_(language()))
            _stage(stage, case, played(case)[0])
    if stage == "advice":
        _difference(one, other)


def _stage(stage: str, case: Scenario, advice: Advice) -> None:
    if stage == "story":
        for text in [step.text for step in case.training.steps] if case.training is not None else case.story:
            tell(text, case)
    elif stage == "advice":
        shown = advice.recommendations[:5]
        st.markdown(t("pair.first", count=len(shown), all=len(advice.recommendations)))
        st.markdown("\n".join(f"{place}. {_title(one)}" for place, one in enumerate(shown, start=1)))
    else:
        for name, text in (("decided", case.decided), ("happened", case.happened), ("teaching", case.teaching)):
            st.markdown(f"**{t(f'advice.{name}')}**")
            tell(text, case)


def _title(one: Recommendation) -> str:
    title = words(one.title)
    return t("compare.safety", title=title) if one.severity == "critical" else title


def _difference(first: Scenario, second: Scenario) -> None:
    given = [{one.card: one.title for one in played(case)[0].recommendations} for case in (first, second)]
    both = [title for card, title in given[0].items() if card in given[1]]
    st.markdown(f"**{t('pair.both', count=len(both))}**")
    st.markdown("\n".join(f"- {words(title)}" for title in both) or t("pair.none"))
    found = compare(assessment_of(first), assessment_of(second), inference())
    advice_differences(found, t("compare.only_second"), t("compare.only_first"), causes=False)
