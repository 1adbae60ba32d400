"""The forms in which a sheet on a page can be downloaded."""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from assessment.sheets.purposes import MIME
from assessment.sheets.writers import Form, write
from ui.parts.document_view import Writer

_OFFERED: tuple[Form, ...] = ("pdf", "docx", "html", "md")
SHEET_FORMS: Mapping[str, tuple[str, Writer]] = MappingProxyType(
    {form: (MIME[form], partial(write, form=form)) for form in _OFFERED}
)
"""The type of a file and what writes it, by form."""
