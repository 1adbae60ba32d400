"""The advice: the conclusion on one screen, then cards, what to find out, conditions met; the rest is folded."""

import streamlit as st
import yaml
from babel.dates import format_date

from assessment.checklists import first_page
from assessment.dossier import Dossier
from assessment.model import Advice, Assessment
from assessment.sheets.own_advice import in_own_words
from assessment.store import Stored
from knowledge.base import knowledge_base
from rules.engine.inference import inference
from ui import navigation
from ui.parts.condition_views import conditions
from ui.parts.downloads import dossier_of, download, file_name
from ui.parts.gate import gate, offer
from ui.parts.markup import draw, items, join, say, tag
from ui.parts.opened import advice_on, opened
from ui.parts.plan_tested import cards, conclusion, first_steps, kept, most_urgent
from ui.parts.score_views import scores
from ui.parts.what_if import Fold, folds, other_answer_panel
from ui.parts.widgets import to_questions, words
from ui.screens.advice.all_advice import more, rest
from ui.screens.advice.why_not import why_not
from ui.visit.record import recorded
from ui.visit.session import language, t


def show() -> None:
    """The advice on the open assessment; nothing is computed before something was answered."""
    found = opened("advice")
    if found is None:
        return
    stored, assessment = found
    if not assessment.answers:
        st.info(t("advice.empty"))
        to_questions()
        return
    advice = advice_on(stored, assessment)
    given = dossier_of(stored, assessment, advice)
    notes = stored.assessment.notes
    advice = in_own_words(advice, notes, language(), knowledge_base())
    _standing(advice)
    conclusion(advice)
    left, right = st.columns([2, 1], gap="small")
    with left:
        most_urgent(advice, notes)
    with right:
        with st.container(key="panel:steps", gap="small"):
            first_steps(given.plan, notes)
            with st.container(horizontal=True):
                with st.container(key="door:first", width="content"):
                    st.page_link(navigation.page("plan"), label=t("advice.to_plan"))
                with st.container(key="door:share", width="content"):
                    st.page_link(navigation.page("share"), label=t("nav.share"))
        kept(advice, notes)
    cards(advice, notes)
    _homework(advice)
    _case(stored)
    st.header(t("advice.scores"), anchor=False)
    conditions(advice)
    folds(
        [
            Fold(t("advice.rest"), f"{stored.id}:rest", lambda: _rest(given, stored)),
            Fold(t("advice.specialists"), f"{stored.id}:specialists", lambda: _specialists(given, stored)),
        ]
    )


def _specialists(given: Dossier, stored: Stored) -> None:
    """What only some ask for: what would change the advice, how scores and advice came about, and files of data."""
    advice, answers = given.advice, given.assessment.answers
    st.subheader(t("whatif.title"), anchor=False)
    why_not(answers, advice, stored.id)
    other_answer_panel(given.assessment, stored.id)
    st.page_link(navigation.page("compare"), label=t("whatif.compare"), icon=":material/compare_arrows:")
    scores(advice)
    st.subheader(t("advice.made_by"), anchor=False)
    st.markdown(engine_line(advice))
    _data(given, stored.assessment)


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


def _standing(advice: Advice) -> None:
    now = advice.progress
    when = format_date(advice.made_on, "d MMMM y", locale=language())
    lead = t("advice.lead", date=when, answered=now.answered, asked=now.asked)
    rest = t("advice.can_change", deciding=now.can_change_advice) if now.can_change_advice else t("advice.settled")
    st.caption(f"{lead} {rest}")


def _data(given: Dossier, answers: Assessment) -> None:
    passed = gate("advice", given.assessment.answers)
    if passed is None:
        return
    with st.container(horizontal=True):
        download(passed, t("advice.json"), given, "full", "json", "json")
        offer(
            passed,
            t("advice.answers"),
            recorded(lambda: answer_file(answers), ".yaml"),
            file_name(given.assessment.title, ".yaml"),
            "download:answers",
            mime="application/yaml",
        )


def _rest(given: Dossier, stored: Stored) -> None:
    """What else the publications say on this situation."""
    advice, plan = given.advice, given.plan
    shown = {card for one in first_page(advice.checklists) for card in one.recommendations}
    others = [one for one in advice.recommendations if one.card not in shown]
    if others:
        rest(advice.recommendations, others, plan, lambda one: more(one, plan, stored, given.assessment.answers))
    else:
        st.markdown(t("advice.rest_none"))


def _homework(advice: Advice) -> None:
    if not advice.homework:
        return
    titles = knowledge_base().cards
    labelled = {one.act: one.label for one in advice.verdicts}
    st.header(t("advice.homework"), anchor=False)
    lines = []
    for one in advice.homework:
        waiting = [labelled[act] for act in one.acts] or [titles[name].title for name in one.cards]
        matters = t("advice.homework_for", cards=" · ".join(map(say, waiting[:3])))
        how = tag("p", say(one.find_out)) if one.find_out is not None else None
        lines.append(join(tag("b", say(one.asked)), how, tag("p", matters, cls="soft")))
    draw(tag("section", tag("p", t("advice.homework_lead"), cls="soft"), items("steps", lines, "ol"), cls="panel"))


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
