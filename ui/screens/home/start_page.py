"""The start: the way in, one's own assessments, what one gets, the example cases, and a file."""

from collections.abc import Mapping
from datetime import date

import streamlit as st
from babel.dates import format_date

from assessment.advice import advise
from assessment.answers.renewal import kept_from
from assessment.model import Advice, Assessment
from assessment.plan import Decision
from assessment.store import TITLE_LENGTH, Kept, NotFound
from knowledge.base import knowledge_base
from knowledge.model import Answers, Scenario
from rules.engine.inference import inference
from ui import navigation
from ui.parts.answer_upload import answer_upload
from ui.parts.markup import draw, sources_of, tag
from ui.parts.plan_tested import most_urgent
from ui.parts.saved_choices import saved_choices
from ui.parts.widgets import choose_from, words, wrong
from ui.screens.home.saved_list import DELETED, opened_examples, saved_assessments
from ui.visit import hosting, session
from ui.visit.session import language, store, t

EXAMPLE = "company-b"
"""The case whose advice shows what one gets."""


def show() -> None:
    """Draw the page: own assessments first for who returns, else the way in; the rest below."""
    st.title(t("start.heading"), anchor=False)
    session.show_notice()
    st.markdown(t("start.lead"))
    if store().count(examples=False) or store().deleted():
        saved_assessments()
        _new()
    else:
        _new()
        session.show_notice(DELETED)
        if hosting.has_users():
            st.markdown(t("start.none_saved"))
    _what_you_get()
    _demonstration()
    _file()
    _about()


def _what_you_get() -> None:
    case = knowledge_base().scenarios.get(EXAMPLE)
    if case is not None:
        st.header(t("start.you_get"), anchor=False)
        st.caption(t("start.you_get_lead"))
        most_urgent(_example(case, inference().base.version), {}, most=3)


@st.cache_resource(max_entries=2, show_spinner=False)
def _example(_case: Scenario, version: str) -> Advice:
    """The advice on the example, computed once; `version` is that of the rules."""
    answers = session.usable(
        Assessment(title="", answers=_case.answers, knowledge_version=knowledge_base().version), knowledge_base()
    )
    return advise(answers, inference())


def _about() -> None:
    with st.expander(t("start.about")):
        for text in ("what", "whom", "how_long"):
            st.markdown(t(f"start.{text}"))
        if hosting.has_users():
            st.markdown(t("hosting.users"))
        else:
            st.markdown(t("start.privacy"))
            st.caption(t("hosting.alone"))


def _begin(
    title: str,
    answers: Answers,
    notes: dict[str, str],
    case: str | None,
    page: str,
    decisions: Mapping[str, Decision] = {},
    lapsed: Mapping[str, date] = {},
    kept: Mapping[str, Kept] = {},
    occasion_on: date | None = None,
) -> None:
    made = store().create(title, knowledge_base().version, answers, notes, case, lapsed, kept, occasion_on)
    revision = store().open(made).revision if decisions else 0
    for key, decision in decisions.items():
        revision = store().save_action(made, key, decision, revision)
    session.open_assessment(made)
    st.switch_page(page)


def _new() -> None:
    with st.container(key="panel:new"):
        st.subheader(t("start.new"), anchor=False)
        former = _former() if store().count(examples=False) else None
        _form(former)


def _former() -> str | None:
    """The assessment to begin from."""
    saved = saved_choices("former")
    return choose_from(saved, t("start.former"), t("start.former_none"), "former", t("start.former_help"))


def _form(former: str | None) -> None:
    with st.form("new", border=False):
        title = st.text_input(t("start.title"), placeholder=t("start.title_hint"), key="new:title") or ""
        with st.container(horizontal=True):
            scan = st.form_submit_button(t("start.begin"), type="primary")
            everything = st.form_submit_button(t("start.begin_all"))
        if len(title) > TITLE_LENGTH:
            wrong("new:title", t("field.too_long", most=TITLE_LENGTH))
        elif scan or everything:
            today = format_date(date.today(), "d MMMM", locale=language())
            named = title.strip() or t("start.untitled", date=today)
            kept = _kept(former) if former is not None else {}
            _begin(named, {}, {}, None, navigation.page("scan" if scan else "questions"), kept=kept)


def _kept(former: str) -> dict[str, Kept]:
    try:
        kept = kept_from(store().open(former), knowledge_base())
        store().exported(former, t("start.new"))
    except NotFound:  # another window deleted it meanwhile
        return {}
    return kept


def _demonstration() -> None:
    cases = knowledge_base().scenarios.values()
    if not cases:
        return
    st.header(t("start.demonstration"), anchor=False)
    st.markdown(t("start.demonstration_lead"))
    opened_examples()
    for case in cases:
        if not case.invented:
            with st.expander(words(case.title)):
                _case(case)
    invented = {case.id: case for case in cases if case.invented}
    if invented:
        titles = {name: words(case.title) for name, case in invented.items()}
        chosen = choose_from(titles, t("start.invented"), t("start.invented_choose"), "invented")
        if chosen is not None:
            _case(invented[chosen])


def _case(case: Scenario) -> None:
    for paragraph in case.story:
        st.markdown(words(paragraph))
    draw(tag("p", sources_of(case.sources), cls="soft"))
    if st.button(t("start.play"), key=f"play:{case.id}"):
        _begin(case.title.in_(language()), case.answers, {}, case.id, navigation.page("advice"))


def _file() -> None:
    st.header(t("start.file"), anchor=False)
    st.markdown(t("start.file_help"))
    given = answer_upload()
    if given is not None and st.button(t("start.file_open"), type="primary"):
        opened = given.assessment
        _begin(
            opened.title,
            opened.answers,
            opened.notes,
            given.case,
            navigation.page("questions"),
            given.decisions,
            given.lapsed,
            occasion_on=given.occasion_on,
        )


if __name__ == "__main__":
    show()
