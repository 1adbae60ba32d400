"""The advice: the plan tested, what to find out first, cards, the rest folded, scores, and how it came about."""

import streamlit as st
import yaml
from babel.dates import format_date

from assessment.checklists import MOST_CARDS
from assessment.dossier import Dossier
from assessment.model import Advice, Assessment
from assessment.plan import Plan
from assessment.store import Stored
from knowledge.base import knowledge_base
from rules.engine.inference import inference
from ui import navigation
from ui.parts.downloads import choose, dossier_of, download, file_name, may_be_whole
from ui.parts.opened import advice_on, opened
from ui.parts.plan_tested import cards, conclusion
from ui.parts.recommendations import More
from ui.parts.score_views import scores
from ui.parts.what_if import other_answer_panel
from ui.parts.widgets import words
from ui.screens.advice.all_advice import more, rest
from ui.screens.advice.why_not import why_not
from ui.visit.record import recorded
from ui.visit.session import language, t


def show() -> None:
    """Draw the page."""
    found = opened("advice")
    if found is None:
        return
    stored, assessment = found
    if not assessment.answers:
        st.info(t("advice.empty"))
        _to_questions()
        return
    advice = advice_on(stored, assessment)
    given = dossier_of(stored, assessment, advice)
    plan = given.plan
    _standing(advice)
    conclusion(advice)
    _downloads(given, stored.assessment)
    _homework(advice)
    cards(advice, lambda one: more(one, plan, stored, assessment.answers))
    _case(stored)
    _rest(advice, plan, lambda one: more(one, plan, stored, assessment.answers))
    st.header(t("whatif.title"), anchor=False)
    why_not(assessment.answers, advice, stored.id)
    st.markdown(t("whatif.where"))
    st.page_link(navigation.page("compare"), label=t("whatif.compare"), icon=":material/compare_arrows:")
    with st.sidebar:
        other_answer_panel(assessment, stored.id)
    st.header(t("advice.scores"), anchor=False)
    scores(advice)
    st.header(t("advice.made_by"), anchor=False)
    st.markdown(engine_line(advice))


def engine_line(advice: Advice) -> str:
    """Which engine computed an advice, from which knowledge and rules."""
    versions = {"knowledge": advice.knowledge_version, "rules": advice.rules_version}
    if advice.engine == "durable-rules":
        return t("advice.engine_durable", **versions)
    if inference().engine_name == "durable-rules":
        return t("advice.engine_differs")
    return t("advice.engine_reference", **versions)


def answer_file(assessment: Assessment) -> str:
    """The answers as a file that the start page opens again."""
    return yaml.safe_dump(assessment.model_dump(mode="json"), allow_unicode=True, sort_keys=False)


def _to_questions() -> None:
    with st.container(horizontal=True):
        st.page_link(navigation.page("questions"), label=t("advice.more_questions"), icon=":material/checklist:")
        st.page_link(navigation.page("check"), label=t("questions.to_check"), icon=":material/fact_check:")
        st.page_link(navigation.page("scan"), label=t("advice.to_scan"), icon=":material/bolt:")
        st.page_link(navigation.page("plan"), label=t("advice.to_plan"), icon=":material/task_alt:")


def _standing(advice: Advice) -> None:
    now = advice.progress
    when = format_date(advice.made_on, "d MMMM y", locale=language())
    lead = t("advice.lead", date=when, answered=now.answered, asked=now.asked)
    rest = t("advice.can_change", deciding=now.can_change_advice) if now.can_change_advice else t("advice.settled")
    st.markdown(f"{lead} {rest}")
    _to_questions()


def _downloads(given: Dossier, answers: Assessment) -> None:
    st.page_link(navigation.page("share"), label=t("share.to_page"), icon=":material/ios_share:")
    if not may_be_whole(given, "advice"):
        return
    with st.container(horizontal=True):
        download(t("advice.pdf"), given, "full", "pdf", "pdf")
        download(t("advice.json"), given, "full", "json", "json")
        st.download_button(
            t("advice.answers"),
            data=recorded(lambda: answer_file(answers), ".yaml"),
            file_name=file_name(given.assessment.title, ".yaml"),
            mime="application/yaml",
            on_click="ignore",
            key="download:answers",
        )
    choose(given, "advice")


def _rest(advice: Advice, plan: Plan, end: More) -> None:
    """What else the publications say on this situation: folded, and never first."""
    shown = {card for one in advice.checklists[:MOST_CARDS] for card in one.recommendations}
    others = [one for one in advice.recommendations if one.card not in shown]
    if others:
        rest(advice.recommendations, others, plan, end)


def _homework(advice: Advice) -> None:
    if not advice.homework:
        return
    titles = knowledge_base().cards
    labelled = {one.act: one.label for one in advice.verdicts}
    st.header(t("advice.homework"), anchor=False)
    st.markdown(t("advice.homework_lead"))
    lines = []
    for one in advice.homework:
        lines.append(f"- **{words(one.asked)}** {words(one.find_out) if one.find_out is not None else ''}")
        waiting = [labelled[act] for act in one.acts] or [titles[name].title for name in one.cards]
        lines.append(f"    - {t('advice.homework_for', cards=' · '.join(map(words, waiting[:3])))}")
    st.markdown("\n".join(lines))


def _case(stored: Stored) -> None:
    case = knowledge_base().scenarios.get(stored.case or "")
    if case is None:
        return
    st.header(t("advice.case"), anchor=False)
    st.markdown(t("advice.case_lead"))
    for name, text in (("decided", case.decided), ("happened", case.happened), ("teaching", case.teaching)):
        with st.expander(t(f"advice.{name}")):
            st.markdown(words(text))


if __name__ == "__main__":
    show()
