"""Two cases beside each other, A and B: the story, then the advice, then what happened and the lesson."""

import streamlit as st

from assessment.changes.comparison import compare
from assessment.model import Advice, Recommendation
from knowledge.model import Scenario
from rules.engine.inference import inference
from ui.parts.differences import advice_differences
from ui.parts.widgets import words
from ui.screens.trainer.headings import heading
from ui.screens.trainer.training import assessment_of, cases, played, tell
from ui.visit.session import language, t


def side_by_side(first: Scenario, second: str, stage: str) -> None:
    """Draw the case beside another."""
    other = cases().get(second)
    if other is None:
        st.info(t("pair.choose"))
        return
    heading(t(f"pair.{stage}"))
    pair = sorted((first, other), key=lambda case: case.title.in_(language()))
    for letter, case, column in zip("AB", pair, st.columns(2, gap="medium"), strict=True):
        with column, st.container(key=f"pair-{letter}", border=True):
            heading(t("pair.case", letter=letter))
            st.text(case.title.in_(language()))
            _stage(stage, case, played(case)[0])
    if stage == "advice":
        _difference(*pair)


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
