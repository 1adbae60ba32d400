"""An answer file that the user gives: checked, with each mistake told, before anything is done with it."""

import streamlit as st

from assessment.answer_files import AnswerFileError, Given, read_all
from knowledge.base import knowledge_base
from ui import session
from ui.session import t

LARGEST = 5
"""In MB."""


def answer_upload() -> Given | None:
    """Draw the place to give a file; returns what it holds when it is in order."""
    given = st.file_uploader(t("start.file_label"), type=["yaml", "yml", "json"], max_upload_size=LARGEST)
    if given is None:
        return None
    try:
        found = _read(given.name, given.getvalue())
    except AnswerFileError as error:
        st.error(t("start.file_wrong"))
        for problem in error.problems:
            st.text(problem)
        return None
    st.success(t("start.file_good", answered=len(found.assessment.answers)))
    st.text(found.assessment.title)
    return found


def _read(name: str, content: bytes) -> Given:
    if len(content) > LARGEST * 1_000_000:
        raise AnswerFileError([t("start.file_too_large")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise AnswerFileError([t("start.file_not_text")]) from None
    return read_all((text, name), knowledge_base(), session.language())
