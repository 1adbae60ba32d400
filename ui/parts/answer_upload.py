"""An answer file that the user gives: checked, with each mistake told, before anything is done with it."""

import streamlit as st

from assessment.answers.encodings import NoTextError, text_of
from assessment.answers.files import AnswerFileError, Given, read_all
from knowledge.base import knowledge_base
from knowledge.text import Language
from ui.visit import session
from ui.visit.session import t
from ui.words import say

LARGEST = 5
"""In MB."""


def answer_upload() -> Given | None:
    """Draw the place to give a file; returns what it holds when it is in order."""
    given = st.file_uploader(t("start.file_label"), type=["yaml", "yml", "json"], max_upload_size=LARGEST)
    if given is None:
        return None
    try:
        found = read_upload(given.name, given.getvalue(), session.language())
    except AnswerFileError as error:
        st.error(t("start.file_wrong"))
        for problem in error.problems:
            st.text(problem)
        return None
    st.success(t("start.file_good", answered=len(found.assessment.answers)))
    st.text(found.assessment.title)
    return found


def read_upload(name: str, content: bytes, language: Language) -> Given:
    """What an uploaded answer file or advice file holds.

    Raises:
        AnswerFileError: it is too large, no text, or no answer file of this knowledge base.
    """
    if len(content) > LARGEST * 1_000_000:
        raise AnswerFileError([say("start.file_too_large", language)])
    try:
        text = text_of(content)
    except NoTextError as error:
        raise AnswerFileError([f"{name}: {error.text.in_(language)}"]) from None
    return read_all((text, name), knowledge_base(), language)
