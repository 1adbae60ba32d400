"""A company's own Word document, of which only the styles, page, header and footer are used."""

from io import BytesIO
from typing import Any, cast
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import qn

from knowledge.text import Text

LARGEST = 10_000_000
"""In bytes, as the file is."""
LARGEST_UNPACKED = 50_000_000
MOST_PARTS = 2_000
PERSONAL = (
    "comments",
    "people",
    "customXml",
    "custom-properties",
    "extended-properties",
    "attachedTemplate",
    "thumbnail",
)
"""Endings, or parts of them, of relationships to what may name people or companies and is no style."""

TYPES = "[Content_Types].xml"
TEMPLATE, DOCUMENT = b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"

NOT_WORD = Text(
    nl="Het referentiedocument is geen Word-document (.docx of .dotx, zonder macro's) of is beschadigd.",
    en="The reference document is no Word document (.docx or .dotx, without macros) or is damaged.",
)
TOO_LARGE = Text(
    nl="Het referentiedocument is te groot: hooguit 10 MB, en uitgepakt 50 MB.",
    en="The reference document is too large: at most 10 MB, and 50 MB unpacked.",
)
FROM_ELSEWHERE = Text(
    nl="Het referentiedocument haalt beelden of andere onderdelen van elders; sla het op met alles erin.",
    en="The reference document takes pictures or other parts from elsewhere; save it with everything in it.",
)


class ReferenceDocumentError(ValueError):
    """The reference document cannot be used; `text` says in one sentence why."""

    def __init__(self, text: Text):
        self.text = text
        super().__init__(text.en)


def empty_copy(reference: bytes) -> WordDocument:
    """The document without its text, comments and personal data: styles, page, header and footer remain.

    Raises:
        ReferenceDocumentError: it is no Word document, too large, or takes parts from elsewhere.
    """
    _check_size(reference)
    try:
        document = docx.Document(BytesIO(_as_document(reference)))
        body = document.element.body
        body.get_or_add_sectPr()
        for element in list(body):
            if element.tag != qn("w:sectPr"):
                body.remove(element)
        _without_personal_parts(document)
    except ReferenceDocumentError:
        raise
    except Exception:  # whatever python-docx and lxml raise on a damaged or crafted file
        raise ReferenceDocumentError(NOT_WORD) from None
    return document


def _as_document(reference: bytes) -> bytes:
    """The same file as a document where it is a template (.dotx), which differs in one word only."""
    with ZipFile(BytesIO(reference)) as packed:
        types = packed.read(TYPES)
        if TEMPLATE not in types:
            return reference
        changed = BytesIO()
        with ZipFile(changed, "w", ZIP_DEFLATED) as written:
            for part in packed.infolist():
                content = types.replace(TEMPLATE, DOCUMENT) if part.filename == TYPES else packed.read(part)
                written.writestr(part.filename, content)
    return changed.getvalue()


def _check_size(reference: bytes) -> None:
    if len(reference) > LARGEST:
        raise ReferenceDocumentError(TOO_LARGE)
    try:
        with ZipFile(BytesIO(reference)) as packed:
            parts = packed.infolist()
    except (BadZipFile, ValueError, NotImplementedError):
        raise ReferenceDocumentError(NOT_WORD) from None
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise ReferenceDocumentError(TOO_LARGE)


def _without_personal_parts(document: WordDocument) -> None:
    settings: Any = document.settings.element
    for element in settings.findall(qn("w:attachedTemplate")):
        settings.remove(element)
    for holder in (document.part.package, *document.part.package.iter_parts()):
        relations = cast(Part, holder).rels
        for key, relation in list(relations.items()):
            kind = relation.reltype.rsplit("/", 1)[-1]
            if any(name in kind for name in PERSONAL):
                del relations[key]
            elif relation.is_external and relation.reltype != RELATIONSHIP_TYPE.HYPERLINK:
                raise ReferenceDocumentError(FROM_ELSEWHERE)
