"""The questions, a part at a time. Every answer is saved as it is given."""

from functools import lru_cache

import streamlit as st

from assessment.store import NotAllowed, NotFound, Stored, Unreachable
from knowledge.base import knowledge_base
from knowledge.model import Answer
from rules.engine.memory import asked_questions
from ui import navigation
from ui.parts.opened import in_present_knowledge, is_older
from ui.parts.question_card import answers_of, must_stay, question_card
from ui.parts.question_parts import Part, all_parts, shown_parts
from ui.parts.question_titles import part_title
from ui.parts.widgets import no_assessment, words
from ui.visit import session
from ui.visit.session import t
from ui.visit.window_title import headed

UNDO = "undo"  # the place of a message beside the button


def show() -> None:
    """The part that the address names, beside the list of parts; where nothing is open, what to open first."""
    session.keep_in_address(session.PART)
    part_id = st.session_state.get(session.PART)
    arrived = st.session_state.get("on_part") != (st.session_state.get(session.OPEN), part_id)
    stored = session.current(fresh=arrived)
    if stored is None:
        st.title(t("nav.questions"), anchor=False)
        session.show_notice()
        no_assessment()
        return
    if is_older(stored):
        st.title(t("nav.questions"), anchor=False)
        session.show_notice()
        in_present_knowledge(stored, may_look=False)
        return
    parts = _asked_parts(stored)
    part = next((one for one in parts if part_id in one.ids), parts[0])
    if part.id != part_id:  # what one sees has an address, so that a step back leads to it
        session.go_to_part(part.id)
    st.session_state["on_part"] = (stored.id, part.id)
    top = st.container()
    here, chapters = st.columns([3.2, 1], gap="medium")  # on a telephone they come after the questions
    with here:
        headed(part_title(part, parts))
        session.show_notice()
        _lost(stored)
        st.caption(words(part.about))
        for question in part.questions:
            if question.id in _asked(stored):
                stored = question_card(question, stored)
        parts = _asked_parts(stored)
        _buttons(part, parts)
        _more(part, stored.read_only)
    with top:
        _progress(stored, parts)
    with chapters:
        _chapters(stored, part, parts)
    if session.waiting_to_show(question.id for question in part.asked(_asked(stored))):
        st.rerun()


def _asked(stored: Stored) -> frozenset[str]:
    return _asked_with(tuple(answers_of(stored).items()))


@lru_cache(maxsize=64)
def _asked_with(answers: tuple[tuple[str, Answer], ...]) -> frozenset[str]:
    return frozenset(question.id for question in asked_questions(dict(answers), knowledge_base().questions))


def _asked_parts(stored: Stored) -> list[Part]:
    return shown_parts(all_parts(knowledge_base()), _asked(stored))


def _lost(stored: Stored) -> None:
    lost = len(stored.assessment.answers) - len(answers_of(stored))
    if lost:
        st.info(t("questions.changed_knowledge", count=lost))


def _progress(stored: Stored, parts: list[Part]) -> None:
    asked, answers = _asked(stored), answers_of(stored)
    answered = sum(part.answered(asked, answers) for part in parts)
    st.progress(answered / max(len(asked), 1), t("questions.progress", answered=answered, asked=len(asked)))


def _chapters(stored: Stored, here: Part, parts: list[Part]) -> None:
    """Where one is, and every chapter with how many of its questions have an answer."""
    asked, answers = _asked(stored), answers_of(stored)
    with st.container(key="chapters", gap=None):
        for part in parts:
            done, of = part.answered(asked, answers), len(part.asked(asked))
            key = "questions.part_done" if done == of else "questions.part_progress"
            label = t(key, title=part_title(part, parts), answered=done, asked=of)
            st.button(
                t("questions.here", label=label) if part.id == here.id else label,
                key=f"part:{part.id}",
                type="tertiary",
                on_click=_go,
                args=(here, part.id),
            )


def _buttons(part: Part, parts: list[Part]) -> None:
    """Back and on, always at the same place; after the last part comes the advice."""
    place = next((place for place, one in enumerate(parts) if one.id == part.id), 0)
    before = parts[place - 1].id if place else None
    following = parts[place + 1].id if place + 1 < len(parts) else None
    with st.container(key="steps", horizontal=True, vertical_alignment="center"):
        label = t("questions.back")
        st.button(label, key="back", disabled=before is None, on_click=_go, args=(part, before or part.id))
        if following is not None:
            label = t("questions.forward")
            st.button(label, key="forward", type="primary", on_click=_go, args=(part, following))
        elif st.button(t("questions.to_advice"), key="to-advice", type="primary"):  # or one click is two
            st.switch_page(navigation.page("advice"))


def _go(here: Part, part: str) -> None:
    stored = session.current(fresh=False)
    if stored is not None and not any(must_stay(one, stored) for one in here.questions):
        session.go_to_part(part)


def _more(part: Part, read_only: bool) -> None:
    session.show_notice(UNDO)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.page_link(navigation.page("check"), label=t("questions.to_check"), icon=":material/fact_check:")
        st.button(t("questions.undo"), type="tertiary", disabled=read_only, on_click=_undo, args=(part,))


def _undo(here: Part) -> None:
    try:
        taken = session.undo()
    except Unreachable:
        session.notify("error", "away.undo", about=UNDO)
        return
    except (NotAllowed, NotFound):
        return
    part = next((one for one in all_parts(knowledge_base()) if taken in {each.id for each in one.questions}), None)
    if taken is None or part is None:
        session.notify("info", "questions.nothing_to_undo", about=UNDO)
        return
    said = words(knowledge_base().questions[taken].text)
    session.notify("info", "questions.undone", about=UNDO if part.id in here.ids else session.TOP, question=said)
    session.go_to_part(part.id)


if __name__ == "__main__":
    show()
