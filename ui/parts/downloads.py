"""Downloads: a sheet for a purpose in a form that the user chooses. A file is made only when it is clicked."""

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import replace

import streamlit as st

from assessment.dossier import Dossier, plan_of
from assessment.model import Advice, Assessment
from assessment.sheets.fitting import unfit
from assessment.sheets.notes import has_notes
from assessment.sheets.purposes import (
    MIME,
    PURPOSES,
    SheetForm,
    answers_optional,
    notes_optional,
    offered,
    refusal,
    suffix,
    write_sheet,
)
from assessment.sheets.writers import ReferenceDocumentError
from assessment.sheets.writers.word.reference import empty_copy
from assessment.store import Stored
from rules.engine.inference import inference
from ui.parts.gate import Passed, offer
from ui.parts.widgets import words
from ui.visit.record import recorded
from ui.visit.session import language, t

PLAN_ONLY: tuple[SheetForm, ...] = ("csv", "ics")
"""Forms that hold no answers anyway."""
LONGEST_NAME = 60
LARGEST = 10
"""In MB: the largest Word document whose styles are taken."""


def file_name(title: str, ending: str, key: str = "advice.file_name") -> str:
    """A file name of letters, digits and dashes from a title."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(slug) > LONGEST_NAME:  # at the end of a word, where there is one
        slug = slug[:LONGEST_NAME].rpartition("-")[0] or slug[:LONGEST_NAME]
    return t(key, title=slug or "dialoogwijzer") + ending


def dossier_of(stored: Stored, assessment: Assessment, advice: Advice) -> Dossier:
    """The dossier of what is open: its answers in the present knowledge, with the advice that was computed on them."""
    base = inference()
    case = base.base.knowledge.scenarios.get(stored.case or "")
    return Dossier(assessment, advice, plan_of(advice, stored), base, case, stored.id)


def download(passed: Passed, label: str, dossier: Dossier, purpose: str, form: SheetForm, key: str) -> None:
    """A button that makes one sheet when it is clicked."""
    written_in = language()
    offer(
        passed,
        label,
        recorded(lambda: write_sheet(dossier, purpose, form, written_in), f"{purpose}{suffix(form)}"),
        file_name(dossier.assessment.title, suffix(form)),
        f"download:{key}",
        mime=MIME[form],
    )


@st.fragment
def choose(passed: Passed, dossier: Dossier, key: str) -> None:
    """Let the user choose a sheet that makes sense here and a form, and make it."""
    purposes = offered(dossier)
    titles = {name: PURPOSES[name].title.in_(language()) for name in purposes}
    purpose = st.selectbox(
        t("downloads.purpose"), list(titles), format_func=titles.__getitem__, key=f"{key}:purpose:{language()}"
    )
    _others(dossier, purposes)
    forms = {form: t(f"form.{form}") for form in PURPOSES[purpose].forms}
    form = st.selectbox(
        t("downloads.form"), list(forms), format_func=forms.__getitem__, key=f"{key}:form:{purpose}:{language()}"
    )
    if (why := refusal(dossier, purpose, form)) is not None:
        st.info(words(why))
        return
    dossier = _notes_chosen(answers_chosen(dossier, purpose, form, key), purpose, form, key)
    reference = _reference(f"{key}:reference:{language()}") if form == "docx" else None
    written_in = language()
    make: Callable[[], bytes] = lambda: write_sheet(dossier, purpose, form, written_in, reference)  # noqa: E731
    offer(
        passed,
        t("downloads.make"),
        recorded(make, f"{purpose}{suffix(form)}"),
        file_name(f"{titles[purpose]} {dossier.assessment.title}", suffix(form), "downloads.file_name"),
        f"{key}:make:{purpose}:{form}",
        mime=MIME[form],
        type="primary",
    )


def _others(dossier: Dossier, purposes: Collection[str]) -> None:
    """The sheets that do not fit here, each with why."""
    reasons = {name: unfit(dossier, name) for name in PURPOSES if name not in purposes}
    if reasons:
        with st.expander(t("downloads.others"), type="compact"):
            told = ((words(PURPOSES[name].title), words(why)) for name, why in reasons.items() if why is not None)
            st.markdown("\n".join(f"- {title}: {why}" for title, why in told))


def answers_chosen(dossier: Dossier, purpose: str, form: SheetForm, key: str) -> Dossier:
    """The dossier with or without what was answered, as the user chooses where the sheet exists without."""
    if not answers_optional(purpose, form) or form in PLAN_ONLY:
        return dossier
    return replace(dossier, with_answers=st.checkbox(t("downloads.answers"), True, key=f"{key}:answers:{language()}"))


def _notes_chosen(dossier: Dossier, purpose: str, form: SheetForm, key: str) -> Dossier:
    """The dossier with or without the user's own notes, where there are any and the sheet is for own use."""
    if not notes_optional(purpose, form) or not has_notes(dossier):
        return dossier
    return replace(dossier, with_notes=st.checkbox(t("downloads.notes"), False, key=f"{key}:notes:{language()}"))


def _reference(key: str) -> bytes | None:
    """A Word document of the company's own, for its styles, where one is given that can be used."""
    given = st.file_uploader(t("downloads.reference"), type=["docx", "dotx"], max_upload_size=LARGEST, key=key)
    if given is None:
        return None
    try:
        empty_copy(given.getvalue())
    except ReferenceDocumentError as error:
        st.error(words(error.text))
        return None
    return given.getvalue()
