"""The page of an adviser: a view of one document on the open assessment, what is still open, and its downloads."""

from collections.abc import Callable, Mapping
from typing import Protocol

import streamlit as st

from assessment.dossier import Dossier, dossier
from assessment.sheets.document import Document
from knowledge.model import Answer
from knowledge.text import Language
from rules.engine.inference import Inference, inference
from ui.parts.document_view import downloads
from ui.parts.downloads import file_name
from ui.parts.folded_document import show_folded
from ui.parts.opened import opened
from ui.parts.sheet_forms import SHEET_FORMS
from ui.parts.still_open import link_to, still_open
from ui.parts.widgets import words
from ui.visit.session import language, t

FIRST = "core.occasions"


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


def show_adviser(name: str, conclude: Callable[[Mapping[str, Answer], Inference], Result], sheet: Sheet) -> None:
    """Draw the page of the adviser with this name in the navigation and in the labels."""
    found = opened(name)
    if found is None:
        return
    stored, assessment = found
    result = conclude(assessment.answers, inference())
    if not result.applies:
        st.info(t(f"adviserelsewhere.{name}"))
        link_to(FIRST, words(inference().base.knowledge.questions[FIRST].text))
        return
    st.markdown(t(f"adviserlead.{name}"))
    written = dossier(assessment, inference(), stored)
    whole = sheet(written, language())
    downloads(
        assessment.answers, whole, file_name(f"{whole.kind} {assessment.title}", "", "adviser.file_name"), SHEET_FORMS
    )
    still_open(result.open)
    show_folded(sheet(written, language(), on_screen=True))
