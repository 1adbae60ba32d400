"""The page of an adviser: a view of one document on the open assessment, what is still open, and its downloads."""

from collections.abc import Callable, Mapping
from typing import Protocol

import streamlit as st

from assessment.dossier import Dossier
from assessment.sheets.document import Document
from assessment.sheets.words import labels as sheet_labels
from assessment.store import Stored
from knowledge.model import Answer, Question
from knowledge.text import Language
from rules.engine.inference import Inference, inference
from ui.parts.document_view import downloads
from ui.parts.downloads import dossier_of, file_name
from ui.parts.folded_document import show_folded
from ui.parts.opened import computed, looking, opened
from ui.parts.plan_tested import conclusion
from ui.parts.sheet_forms import SHEET_FORMS
from ui.parts.still_open import link_to, still_open
from ui.parts.widgets import words
from ui.visit import session
from ui.visit.session import language, t

FIRST = "core.occasions"
SUBJECTS: Mapping[str, tuple[str, ...]] = {
    "listening": ("means", "worker-talk"),
    "partners": ("partner",),
    "conversation": ("supplier-talk",),
    "dialogue": ("event",),
}
"""The occasions that each adviser is about; the first is what it offers to add."""


class Result(Protocol):
    """What an adviser concludes: whether it is about this assessment, and which questions are still open."""

    @property
    def applies(self) -> bool:
        """Whether the assessment is about what the adviser advises on."""
        ...

    @property
    def open(self) -> tuple[str, ...]:
        """The questions that can still change what it says."""
        ...


class Sheet(Protocol):
    """Writes what an adviser says as a document."""

    def __call__(self, dossier: Dossier, language: Language, on_screen: bool = False) -> Document:
        """The document; `on_screen`, the page itself tells what is open."""
        ...


def show_adviser(
    name: str, conclude: Callable[[Mapping[str, Answer], Inference], Result], sheet: Sheet, cards: str = ""
) -> None:
    """Draw the page of the adviser with this name in the navigation and in the labels.

    Below the heading of the sheet with the label `cards` each part is a card.
    """
    found = opened(name)
    if found is None:
        return
    stored, assessment = found
    result = conclude(assessment.answers, inference())
    if not result.applies:
        offer_subject(name, stored)
        return
    st.markdown(t(f"adviserlead.{name}"))
    written = dossier_of(stored, assessment, computed(assessment))
    verdict_on(name, written)
    whole = sheet(written, language())
    downloads(
        assessment.answers, whole, file_name(f"{whole.kind} {assessment.title}", "", "adviser.file_name"), SHEET_FORMS
    )
    still_open(result.open)
    show_folded(sheet(written, language(), on_screen=True), sheet_labels(language())[cards] if cards else "")


def verdict_on(name: str, written: Dossier) -> None:
    """Whether the occasions that this adviser is about can go on."""
    here = tuple(one for one in written.advice.occasions if one.occasion in SUBJECTS[name])
    conclusion(written.advice.model_copy(update={"occasions": here}))


def offer_subject(name: str, stored: Stored) -> None:
    """Say that the assessment is about something else, and add the subject of this adviser on one click."""
    st.info(t(f"adviserelsewhere.{name}"))
    question = inference().base.knowledge.questions[FIRST]
    if looking(stored) or stored.read_only:
        link_to(FIRST, words(question.text))
        return
    subject = next(one for one in question.options if one.id == SUBJECTS[name][0])
    label = t("adviser.add", what=words(subject.label))
    st.button(label, type="primary", key=f"add:{name}", on_click=_add, args=(question, subject.id))
    st.caption(t("adviser.add_about"))


def _add(question: Question, subject: str) -> None:
    stored = session.current(fresh=False)
    if stored is None:
        return
    before = stored.assessment.answers.get(FIRST)
    together = {option.id for option in question.options if not option.exclusive}
    kept = [one for one in before if one in together] if isinstance(before, tuple) else []
    chosen = {*kept, subject}
    session.save_answer(question, tuple(one.id for one in question.options if one.id in chosen), drawing=False)
