"""A company's Word document with something to hide in every place that Word has, built part by part."""

import zipfile
from io import BytesIO

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image

MARKER = "Fatimaverraadt"
"""Stands wherever it must not come along."""
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

PARTS = {
    "footnotes": ("word/footnotes.xml", f"{WORD}.footnotes+xml"),
    "endnotes": ("word/endnotes.xml", f"{WORD}.endnotes+xml"),
    "comments": ("word/comments.xml", f"{WORD}.comments+xml"),
    "glossaryDocument": ("word/glossary/document.xml", f"{WORD}.document.glossary+xml"),
    "package": ("word/embeddings/sheet.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "vbaProject": ("word/vbaProject.bin", "application/vnd.ms-office.vbaProject"),
    "customXml": ("customXml/item9.xml", "application/xml"),
    "printerSettings": ("word/printerSettings1.bin", f"{WORD}.printerSettings"),
    "aFChunk": ("word/chunk.html", "text/html"),
    "font": ("word/fonts/font1.odttf", "application/vnd.openxmlformats-officedocument.obfuscatedFont"),
    "somethingNew": ("word/something-new.xml", "application/vnd.nobody-knows+xml"),
}
"""By the end of the relation; the last stands for what Word will think of next."""

RUN = f"<w:r><w:t>{MARKER}</w:t></w:r>"


def field(code: str) -> str:
    """A field of Word, as it stands in a document when its value was filled in."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{RUN}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


FIELDS = ("AUTHOR", r"FILENAME \p", "DOCVARIABLE klacht", r" PAGE \* MERGEFORMAT ", f'IF {field("PAGE")}=1 "{MARKER}"')
SPACE = 'xml:space="preserve"'
STRIP = f"""
<w:p {nsdecls("w", "r")}>
  <w:bookmarkStart w:id="1" w:name="{MARKER}"/>
  <w:r w:rsidR="00{MARKER}"><w:t>Ons briefhoofd</w:t></w:r>
  <w:hyperlink r:id="rId77" w:tooltip="{MARKER}"><w:r><w:t {SPACE}> ons.nl</w:t></w:r></w:hyperlink>
  <w:del w:id="2" w:author="{MARKER}"><w:r><w:delText>{MARKER}</w:delText></w:r></w:del>
  <w:moveFrom w:id="3" w:author="{MARKER}">{RUN}</w:moveFrom>
  <w:ins w:id="4" w:author="{MARKER}"><w:r><w:t {SPACE}> nieuw</w:t></w:r></w:ins>
  <w:r>
    <w:rPr><w:b/><w:rPrChange w:id="5" w:author="{MARKER}"><w:rPr/></w:rPrChange></w:rPr><w:t {SPACE}> vet</w:t>
  </w:r>
  <w:r><w:rPr><w:vanish/></w:rPr><w:t>{MARKER}</w:t></w:r>
  <w:r><w:rPr><w:rStyle w:val="HiddenToo"/></w:rPr><w:t>{MARKER}</w:t></w:r>
  <w:sdt><w:sdtPr><w:alias w:val="{MARKER}"/><w:tag w:val="{MARKER}"/></w:sdtPr>
    <w:sdtContent><w:r><w:t {SPACE}> in een vak</w:t></w:r></w:sdtContent></w:sdt>
  {"".join(map(field, FIELDS))}
  <w:fldSimple w:instr=" USERNAME ">{RUN}</w:fldSimple>
  <w:fldSimple w:instr=" NUMPAGES ">{RUN}</w:fldSimple>
  <w:r><w:object><w:control r:id="rId78" w:name="{MARKER}"/></w:object></w:r>
  <w:r><w:commentReference w:id="6"/></w:r>
  <!-- {MARKER} -->
</w:p>"""
PLAIN = "<w:p><w:r><w:t>Regel</w:t></w:r></w:p>"
SETTINGS = f"""
<w:trackRevisions {nsdecls("w", "r")}/>
<w:documentProtection {nsdecls("w")} w:edit="readOnly" w:enforcement="1"/>
<w:writeProtection {nsdecls("w")} w:recommended="1"/>
<w:attachedTemplate {nsdecls("w", "r")} r:id="rId79"/>
<w:docVars {nsdecls("w")}><w:docVar w:name="klacht" w:val="{MARKER}"/></w:docVars>
<w:mailMerge {nsdecls("w", "r")}><w:query w:val="SELECT * FROM {MARKER}"/><w:dataSource r:id="rId80"/></w:mailMerge>
<w:evenAndOddHeaders {nsdecls("w")} w:val="0"/>"""
HIDDEN = f"""
<w:style {nsdecls("w")} w:type="character" w:styleId="Hidden">
  <w:name w:val="Hidden"/><w:rPr><w:vanish/></w:rPr></w:style>
<w:style {nsdecls("w")} w:type="character" w:styleId="HiddenToo">
  <w:name w:val="Hidden too"/><w:basedOn w:val="Hidden"/></w:style>"""


def photo() -> bytes:
    """A picture that says where and by whom it was made, and more behind its end."""
    saved = BytesIO()
    picture = Image.new("RGB", (40, 20), (11, 93, 59))
    about = Image.Exif()
    about[0x013B] = MARKER  # the maker
    picture.save(saved, "JPEG", exif=about, comment=MARKER.encode())
    return saved.getvalue() + MARKER.encode()


def document(strip: str = STRIP) -> bytes:
    """The document; `strip` stands in its header, with a picture behind it."""
    made = docx.Document()
    made.add_paragraph(f"De tekst van het bedrijf: {MARKER}")
    made.add_paragraph().add_run().add_picture(BytesIO(photo()))
    header = made.sections[0].header
    header.is_linked_to_previous = False
    header.paragraphs[0].add_run().add_picture(BytesIO(photo()))
    for drawn in header._element.iter("{http://schemas.openxmlformats.org/drawingml/2006/picture}cNvPr"):
        drawn.set("name", f"C:\\Users\\{MARKER}\\logo.jpg")
        drawn.set("descr", MARKER)
    for place, paragraph in enumerate(parse_xml(f"<x {nsdecls('w')}>{strip}</x>")):
        header._element.insert(place, paragraph)
    for xml, into in ((SETTINGS, made.settings.element), (HIDDEN, made.styles.element)):
        into.extend(parse_xml(f"<x>{xml}</x>"))
    about = made.core_properties
    about.author = about.title = about.comments = about.keywords = about.last_modified_by = MARKER
    saved = BytesIO()
    made.save(saved)
    return _with_parts(saved.getvalue())


def _with_parts(given: bytes) -> bytes:
    relations = "".join(
        f'<Relationship Id="rIdX{number}" Type="{OFFICE}/{kind}" Target="/{place}"/>'
        for number, (kind, (place, _)) in enumerate(PARTS.items())
    )
    types = "".join(f'<Override PartName="/{place}" ContentType="{kind}"/>' for place, kind in PARTS.values())
    away = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="https://x.example/{MARKER}" TargetMode="External"/>'
        for key, kind in (("rId77", "hyperlink"), ("rId79", "attachedTemplate"), ("rId80", "mailMergeSource"))
    )
    saved = BytesIO()
    with zipfile.ZipFile(BytesIO(given)) as parts, zipfile.ZipFile(saved, "w") as made:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(b"</Types>", types.encode() + b"</Types>")
            elif name.endswith(("document.xml.rels", "header1.xml.rels")):
                more = away + (relations if "document" in name else "")
                content = content.replace(b"</Relationships>", more.encode() + b"</Relationships>")
            made.writestr(name, content)
        for place, _ in PARTS.values():
            made.writestr(place, f"<x>{MARKER}</x>")
        made.writestr("word/_rels/settings.xml.rels", f'<Relationships xmlns="{RELATIONS}">{away}</Relationships>')
    return saved.getvalue()
