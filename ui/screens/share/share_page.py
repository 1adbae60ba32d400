"""Sharing: a version without names, or the full one, as a file for a purpose."""

import streamlit as st

from assessment.dossier import Dossier
from assessment.sheets.purposes import MIME, PURPOSES, offered, suffix, write_sheet
from assessment.store import Stored
from ui import navigation
from ui.parts.downloads import answers_chosen, dossier_of, file_name
from ui.parts.opened import advice_on, opened
from ui.screens.share.share_panel import share_panel
from ui.visit.record import recorded
from ui.visit.session import language, t


def show() -> None:
    """Draw the page."""
    found = opened("share")
    if found is None:
        return
    stored, assessment = found
    if not assessment.answers:
        st.info(t("share.nothing"))
        st.page_link(navigation.page("questions"), label=t("advice.more_questions"), icon=":material/checklist:")
        return
    st.markdown(t("share.lead"))
    advice = advice_on(stored, assessment)
    chosen = share_panel(stored, dossier_of(stored, assessment, advice), without_first=True)
    if chosen is not None:
        _download(stored, chosen)


def _download(stored: Stored, dossier: Dossier) -> None:
    st.header(t("share.file"), anchor=False)
    titles = {name: PURPOSES[name].title.in_(language()) for name in offered(dossier)}
    key = f"share:{stored.id}:{language()}"
    purpose = st.selectbox(t("share.purpose"), list(titles), format_func=titles.__getitem__, key=f"{key}:purpose")
    forms = {form: t(f"form.{form}") for form in PURPOSES[purpose].forms}
    form = st.selectbox(t("share.form"), list(forms), format_func=forms.__getitem__, key=f"{key}:form:{purpose}")
    dossier = answers_chosen(dossier, purpose, form, key)
    written_in = language()
    st.download_button(
        t("share.make"),
        data=recorded(lambda: write_sheet(dossier, purpose, form, written_in), f"{purpose}{suffix(form)}"),
        file_name=file_name(f"{titles[purpose]} {dossier.assessment.title}", suffix(form), "downloads.file_name"),
        mime=MIME[form],
        on_click="ignore",
        type="primary",
        key=f"{key}:make:{purpose}:{form}",
    )


if __name__ == "__main__":
    show()
