"""Writes a document in each format. `write` is the only thing to call; each format has one module."""

from collections.abc import Callable
from typing import Literal, get_args

from assessment.sheets.document import Document
from assessment.sheets.writers.html import to_html
from assessment.sheets.writers.markdown import to_markdown
from assessment.sheets.writers.pdf import to_pdf
from assessment.sheets.writers.plain import to_text
from assessment.sheets.writers.prepared import prepared
from assessment.sheets.writers.word import to_word
from assessment.sheets.writers.word.lent import ReferenceDocumentError

__all__ = ["FORMS", "Form", "ReferenceDocumentError", "write"]

Form = Literal["pdf", "docx", "html", "md", "text"]
FORMS: tuple[Form, ...] = get_args(Form)

_WRITERS: dict[Form, Callable[[Document], bytes]] = {"pdf": to_pdf, "html": to_html, "md": to_markdown, "text": to_text}


def write(document: Document, form: Form, reference: bytes | None = None) -> bytes:
    """The document as a file. `reference` is a company's own Word document whose styles a DOCX gets.

    Raises:
        ReferenceDocumentError: the reference is no Word document that can safely be used.
    """
    fit = prepared(document)
    return to_word(fit, reference) if form == "docx" else _WRITERS[form](fit)
