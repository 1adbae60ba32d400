"""An answer file that the user gives: checked, with each mistake told, before anything is done with it."""

import streamlit as st

from assessment.answer_files import AnswerFileError, read
from assessment.model import Assessment
from knowledge.base import knowledge_base
from knowledge.text import Language
from ui import session
from ui.session import t
from ui.words import say

MEGABYTE = 1_000_000


def answer_upload() -> Assessment | None:
    """Draw the place to give a file; returns its assessment when it is in order."""
    given = st.file_uploader(t("start.file_label"), type=["yaml", "yml"], max_upload_size=1)
    if given is None:
        return None
    try:
        assessment = read_upload(given.name, given.getvalue(), session.language())
    except AnswerFileError as error:
        st.error(t("start.file_wrong"))
        for problem in error.problems:
            st.text(problem)
        return None
    st.success(t("start.file_good", answered=len(assessment.answers)))
    st.text(assessment.title)
    return assessment


def read_upload(name: str, content: bytes, language: Language) -> Assessment:
    """The assessment in an uploaded answer file.

    Raises:
        AnswerFileError: it is too large, no text, or no answer file of this knowledge base.
    """
    if len(content) > MEGABYTE:
        raise AnswerFileError([say("start.file_too_large", language)])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AnswerFileError([say("start.file_not_text", language)]) from None
    return read((text, name), knowledge_base(), language)
