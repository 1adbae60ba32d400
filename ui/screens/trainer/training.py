"""What the pages of the trainer and of the voters share: the groups, the cases, and the course of each case."""

from functools import lru_cache
from urllib.parse import urlsplit

import streamlit as st

from assessment.advice import advise
from assessment.model import Advice, Assessment
from assessment.store.database import data_folder
from assessment.training.codes import Guesses, Joined
from assessment.training.course import Slide, course
from assessment.training.group import Group
from assessment.training.groups import Groups
from assessment.training.own_cases import OwnCases
from knowledge.base import knowledge_base
from knowledge.model import Scenario
from knowledge.text import Text
from rules.engine.inference import inference
from ui import navigation
from ui.server import lan
from ui.visit import hosting, session
from ui.visit.hosting import LOOPBACK
from ui.visit.session import language
from ui.words import escaped


@st.cache_resource
def _groups() -> Groups:
    return Groups()


@st.cache_resource
def _own_cases() -> OwnCases:
    opened = OwnCases(knowledge_base())
    if not hosting.has_users():  # files of before there were owners are of whoever works here alone
        opened.take_in(data_folder() / "cases")
    return opened


def groups() -> Groups:
    """The groups of who asks; the code of a group of somebody else can be joined."""
    return _groups().seen_by(session.who()) if hosting.has_users() else _groups()


@st.cache_resource
def guesses() -> Guesses:
    """The wrong codes that were tried of late."""
    return Guesses()


@st.cache_resource
def joined() -> Joined:
    """Who joined a group."""
    return Joined()


def own_cases() -> OwnCases:
    """The own cases of who asks."""
    return _own_cases().seen_by(session.who()) if hosting.has_users() else _own_cases()


def cases() -> dict[str, Scenario]:
    """Every case by its id: those made ready for a group, the other ones of the publications, own and invented ones."""
    known = {**knowledge_base().scenarios, **own_cases().all()}
    order = sorted(known.values(), key=lambda case: (case.invented, case.training is None and not case.own, case.own))
    return {case.id: case for case in order}


def case_of(group: Group) -> Scenario | None:
    """The case that a group plays, also for who joined it; None where it is gone."""
    found = knowledge_base().scenarios.get(group.case_id)
    return found if found is not None else own_cases().played_by(group.id)


def assessment_of(case: Scenario) -> Assessment:
    """The answers of a case as an assessment."""
    return Assessment(
        title=case.title.in_(language()), answers=case.answers, knowledge_version=knowledge_base().version
    )


@lru_cache(maxsize=64)
def _played(case_json: str) -> tuple[Advice, tuple[Slide, ...]]:
    case = Scenario.model_validate_json(case_json)
    advice = advise(assessment_of(case), inference())
    return advice, course(case, advice)


def played(case: Scenario) -> tuple[Advice, tuple[Slide, ...]]:
    """The advice on a case and its slides."""
    return _played(case.model_dump_json())


def tell(text: Text, case: Scenario) -> None:
    """A text of a case; what a trainer wrote is shown as it is."""
    if case.own:
        st.text(text.in_(language()))
    else:
        st.markdown(escaped(text.in_(language())))


def join_address(code: str) -> str | None:
    """Where a telephone joins the group with this code; None where no telephone can reach this computer."""
    base = lan.address()
    if base is None:
        here = urlsplit(st.context.url or "")
        if not here.hostname or here.hostname in LOOPBACK:
            return None
        base = f"{here.scheme}://{here.netloc}"
    return f"{base}/{navigation.VOTE}?code={code}&lang={language()}"
