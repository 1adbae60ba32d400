"""A company's own Word document: a new document is made with its styles, page, header and footer, and nothing else."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree
from PIL import Image

from assessment.sheets.writers.word.lent import (
    FROM_ELSEWHERE,
    NAMESPACES,
    NOT_WORD,
    NUMBERING,
    SETTINGS,
    STYLES,
    ReferenceDocumentError,
    allowed,
    hidden_styles,
    packed,
    page,
    parser,
    theme,
)
from assessment.sheets.writers.word.strip import Strip
from knowledge.damaged import told_as
from knowledge.text import Text

LARGEST = 10_000_000
"""In bytes, as the file is."""
LARGEST_UNPACKED = 50_000_000
MOST_PARTS = 2_000
MOST_PIXELS = 25_000_000
PICTURES = ("PNG", "JPEG", "GIF", "BMP", "TIFF")
"""What a picture in a header may be; a drawing of another program can hold anything."""

TYPES = "[Content_Types].xml"
TEMPLATE, DOCUMENT = b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATIONS = f"{PACKAGE}/relationships"
STRIPS = {
    "headerReference": (CONTENT_TYPE.WML_HEADER, RELATIONSHIP_TYPE.HEADER),
    "footerReference": (CONTENT_TYPE.WML_FOOTER, RELATIONSHIP_TYPE.FOOTER),
}

TOO_LARGE = Text(
    nl="Het referentiedocument is te groot: hooguit 10 MB, en uitgepakt 50 MB.",
    en="The reference document is too large: at most 10 MB, and 50 MB unpacked.",
)


def empty_copy(reference: bytes) -> WordDocument:
    """A new document with the styles, page, header and footer of the given one.

    Raises:
        ReferenceDocumentError: it is no Word document, too large, or takes a picture of its header from elsewhere.
    """
    if len(reference) > LARGEST:
        raise ReferenceDocumentError(TOO_LARGE)
    with told_as(lambda: ReferenceDocumentError(NOT_WORD), ReferenceDocumentError):
        with ZipFile(BytesIO(reference)) as parts:
            sizes = [part.file_size for part in parts.infolist()]
        if len(sizes) > MOST_PARTS or sum(sizes) > LARGEST_UNPACKED:
            raise ReferenceDocumentError(TOO_LARGE)
        return docx.Document(BytesIO(_Copy(docx.Document(BytesIO(_as_document(reference)))).written()))


def _as_document(reference: bytes) -> bytes:
    """The same file as a document where it is a template (.dotx), which differs in one word only."""
    with ZipFile(BytesIO(reference)) as given:
        types = given.read(TYPES)
        if TEMPLATE not in types:
            return reference
        changed = BytesIO()
        with ZipFile(changed, "w", ZIP_DEFLATED) as written:
            for part in given.infolist():
                content = types.replace(TEMPLATE, DOCUMENT) if part.filename == TYPES else given.read(part)
                written.writestr(part.filename, content)
    return changed.getvalue()


class _Copy:
    """The new package, part by part; nothing of the given one is in it that was not made anew."""

    def __init__(self, given: WordDocument):
        self._given = given
        self._contents: dict[str, bytes] = {}
        self._types: dict[str, str] = {}
        self._relations: dict[str, list[tuple[str, str, str]]] = {}
        self._pictures: dict[bytes, str] = {}
        self._hidden = hidden_styles(given.styles.element)

    def written(self) -> bytes:
        """The file."""
        self._add("", "word/document.xml", CONTENT_TYPE.WML_DOCUMENT_MAIN, RELATIONSHIP_TYPE.OFFICE_DOCUMENT, b"")
        lists = (
            ("styles", STYLES, CONTENT_TYPE.WML_STYLES, RELATIONSHIP_TYPE.STYLES),
            ("numbering", NUMBERING, CONTENT_TYPE.WML_NUMBERING, RELATIONSHIP_TYPE.NUMBERING),
            ("settings", SETTINGS, CONTENT_TYPE.WML_SETTINGS, RELATIONSHIP_TYPE.SETTINGS),
        )
        for name, names, kind, relation in lists:
            if (part := self._related(relation)) is not None:
                made = packed(allowed(etree.fromstring(part.blob, parser()), names))
                self._add("word/document.xml", f"word/{name}.xml", kind, relation, made)
        if (part := self._related(RELATIONSHIP_TYPE.THEME)) is not None:
            place = "word/theme/theme1.xml"
            self._add("word/document.xml", place, CONTENT_TYPE.OFC_THEME, RELATIONSHIP_TYPE.THEME, theme(part.blob))
        self._contents["word/document.xml"] = packed(self._body())
        saved = BytesIO()
        with ZipFile(saved, "w", ZIP_DEFLATED) as file:
            file.writestr(TYPES, packed(self._content_types()))
            for owner, relations in self._relations.items():
                folder, _, name = owner.rpartition("/")
                place = f"{folder}/_rels/{name}.rels" if owner else "_rels/.rels"
                file.writestr(place, packed(_relationships(relations)))
            for name, content in self._contents.items():
                file.writestr(name, content)
        return saved.getvalue()

    def _body(self) -> Any:
        root = etree.Element(qn("w:document"), nsmap=NAMESPACES)
        body = etree.SubElement(root, qn("w:body"))
        sections = [section._sectPr for section in self._given.sections]
        last = page(sections[-1]) if sections else OxmlElement("w:sectPr")
        for number, (name, kind, given) in enumerate(self._strips(sections)):
            made = OxmlElement(f"w:{name}")
            made.set(qn("w:type"), kind)
            made.set(qn("r:id"), self._strip(f"word/strip{number + 1}.xml", name, given))
            last.insert(number, made)
        body.append(last)
        return root

    def _strip(self, place: str, name: str, given: Part) -> str:
        key = self._add("word/document.xml", place, *STRIPS[name], b"")
        strip = Strip(self._hidden, lambda picture: self._picture(given, place, picture))
        self._contents[place] = packed(strip.made(etree.fromstring(given.blob, parser())))
        return key

    def _strips(self, sections: list[Any]) -> Iterator[tuple[str, str, Part]]:
        """The headers and footers of the last section; one that it lacks is that of the section before."""
        for name in STRIPS:
            for kind in ("default", "first", "even"):
                for section in reversed(sections):
                    own = [one for one in section.findall(qn(f"w:{name}")) if one.get(qn("w:type"), "default") == kind]
                    if own:
                        yield name, kind, self._given.part.related_parts[own[0].get(qn("r:id"))]
                        break

    def _picture(self, given: Part, strip: str, key: str) -> str | None:
        relation = given.rels.get(key)
        if relation is None:
            return None
        if relation.is_external:
            raise ReferenceDocumentError(FROM_ELSEWHERE)
        found = _only_pixels(relation.target_part.blob)
        if found is None:
            return None
        form, content = found
        place = self._pictures.setdefault(content, f"word/media/image{len(self._pictures) + 1}.{form.lower()}")
        return self._add(strip, place, f"image/{form.lower()}", RELATIONSHIP_TYPE.IMAGE, content)

    def _related(self, relation: str) -> Part | None:
        found = [one for one in self._given.part.rels.values() if one.reltype == relation and not one.is_external]
        return found[0].target_part if found else None

    def _add(self, owner: str, place: str, kind: str, relation: str, content: bytes) -> str:
        """Add a part that `owner` refers to; returns the id of the relation."""
        self._contents[place], self._types[place] = content, kind
        relations = self._relations.setdefault(owner, [])
        relations.append((f"rId{len(relations) + 1}", relation, f"/{place}"))
        return relations[-1][0]

    def _content_types(self) -> Any:
        space = f"{PACKAGE}/content-types"
        root = etree.Element(f"{{{space}}}Types", nsmap={None: space})  # type: ignore[dict-item]
        etree.SubElement(root, f"{{{space}}}Default", Extension="rels", ContentType=CONTENT_TYPE.OPC_RELATIONSHIPS)
        for place, kind in self._types.items():
            etree.SubElement(root, f"{{{space}}}Override", PartName=f"/{place}", ContentType=kind)
        return root


def _relationships(relations: list[tuple[str, str, str]]) -> Any:
    root = etree.Element(f"{{{RELATIONS}}}Relationships", nsmap={None: RELATIONS})  # type: ignore[dict-item]
    for key, kind, target in relations:
        etree.SubElement(root, f"{{{RELATIONS}}}Relationship", Id=key, Type=kind, Target=target)
    return root


def _only_pixels(given: bytes) -> tuple[str, bytes] | None:
    """A picture written anew, without place, maker, comment or what stands behind its end; None for another form."""
    try:
        with Image.open(BytesIO(given), formats=PICTURES) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise ReferenceDocumentError(TOO_LARGE)
            opened.load()
            form = "JPEG" if opened.format == "JPEG" else "PNG"
            wanted = form == "JPEG" or opened.mode in ("1", "L", "LA", "P", "RGB", "RGBA")
            picture: Image.Image = opened if wanted else opened.convert("RGB")
            picture.info = {key: value for key, value in opened.info.items() if key == "transparency"}
            saved = BytesIO()
            if form == "JPEG":
                picture.save(saved, form, quality="keep")
            else:
                picture.save(saved, form)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    return form, saved.getvalue()
