"""The conversation kit for one talk with a supplier, from the open assessment."""

import streamlit as st

from assessment.advisers.conversation import conversation_kit
from assessment.sheets.conversation import conversation_sheet
from assessment.sheets.dossier import dossier
from rules.inference import inference
from ui import session
from ui.document_view import downloads
from ui.downloads import file_name
from ui.folded_document import show_folded
from ui.renewed import in_present_knowledge
from ui.session import language, t
from ui.sheet_forms import SHEET_FORMS
from ui.still_open import link_to, still_open
from ui.widgets import no_assessment, words

FIRST = "start.preparing"


def show() -> None:
    """Draw the page."""
    st.title(t("nav.conversation"), anchor=False)
    session.show_notice()
    stored = session.current(fresh=True)
    if stored is None:
        session.show_notice()
        no_assessment()
        return
    assessment = in_present_knowledge(stored)
    if assessment is None:
        return
    st.text(assessment.title)
    kit = conversation_kit(assessment.answers, inference())
    if not kit.applies:
        st.info(t("talk.not_applicable"))
        link_to(FIRST, words(inference().base.knowledge.questions[FIRST].text))
        return
    st.markdown(t("talk.lead"))
    written = dossier(assessment, inference(), stored)
    name = file_name(assessment.title, "", "talk.file_name")
    downloads(conversation_sheet(written, language()), name, SHEET_FORMS)
    still_open(kit.open)
    show_folded(conversation_sheet(written, language(), on_screen=True))


if __name__ == "__main__":
    show()
