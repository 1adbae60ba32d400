"""An answer file that the user gives: checked, with each mistake told, before anything is done with it."""

import streamlit as st

from assessment.answer_files import AnswerFileError, read
from assessment.model import Assessment
from knowledge.base import knowledge_base
from ui import session
from ui.session import t

MEGABYTE = 1_000_000


def answer_upload() -> Assessment | None:
    """Draw the place to give a file; returns its assessment when it is in order."""
    given = st.file_uploader(t("start.file_label"), type=["yaml", "yml"], max_upload_size=1)
    if given is None:
        return None
    try:
        assessment = _read(given.name, given.getvalue())
    except AnswerFileError as error:
        st.error(t("start.file_wrong"))
        for problem in error.problems:
            st.text(problem)
        return None
    st.success(t("start.file_good", answered=len(assessment.answers)))
    st.text(assessment.title)
    return assessment


def _read(name: str, content: bytes) -> Assessment:
    if len(content) > MEGABYTE:
        raise AnswerFileError([t("start.file_too_large")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AnswerFileError([t("start.file_not_text")]) from None
    return read((text, name), knowledge_base(), session.language())
