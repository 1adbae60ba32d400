"""A company's own Word document lends styles, page, header and footer; nothing else of it gets into a sheet."""

import re
import zipfile
from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from lxml import etree
from PIL import Image

from assessment.sheets.writers import ReferenceDocumentError, write
from assessment.sheets.writers.word.lent import FROM_ELSEWHERE, LISTS, NOT_WORD
from assessment.sheets.writers.word.reference import empty_copy
from tests.assessment.sheets.test_sheet_writers import FILLED
from tests.assessment.sheets.test_sheet_writers import document as sheet
from tests.support import foreign_word
from tests.support.foreign_word import MARKER, document

pytestmark = pytest.mark.slow


def parts(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(file)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def saved(made: docx.document.Document) -> bytes:
    written = BytesIO()
    made.save(written)
    return written.getvalue()


def test_nothing_but_styles_page_header_and_footer_comes_along() -> None:
    given = document()
    assert sum(MARKER.encode() in content for content in parts(given).values()) >= len(foreign_word.PARTS) + 5
    written = parts(write(sheet(*FILLED), "docx", given))
    assert [name for name, content in written.items() if MARKER.encode() in content or MARKER in name] == []
    allowed = r"\[Content_Types\]\.xml|_rels/\.rels|docProps/core\.xml|word/media/image\d+\.(png|jpe?g)|" \
              r"word/(_rels/)?(document|styles|numbering|settings|strip\d+|theme/theme1)\.xml(\.rels)?"  # fmt: skip
    assert [name for name in written if not re.fullmatch(allowed, name)] == []
    assert not any(b'TargetMode="External"' in content for content in written.values())


def test_what_a_reader_sees_in_a_header_stays() -> None:
    opened = docx.Document(BytesIO(write(sheet(*FILLED), "docx", document())))
    header = opened.sections[0].header
    shown = "".join(one.text or "" for one in header._element.iter(qn("w:t")))
    assert shown == "Ons briefhoofd ons.nl nieuw vet in een vak11"
    assert [one.get(qn("w:instr")) for one in header._element.iter(qn("w:fldSimple"))] == [
        "PAGE \\* MERGEFORMAT", "NUMPAGES",
    ]  # fmt: skip
    (picture,) = [one.target_part.blob for one in header.part.rels.values()]
    with Image.open(BytesIO(picture)) as seen:
        assert seen.size == (40, 20)
        assert not seen.getexif() and "comment" not in seen.info


def test_settings_that_protect_track_or_fetch_stay_behind() -> None:
    settings = docx.Document(BytesIO(write(sheet(*FILLED), "docx", document()))).settings.element
    names = {etree.QName(one).localname for one in settings.iter()}
    assert names <= LISTS["settings"] | {"settings"} and "evenAndOddHeaders" in names


def test_elements_that_word_has_not_thought_of_yet_stay_behind() -> None:
    """Each element of a strip is on a list, whatever was in the document."""
    run = f"<w:r><w:t>{MARKER}</w:t></w:r>"
    new = f'<w:new w:text="{MARKER}">{run}</w:new>'
    strip = f"<w:p {nsdecls('w')}><w:r><w:t>Hoofd</w:t>{new}</w:r>{new}</w:p>"
    copy = empty_copy(document(strip))
    header = copy.sections[0].header._element
    assert "".join(one.text or "" for one in header.iter(qn("w:t"))) == "Hoofd"
    own = {etree.QName(one).localname for one in header.iter() if one.tag.startswith(f"{{{header.nsmap['w']}}}")}
    assert own <= LISTS["form"] | LISTS["text"] | {"hdr", "drawing", "fldSimple"}


PICTURE = (
    "<w:p {ns}><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri='x'><pic:pic><pic:blipFill><a:blip {link}/>"
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)
PIECES = (
    '<w:p {ns}><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>INCLUDE</w:instrText></w:r>'
    '<w:r><w:instrText>TEXT "https://x.example"</w:instrText><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


@pytest.mark.parametrize(
    "strip",
    [
        '<w:p {ns}><w:fldSimple w:instr=" INCLUDEPICTURE &quot;https://x.example/x.png&quot; "/></w:p>',
        PIECES,
        PICTURE.replace("{link}", 'r:link="rId77"'),
        PICTURE.replace("{link}", 'r:embed="rId77"'),
    ],
    ids=["a field", "a field in pieces", "a link", "a link that says it is none"],
)
def test_a_header_that_fetches_something_is_refused(strip: str) -> None:
    with pytest.raises(ReferenceDocumentError) as refused:
        write(sheet(*FILLED), "docx", document(strip.format(ns=nsdecls("w", "r", "wp", "a", "pic"))))
    assert refused.value.text == FROM_ELSEWHERE


def test_the_last_section_has_the_header_that_it_takes_over() -> None:
    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "Van de eerste sectie"
    own.add_section(WD_SECTION.NEW_PAGE).left_margin = Cm(5)
    opened = docx.Document(BytesIO(write(sheet(*FILLED), "docx", saved(own))))
    (section,) = opened.sections
    assert section.header.paragraphs[0].text == "Van de eerste sectie"
    assert abs((section.left_margin or 0) - Cm(5)) < 1000


def test_a_page_in_columns_gives_a_sheet_in_one() -> None:
    own = docx.Document()
    own.sections[0]._sectPr.append(parse_xml(f'<w:cols {nsdecls("w")} w:num="2"/>'))
    opened = docx.Document(BytesIO(write(sheet(*FILLED), "docx", saved(own))))
    assert list(opened.element.iter(qn("w:cols"))) == []


def test_whatever_goes_wrong_inside_is_a_damaged_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(given: bytes) -> bytes:
        raise LookupError(MARKER)

    monkeypatch.setattr("assessment.sheets.writers.word.reference.theme", broken)
    with pytest.raises(ReferenceDocumentError) as refused:
        empty_copy(document())
    assert refused.value.text == NOT_WORD
