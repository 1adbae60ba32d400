"""A document in each format, read back by another reader than wrote it."""

import re
from datetime import date
from io import BytesIO
from itertools import pairwise
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from assessment.sheets.document import (
    Alert,
    Block,
    Bullets,
    Checklist,
    Document,
    Fields,
    Heading,
    PageBreak,
    Paragraph,
    ScoreBar,
    ScoreChart,
    Table,
)
from assessment.sheets.words import COLUMNS, labels
from assessment.sheets.writers import FORMS, Form, write
from knowledge.text import LANGUAGES, Language
from tests.support.pdf_reading import attributes, elements, outside_the_margins, read, squeezed, text_of

pytestmark = pytest.mark.slow

HOSTILE = (
    '#read("/etc/hosts") #import "/x.typ": * #panic() $x^2$ @kop <label>',
    "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;]]>",
    '=HYPERLINK("http://evil","x") +1 -1 @SUM(1)',
    "**vet** [l](javascript:alert(1)) ![p](http://evil/p.png) | cel | `code`\n# kop\n- [ ] x",
    "{{ 7*7 }} {% for x in y %} ${7*7} %s {0}",
    "\x00\x07\x1b[31mrood\x7f \u202eomgekeerd\u2066 \ufeff \ufffe\uffff",
    "Steen 😀👩‍👩‍👧 مرحبا 漢字 नमस्ते e\u0308\u0301",
    "x" * 50_000,
    "woord " * 9_000,
)
FILLED = (
    Heading("Eerst de veiligheid"),
    Alert("Regel dit eerst", ("Noem nooit een bron.",), ("Bescherm je bron.",)),
    Heading("Te diep", 3),
    Paragraph("Gewone tekst."),
    Paragraph("In het voorbijgaan.", quiet=True),
    Bullets(("het eerste", "het tweede"), ordered=True, leads=("Voorop.",)),
    Bullets(("een", "ander")),
    Checklist(("Bel de vakbond",)),
    Fields((("Wie", "Inkoop"), ("Wanneer", ""))),
    Table("Wie doet wat.", ("Actie", "Wie"), (("Bellen", "Inkoop"), ("Schrijven", ""))),
    ScoreChart("Donker is zeker.", (ScoreBar("Luisteren", 12, 49, "12–49, kwetsbaar tot in opbouw"),)),
    PageBreak(),
    Heading("Slot", 2),
)
SAID = (
    "Natuursteen", "Waarvoor dit is.", "Eerst de veiligheid", "Regel dit eerst", "Bescherm je bron.",
    "Noem nooit een bron.", "Te diep", "Gewone tekst.", "In het voorbijgaan.", "Voorop.", "het eerste", "het tweede",
    "Bel de vakbond", "Wanneer", "Wie doet wat.", "Schrijven", "Luisteren", "12–49, kwetsbaar tot in opbouw",
    "Donker is zeker.", "Slot",
)  # fmt: skip


def document(*blocks: Any, title: str = "Natuursteen", language: Language = "nl") -> Document:
    return Document(language, "Proefblad", title, "Waarvoor dit is.", date(2026, 11, 20), blocks)


def words_of(form: Form, file: bytes) -> str:
    """Everything that a reader of the file sees or hears, without spaces."""
    if form == "pdf":
        alternatives = [str(one["/Alt"]) for kind, one in elements(read(file)) if "/Alt" in one]
        return text_of(file) + squeezed("".join(alternatives))
    if form == "docx":
        opened = docx.Document(BytesIO(file))
        alternatives = [one.get("descr", "") for one in opened.element.body.iter(qn("wp:docPr"))]
        return squeezed("".join([*(one.text or "" for one in opened.element.body.iter(qn("w:t"))), *alternatives]))
    if form == "html":
        return squeezed(lxml_html.fromstring(file.decode()).text_content())
    if form == "md":
        page = MarkdownIt("commonmark").enable("table").render(file.decode())
        return squeezed(lxml_html.fromstring(page).text_content())
    return squeezed(file.decode())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_says_everything_in_order(form: Form, language: Language) -> None:
    said = words_of(form, write(document(*FILLED, language=language), form)).upper()
    places = [said.find(squeezed(one).upper()) for one in SAID]
    assert -1 not in places, [one for one, place in zip(SAID, places, strict=True) if place == -1]
    if form in ("html", "md", "text"):
        in_order = [
            place for one, place in zip(SAID, places, strict=True) if one not in ("Donker is zeker.", "Luisteren")
        ]
        assert in_order == sorted(in_order)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("hostile", HOSTILE, ids=range(len(HOSTILE)))
def test_what_somebody_wrote_is_text_in_every_form(form: Form, hostile: str) -> None:
    blocks: tuple[Block, ...] = (
        Heading(hostile), Paragraph(hostile), Bullets((hostile,), leads=(hostile,)), Checklist((hostile,)),
        Fields(((hostile, hostile),)), Table(hostile, (hostile, hostile), ((hostile, hostile),)),
        Alert(hostile, (hostile,)), ScoreChart(hostile, (ScoreBar(hostile, -5, 900, hostile),)),
    )  # fmt: skip
    if form == "pdf" and len(hostile) > 4_000:
        assert write(document(*blocks, title=hostile), form)
        blocks = blocks[1:2]  # reading many long lines back takes minutes
    file = write(document(*blocks, title=hostile), form)
    words = words_of(form, file)
    for part in re.findall(r"[A-Za-z0-9#(){}\[\]*\"$%@=]{5,}", hostile[:150].split("\n")[0].replace("\x1b", " ")):
        assert part in words.replace("\\", "") or part.upper() in words.upper()
    assert (len(hostile) < 4_000) or squeezed(labels("nl")["cut"]) in words
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", words)
    if form == "pdf":
        assert outside_the_margins(file) == []
    elif form == "html":
        page = lxml_html.fromstring(file.decode())
        assert not page.xpath("//script | //img | //iframe | //link | //a | //@onerror | //@onload")
    elif form == "md":
        page = lxml_html.fromstring(MarkdownIt("commonmark").enable("table").render(file.decode()))
        assert not page.xpath("//script | //img | //a | //code")
        assert len(page.xpath("//h1")) == 1 and len(page.xpath("//table//tr")) == 4
    elif form == "text":
        assert all(len(line) <= COLUMNS for line in file.decode().splitlines())


@settings(max_examples=12)
@given(text=st.text(max_size=60), level=st.integers(-3, 9), low=st.integers(), high=st.integers())
def test_no_text_stops_any_form(text: str, level: int, low: int, high: int) -> None:
    given_blocks = (
        Bullets((text, text), ordered=True), Heading(text, level), Fields(((text, text),)), Alert(text, ()),
        Table(text, (text, "b"), ((text,), (text, text, text))), Table(text, (), ()),
        ScoreChart(text, (ScoreBar(text, low, high, text),)),
    )  # fmt: skip
    for form in FORMS:
        assert write(document(*given_blocks, title=text), form)


def test_the_pdf_is_tagged_with_headings_that_skip_no_level() -> None:
    reader = read(write(document(*FILLED), "pdf"))
    catalog: Any = reader.root_object
    assert catalog["/Lang"] == "nl-NL" and catalog["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_object().get_data()
    assert reader.metadata is not None and reader.metadata.title == "Natuursteen"
    found = elements(reader)
    headings = [(int(kind[1]), str(one["/T"])) for kind, one in found if re.fullmatch("H[1-6]", kind)]
    assert [title for _, title in headings] == ["Eerst de veiligheid", "Te diep", "Slot"]
    assert headings[0][0] == 1 and all(below <= above + 1 for (above, _), (below, _) in pairwise(headings))
    assert [attributes(one)["/Scope"] for kind, one in found if kind == "TH"] == ["/Column"] * 2
    (figure,) = [one for kind, one in found if kind == "Figure"]
    assert "Luisteren: 12–49, kwetsbaar tot in opbouw." in str(figure["/Alt"])


OURS = "https://www.ser.nl/nl/a-b?c=d&e=f#g"
NO_ADDRESS = ("javascript:alert(1)", "http://evil", "https://a b", 'https://x"onclick="y', "https://a>b<i>", "x | y")


@pytest.mark.parametrize("address", [OURS, *NO_ADDRESS])
@pytest.mark.parametrize("form", FORMS)
def test_only_an_address_of_ours_is_a_link(form: Form, address: str) -> None:
    given_blocks = (
        Paragraph(OURS), Paragraph(address, quiet=True, linked=True),
        Table("t", ("a", "b"), ((OURS, address),), linked=1),
    )  # fmt: skip
    file = write(document(*given_blocks), form)
    assert squeezed(address) in words_of(form, file)
    if form == "html":
        links = lxml_html.fromstring(file.decode()).xpath("//a")
        assert [(one.get("href"), one.get("rel")) for one in links] == [(OURS, "noopener noreferrer")] * 2 * (
            address == OURS
        )
    elif form == "md":
        tokens = [
            child
            for token in MarkdownIt("commonmark").enable("table").parse(file.decode())
            for child in (token, *(token.children or ()))
        ]
        kinds = {one.type for one in tokens}
        assert not kinds & {"html_block", "html_inline", "image", "code_inline", "fence", "code_block"}
        found = [one.attrs["href"] for one in tokens if one.type == "link_open"]
        assert found == [OURS] * 2 * (address == OURS)
    elif form == "pdf":
        notes = [note.get_object() for page in read(file).pages for note in page.get("/Annots", [])]
        assert {str(one["/A"]["/URI"]) for one in notes} == ({OURS} if address == OURS else set())
    elif form == "docx":
        body = docx.Document(BytesIO(file)).element.body
        assert len(list(body.iter(qn("w:hyperlink")))) == (address == OURS)


def test_the_same_document_gives_the_same_pdf() -> None:
    assert write(document(*FILLED), "pdf") == write(document(*FILLED), "pdf")
