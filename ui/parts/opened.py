"""An assessment that was made with older knowledge: what changed is shown before anything is taken over."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from functools import lru_cache

import streamlit as st
from babel.dates import format_date

from assessment.advice import advise
from assessment.answers.renewal import ChangedAdvice, Renewal, adopt, remember, renewal
from assessment.model import Advice, Assessment
from assessment.store import Conflict, NotAllowed, Stored, Unreachable
from knowledge.base import knowledge_base
from knowledge.model import Answer
from knowledge.text import Text
from rules.engine.inference import inference
from rules.words import in_words
from ui.parts.widgets import no_assessment, words
from ui.visit import session
from ui.visit.session import language, t
from ui.words import escaped

_LOOKING = "looking"


def is_older(stored: Stored) -> bool:
    """Whether the knowledge or the rules were renewed since this assessment was last used."""
    return renewal(stored, inference()) is not None


def in_present_knowledge(stored: Stored, may_look: bool = True) -> Assessment | None:
    """The assessment with the answers that the present questions take.

    Where it is of older knowledge, what changed is shown first; None as long as the user neither takes it over nor
    (`may_look`) chooses to look at it without that.
    """
    changes = renewal(stored, inference())
    if changes is None:
        return session.usable(stored.assessment, knowledge_base())
    if may_look and looking(stored):
        st.info(t("renewed.looking"))
        _adopt_button(stored, changes)
        return changes.assessment
    _show(stored, changes, may_look)
    return None


def looking(stored: Stored) -> bool:
    """Whether the user looks at this assessment in newer knowledge without taking it over; nothing is saved then."""
    return st.session_state.get(_LOOKING) == stored.id and is_older(stored)


def computed(assessment: Assessment) -> Advice:
    """The advice on an assessment; the same answers are not evaluated again for another page."""
    by = inference()
    return _computed(
        assessment.title, tuple(assessment.answers.items()), date.today(), by.base.version + by.engine_name
    )


@lru_cache(maxsize=32)
def _computed(title: str, answers: tuple[tuple[str, Answer], ...], today: date, by: str) -> Advice:
    return advise(Assessment(title=title, answers=dict(answers), knowledge_version=""), inference(), today)


def advice_on(stored: Stored, assessment: Assessment) -> Advice:
    """The advice on an assessment that `in_present_knowledge` gave, and remember that it was shown."""
    advice = computed(assessment)
    if not is_older(stored):
        with suppress(Unreachable):  # it is remembered when the advice is shown again
            remember(session.store(), stored.model_copy(update={"assessment": assessment}), advice, inference())
    return advice


def _show(stored: Stored, changes: Renewal, may_look: bool) -> None:
    st.text(stored.assessment.title)
    st.header(t("renewed.title"), anchor=False)
    when = format_date(changes.made_at.astimezone(), "d MMMM y", locale=language())
    st.markdown(t("renewed.lead", date=when))
    appeared, vanished = _titles(changes.appeared), _titles(changes.vanished)
    lists = (
        _list(t("renewed.appeared"), appeared),
        _list(t("renewed.vanished"), vanished),
        _list(t("renewed.new_questions"), [words(one.asked) for one in changes.new_questions]),
        _list(t("renewed.renamed"), [words(one.asked) for one in changes.renamed]),
        _list(t("renewed.changed_options"), [words(one.asked) for one in changes.changed_options]),
        _list(t("renewed.set_aside"), [_set_aside(one.asked, one.question, one.answer) for one in changes.set_aside]),
    )
    if not any(lists) and changes.advice_is_known:
        st.markdown(t("renewed.nothing"))
    if not changes.advice_is_known:
        st.markdown(t("renewed.advice_unknown"))
    st.markdown(t("renewed.kept"))
    with st.container(horizontal=True):
        _adopt_button(stored, changes)
        if may_look:
            st.button(t("renewed.look"), on_click=_look, args=(stored.id,))


def _titles(some: Iterable[ChangedAdvice]) -> list[str]:
    return list(dict.fromkeys(words(one.title) if one.title is not None else escaped(one.lesson) for one in some))


def _list(title: str, some: list[str]) -> bool:
    """Draw a titled list, unless it is empty; tells whether it was drawn."""
    if some:
        st.subheader(title, anchor=False)
        st.markdown("\n".join(f"- {one}" for one in some))
    return bool(some)


def _set_aside(asked: Text | None, question: str, answer: Answer) -> str:
    known = knowledge_base().questions.get(question)
    options = answer if isinstance(answer, tuple) else (answer,)
    fits = known is not None and all(isinstance(one, str) and known.option(one) for one in options)
    said = words(in_words(known, answer)) if known is not None and fits else escaped(", ".join(map(str, options)))
    return t("renewed.answer", question=words(asked) if asked is not None else escaped(question), answer=said)


def _adopt_button(stored: Stored, changes: Renewal) -> None:
    label = t("renewed.adopt")
    st.button(label, type="primary", key="adopt", disabled=stored.read_only, on_click=_adopt, args=(stored, changes))


def _look(assessment: str) -> None:
    st.session_state[_LOOKING] = assessment


def _adopt(stored: Stored, changes: Renewal) -> None:
    try:
        adopt(session.store(), stored, changes)
        session.notify("success", "renewed.adopted")
    except Conflict:
        session.notify("warning", "renewed.conflict")
    except NotAllowed:
        session.notify("error", "away.not_allowed")
    session.current(fresh=True)


def opened(name: str) -> tuple[Stored, Assessment] | None:
    """The top of a page about the open assessment, and what is stored with the answers of today's questions.

    `name` is that of the page in the navigation. None where the page has nothing to show but what was drawn here.
    """
    st.title(t(f"nav.{name}"), anchor=False)
    session.show_notice()
    stored = session.current(fresh=True)
    if stored is None:
        session.show_notice()
        no_assessment()
        return None
    assessment = in_present_knowledge(stored)
    if assessment is None:
        return None
    return stored, assessment
