"""The questions, a part at a time. Every answer is saved as it is given."""

import streamlit as st

from assessment.advice import progress
from assessment.store import NotAllowed, NotFound, Stored, Unreachable
from knowledge.base import knowledge_base
from rules.engine.inference import inference
from rules.engine.memory import asked_questions, working_memory
from ui import navigation
from ui.parts.opened import in_present_knowledge, is_older
from ui.parts.question_card import answers_of, question_card
from ui.parts.question_parts import Part, all_parts
from ui.parts.widgets import no_assessment, words
from ui.visit import session
from ui.visit.session import t

UNDO = "undo"  # the place of a message beside the button


def show() -> None:
    """Draw the page."""
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
    part = next((one for one in parts if one.id == part_id), parts[0])
    st.session_state["on_part"] = (stored.id, part_id)
    st.title(_title(part), anchor=False)
    st.text(stored.assessment.title)
    session.show_notice()
    progress_here = st.container()
    st.markdown(words(part.about))
    for question in part.questions:
        if question.id in _asked(stored):
            stored = question_card(question, stored)
    _show_progress(progress_here, stored, part)
    _buttons(part, _asked_parts(stored), stored.read_only)
    if session.waiting_to_show(question.id for question in part.asked(_asked(stored))):
        st.rerun()


def _asked(stored: Stored) -> frozenset[str]:
    return frozenset(question.id for question in asked_questions(answers_of(stored), knowledge_base().questions))


def _asked_parts(stored: Stored) -> list[Part]:
    now = _asked(stored)
    return [part for part in all_parts(knowledge_base()) if part.asked(now)]


def _title(part: Part) -> str:
    theme = words(part.theme)
    return theme if part.count == 1 else t("questions.part", theme=theme, number=part.number, count=part.count)


def _show_progress(where: st.delta_generator.DeltaGenerator, stored: Stored, here: Part) -> None:
    rules = inference().base
    answers = answers_of(stored)
    now = progress(inference().run(working_memory(answers, rules.knowledge.questions)), rules)
    key = "questions.progress" if now.can_change_advice else "questions.progress_done"
    with where:
        st.progress(
            now.answered / max(now.asked, 1),
            t(key, answered=now.answered, asked=now.asked, deciding=now.can_change_advice),
        )
        lost = len(stored.assessment.answers) - len(answers)
        if lost:
            st.info(t("questions.changed_knowledge", count=lost))
        with st.expander(t("questions.parts")), st.container(gap=None):
            st.caption(t("questions.grows"))
            asked = _asked(stored)
            for part in _asked_parts(stored):
                st.button(
                    _progress_of(part, part.answered(asked, answers), len(part.asked(asked)), part.id == here.id),
                    key=f"part:{part.id}",
                    type="tertiary",
                    on_click=session.go_to_part,
                    args=(part.id,),
                )


def _progress_of(part: Part, answered: int, asked: int, here: bool) -> str:
    key = "questions.part_done" if answered == asked else "questions.part_progress"
    label = t(key, title=_title(part), answered=answered, asked=asked)
    return t("questions.here", label=label) if here else label


def _buttons(part: Part, parts: list[Part], read_only: bool) -> None:
    place = next((place for place, one in enumerate(parts) if one.id == part.id), 0)
    with st.container(horizontal=True):
        if place > 0:
            st.button(t("questions.back"), on_click=session.go_to_part, args=(parts[place - 1].id,))
        if place + 1 < len(parts):
            st.button(t("questions.forward"), type="primary", on_click=session.go_to_part, args=(parts[place + 1].id,))
        last = place + 1 == len(parts)
        if st.button(t("questions.to_advice"), type="primary" if last else "secondary"):
            st.switch_page(navigation.page("advice"))
    st.page_link(navigation.page("check"), label=t("questions.to_check"), icon=":material/fact_check:")
    st.button(t("questions.undo"), type="tertiary", disabled=read_only, on_click=_undo, args=(part,))
    session.show_notice(UNDO)


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
    session.notify("info", "questions.undone", about=UNDO if part.id == here.id else session.TOP, question=said)
    session.go_to_part(part.id)


if __name__ == "__main__":
    show()
