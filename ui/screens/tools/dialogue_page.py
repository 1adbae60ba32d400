"""The dialogue planner: a plan from the open assessment, with numbers to try that are not saved unless asked for."""

import streamlit as st

from assessment.advisers.dialogue import DialoguePlan, PlannedDialogue, planned_dialogue
from assessment.model import Assessment
from assessment.sheets.compose.dialogue import dialogue_sheet
from assessment.store import Stored
from knowledge.base import knowledge_base
from knowledge.model import Answers
from rules.engine.inference import inference
from rules.words import in_words
from ui.parts.document_view import downloads
from ui.parts.downloads import dossier_of, file_name
from ui.parts.folded_document import folded_reasons, show_folded
from ui.parts.opened import computed, looking, opened
from ui.parts.sheet_forms import SHEET_FORMS
from ui.parts.still_open import still_open
from ui.parts.widgets import words
from ui.screens.tools.adviser_view import offer_subject, verdict_on
from ui.screens.tools.plan_numbers import plan_numbers
from ui.visit import session
from ui.visit.session import language, t


def show() -> None:
    """The plan, where the assessment is about a dialogue; otherwise the offer to add that subject."""
    found = opened("dialogue")
    if found is None:
        return
    stored, assessment = found
    saved = planned_dialogue(assessment.answers, inference())
    if not saved.applies:
        offer_subject("dialogue", stored)
        return
    st.markdown(t("planner.lead"))
    written = dossier_of(stored, assessment, computed(assessment))
    verdict_on("dialogue", written)
    plan = DialoguePlan() if saved.held else _tried(assessment, saved, stored)
    whole = dialogue_sheet(written, language(), plan)
    downloads(assessment.answers, whole, file_name(assessment.title, "", "planner.file_name"), SHEET_FORMS)
    show_folded(dialogue_sheet(written, language(), plan, on_screen=True))


def _tried(assessment: Assessment, saved: PlannedDialogue, stored: Stored) -> DialoguePlan:
    """The numbers to try, and the warnings that they bring and take away."""
    st.header(t("planner.numbers"), anchor=False)
    plan = plan_numbers(assessment.answers, saved, stored.id)
    planned = planned_dialogue(assessment.answers, inference(), plan)
    _groups(planned)
    _taking_over(planned, stored)
    st.header(t("planner.warnings"), anchor=False)
    _warnings(saved, planned)
    still_open(planned.open)
    return plan


def _groups(planned: PlannedDialogue) -> None:
    if planned.groups is not None:
        st.markdown(
            t(
                "planner.groups",
                participants=planned.participants,
                size=planned.group_size,
                groups=planned.groups,
            )
        )
    if planned.past:
        st.warning(t("planner.date_past"))


def _taking_over(planned: PlannedDialogue, stored: Stored) -> None:
    """What is tried, and the button that makes answers of it."""
    tried = planned.tried
    if not tried or not planned.adjustable or looking(stored) or stored.read_only:
        return
    st.markdown(t("planner.tried", numbers=_in_words(tried)))
    if st.button(t("planner.take_over"), type="primary"):
        for question, acts in tried.items():
            session.save_answer(knowledge_base().questions[question], acts)
        now = session.current(fresh=False)
        if now is not None and tried.items() <= now.assessment.answers.items():
            session.notify("success", "planner.taken", numbers=_in_words(tried))
        st.rerun()  # otherwise another window was first, and that is told


def _in_words(tried: Answers) -> str:
    """The acts that the numbers come down to."""
    questions = knowledge_base().questions
    return " ".join(words(in_words(questions[question], acts)) for question, acts in tried.items())


def _warnings(saved: PlannedDialogue, planned: PlannedDialogue) -> None:
    """The warnings that came with the numbers tried, those that stay, and those that are gone."""
    before = {one.finding.piece: one.finding for one in saved.warnings}
    now = {one.finding.piece: one.finding for one in planned.warnings}
    if not now:
        st.success(t("planner.warnings_none"))
    groups = (
        ("came", [one for name, one in now.items() if name not in before]),
        ("stays", [one for name, one in now.items() if name in before]),
        ("gone", [one for name, one in before.items() if name not in now]),
    )
    moved = bool(groups[0][1] or groups[2][1])
    for name, some in groups:
        if some:
            lines = [f"- {words(one.text)}" for one in some]
            title = [f"**{t(f'planner.{name}')}**", ""] if moved else []
            (st.success if name == "gone" else st.warning)("\n".join([*title, *lines]))
    if now:
        folded_reasons(list(now.values()))


if __name__ == "__main__":
    show()
