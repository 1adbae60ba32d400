"""The forms in which a sheet on a page can be downloaded."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from assessment.sheets.writers import write
from ui.parts.document_view import Writer

SHEET_FORMS: Mapping[str, tuple[str, Writer]] = MappingProxyType(
    {
        "pdf": ("application/pdf", partial(write, form="pdf")),
        "docx": (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            partial(write, form="docx"),
        ),
        "html": ("text/html", partial(write, form="html")),
        "md": ("text/markdown", partial(write, form="md")),
    }
)
