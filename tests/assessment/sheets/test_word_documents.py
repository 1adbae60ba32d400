"""Sheets as Word documents: real styles and headings, and a company's own document that lends its styles."""

import re
import zipfile
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Cm

from assessment.sheets.document import Heading, Paragraph
from assessment.sheets.writers import ReferenceDocumentError, write
from tests.assessment.sheets.test_sheet_writers import FILLED, SAID, document, words_of
from tests.support.pdf_reading import squeezed

pytestmark = pytest.mark.slow


def test_word_has_styles_levels_header_rows_language_and_alternatives() -> None:
    opened = docx.Document(BytesIO(write(document(*FILLED), "docx")))
    styles = [(one.style.name, one.text) for one in opened.paragraphs if one.style is not None]
    assert ("Title", "Natuursteen") in styles and ("Heading 1", "Eerst de veiligheid") in styles
    assert ("Heading 2", "Te diep") in styles and ("List Bullet", "een") in styles
    assert ("List Number", "Voorop. het eerste") in styles and (
        "Alert",
        "Bescherm je bron. Noem nooit een bron.",
    ) in styles
    about = opened.core_properties
    assert (about.title, about.language, about.author) == ("Natuursteen", "nl-NL", "Dialoogwijzer")
    assert {one.get(qn("w:val")) for one in opened.styles.element.iter(qn("w:lang"))} == {"nl-NL"}
    _, table = opened.tables
    assert [cell.text for cell in table.rows[0].cells] == ["Actie", "Wie"]
    assert [row._tr.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in table.rows] == [
        True,
        False,
        False,
    ]
    (picture,) = opened.element.body.iter(qn("wp:docPr"))
    assert "12–49" in picture.get("descr")


def test_a_line_that_introduces_stays_with_what_follows() -> None:
    long = " ".join(["Een heel verhaal."] * 20)
    blocks = (Heading("Onderdeel"), Paragraph("Dit volgt."), Heading("Dieper", 2), Paragraph(long), Paragraph("Slot."))
    opened = docx.Document(BytesIO(write(document(*blocks, *(Paragraph("Einde."),) * 20), "docx")))
    kept = {one.text: bool(one.paragraph_format.keep_with_next) for one in opened.paragraphs}
    assert kept["Dit volgt."] and not kept[long] and not kept["Slot."]


TABLE_PROPERTIES = [
    "tblStyle",
    "tblpPr",
    "tblOverlap",
    "bidiVisual",
    "tblStyleRowBandSize",
    "tblStyleColBandSize",
    "tblW",
    "jc",
    "tblCellSpacing",
    "tblInd",
    "tblBorders",
    "shd",
    "tblLayout",
    "tblCellMar",
    "tblLook",
    "tblCaption",
    "tblDescription",
]


PARAGRAPH_PROPERTIES = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
    "sectPr",
    "pPrChange",
]


def test_properties_stand_in_the_order_that_word_demands() -> None:
    packed = zipfile.ZipFile(BytesIO(write(document(*FILLED), "docx")))
    opened = docx.Document(BytesIO(write(document(*FILLED), "docx")))
    assert packed.testzip() is None
    for root in (opened.element, opened.styles.element, opened.part.numbering_part.element):
        for tag, order in (("w:tblPr", TABLE_PROPERTIES), ("w:pPr", PARAGRAPH_PROPERTIES)):
            for properties in root.iter(qn(tag)):
                places = [order.index(one.tag.split("}")[1]) for one in properties]
                assert places == sorted(places), [one.tag.split("}")[1] for one in properties]


def test_a_company_brings_its_own_styles() -> None:
    own = docx.Document()
    own.styles["Heading 1"].font.name = "Comic Neue"
    own.add_paragraph("Tekst van het bedrijf")
    own.sections[0].header.paragraphs[0].text = "Ons briefhoofd"
    own.core_properties.author = "Jan Jansen"
    saved = BytesIO()
    own.save(saved)
    file = write(document(*FILLED), "docx", saved.getvalue())
    opened = docx.Document(BytesIO(file))
    assert opened.styles["Heading 1"].font.name == "Comic Neue"
    assert opened.sections[0].header.paragraphs[0].text == "Ons briefhoofd"
    assert "Tekst van het bedrijf" not in "".join(one.text for one in opened.paragraphs)
    assert opened.core_properties.author == "Dialoogwijzer"
    everything = b"".join(
        zipfile.ZipFile(BytesIO(file)).read(name) for name in zipfile.ZipFile(BytesIO(file)).namelist()
    )
    assert b"Jan Jansen" not in everything
    for said in SAID:
        assert squeezed(said) in words_of("docx", file)


def without(own: bytes, part: str, *kinds: str) -> bytes:
    """The same Word document where a part, its relations and some styles are missing."""
    saved = BytesIO()
    with zipfile.ZipFile(BytesIO(own)) as given_file, zipfile.ZipFile(saved, "w") as made:
        for name in given_file.namelist():
            content = given_file.read(name).decode("utf-8", "surrogateescape")
            if name == f"word/{part}.xml":
                continue
            if part and name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
                content = re.sub(rf"<(Override|Relationship) [^>]*{part}[^>]*/>", "", content)
            for kind in kinds:
                content = re.sub(rf'<w:style (?:(?!</w:style>).)*?w:name w:val="{kind}"/>.*?</w:style>', "", content)
            made.writestr(name, content.encode("utf-8", "surrogateescape"))
    return saved.getvalue()


def test_a_companys_document_that_lacks_numberings_styles_or_a_section_gets_ours() -> None:
    saved = BytesIO()
    docx.Document().save(saved)
    lacking = without(saved.getvalue(), "numbering", "List Bullet", "List Number", "heading 2", "Title", "caption")
    opened = docx.Document(BytesIO(write(document(*FILLED), "docx", lacking)))
    assert opened.styles["List Bullet"].element.pPr.numPr is None
    marks = [one.get(qn("w:val")) for one in opened.part.numbering_part.element.iter(qn("w:lvlText"))]
    assert sorted(marks) == ["%1.", "•"]
    bullets = [one for one in opened.paragraphs if one.style is not None and one.style.name == "List Bullet"]
    assert [one.text for one in bullets] == ["een", "ander"]
    assert all(one._p.pPr.numPr is not None for one in bullets)
    bare = docx.Document()
    bare.element.body.remove(bare.element.body.sectPr)
    saved = BytesIO()
    bare.save(saved)
    assert len(docx.Document(BytesIO(write(document(*FILLED), "docx", saved.getvalue()))).sections) == 1


def test_tables_are_as_wide_as_the_page_of_the_company() -> None:
    own = docx.Document()
    own.sections[0].left_margin = own.sections[0].right_margin = Cm(6)
    saved = BytesIO()
    own.save(saved)
    opened = docx.Document(BytesIO(write(document(*FILLED), "docx", saved.getvalue())))
    section = opened.sections[0]
    assert section.page_width and section.left_margin and section.right_margin
    room = section.page_width - section.left_margin - section.right_margin
    for table in opened.tables:
        assert 0.95 * room < sum(column.width or 0 for column in table.columns) <= room
    assert all(shape.width <= room for shape in opened.inline_shapes)


def packed(**files: bytes) -> bytes:
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return saved.getvalue()


@pytest.mark.parametrize(
    "reference",
    [b"", b"%PDF-1.7", b"PK\x03\x04 broken", packed(a=b"x"), packed(a=b"0" * 60_000_000), b"PK" * 6_000_000],
    ids=["empty", "a PDF", "a broken archive", "another archive", "a bomb", "12 MB"],
)
def test_another_file_than_a_word_document_is_refused_in_one_line(reference: bytes) -> None:
    with pytest.raises(ReferenceDocumentError) as refused:
        write(document(*FILLED), "docx", reference)
    assert "\n" not in refused.value.text.nl and len(refused.value.text.nl) < 120
