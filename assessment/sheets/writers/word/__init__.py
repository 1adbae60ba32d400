"""A document as DOCX with real styles, heading levels and tables, to edit and to sign."""

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Twips
from docx.text.paragraph import Paragraph as WordParagraph

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
    ScoreChart,
    Space,
    Table,
)
from assessment.sheets.look import NAME, look
from assessment.sheets.words import labels
from assessment.sheets.writers.pdf import chart_picture
from assessment.sheets.writers.prepared import written_date
from assessment.sheets.writers.word import tables as word_tables
from assessment.sheets.writers.word.reference import empty_copy
from assessment.sheets.writers.word.styles import Styles
from knowledge.text import LOCALES

BOX_TO_TICK = "☐"
NAMES_NARROWEST, NAMES_WIDEST = 16, 38
"""Of the column with names, in characters."""
MOST_KEPT, MOST_TEXT_KEPT = 8, 300
"""Up to how many rows, and characters in them, a table stays on one page."""
LAST_LINES, ON_A_LINE = 14, 100
"""So many lines at the end of a part stay together, of so many characters: no page holds a few lines only."""
INTRODUCTION = 200
"""So many characters under a heading introduce what follows, and stay with it."""
LOGO_HIGH, LOGO_WIDEST = Cm(1.2), Cm(5)
USUAL_WIDTH, NARROWEST_PAGE = 9_638, 2_835
"""17 cm and 5 cm, in twentieths of a point."""


def to_word(document: Document, reference: bytes | None = None) -> bytes:
    """The DOCX file, in the styles of `reference` where that is given.

    Raises:
        ReferenceDocumentError: the reference is no Word document that can safely be used.
    """
    written = empty_copy(reference) if reference is not None else docx.Document()
    _Writer(document, written, own_look=reference is None).write()
    saved = BytesIO()
    written.save(saved)
    return saved.getvalue()


class _Writer:
    def __init__(self, document: Document, written: WordDocument, own_look: bool):
        self.document, self.written, self.own_look = document, written, own_look
        self.styles = Styles(written, own_look)
        self.width = _width(written)
        self.characters = word_tables.CHARACTERS if own_look else word_tables.WIDE_CHARACTERS
        self.name = look().name if own_look else NAME
        self._new_page = False

    def write(self) -> None:
        document = self.document
        self._properties()
        kind = self._paragraph(f"{self.name} · {document.kind}", "Kind")
        if self.own_look:
            self._logo(kind)
        self._paragraph(document.title, "Title")
        self._paragraph(document.about)
        self._paragraph(written_date(document), "Quiet")
        around = zip((None, *document.blocks), document.blocks, (*document.blocks[1:], None), strict=False)
        for before, block, following in around:
            self._block(before, block, following)
        self._end()
        if self.own_look:
            self._footer()

    def _properties(self) -> None:
        document, about = self.document, self.written.core_properties
        moment = datetime.combine(document.made_on, time(12))
        about.title, about.subject, about.comments = document.title, document.kind, document.about[:250]
        about.author = about.last_modified_by = "Dialoogwijzer"
        about.language = LOCALES[document.language].replace("_", "-")
        about.created = about.modified = moment
        about.keywords = about.category = about.content_status = about.identifier = about.version = ""
        about.revision = 1
        self.styles.speak(LOCALES[document.language].replace("_", "-"))

    def _block(self, before: Block | None, block: Block, following: Block | None) -> None:
        match block:
            case Heading(text, level):
                self._paragraph(text, f"Heading {level}")
            case Paragraph(text, quiet, linked, dutch):
                paragraph = self._paragraph("" if linked else text, "Quiet" if quiet else None)
                if linked:
                    self._link(paragraph, text)
                if dutch:
                    word_tables.in_dutch(paragraph.add_run(f" {dutch}")._r)
                introduces = isinstance(following, Bullets | Checklist | Fields | Table)
                sourced = isinstance(following, Paragraph) and following.quiet and not quiet
                if introduces or sourced or (isinstance(before, Heading) and len(text) < INTRODUCTION):
                    paragraph.paragraph_format.keep_with_next = True
            case Bullets():
                self._list(block)
            case Checklist(items):
                for item in items:
                    self._paragraph(f"{BOX_TO_TICK}\t{item}", "Checklist")
            case Fields(rows):
                self._fields(rows)
            case Table():
                self._table(block)
            case Space(title, lines, rest):
                if not rest:  # what is left of a page is white by itself, and how much that is only Word knows
                    self._space(title, lines)
            case Alert(title):
                framed = [self._paragraph(title, "Alert title")] if title else []
                framed += [self._led(lead, item, "Alert") for lead, item in block.led]
                for paragraph in framed[:MOST_KEPT][:-1]:
                    paragraph.paragraph_format.keep_with_next = True
            case ScoreChart():
                self._chart(block)
            case PageBreak():
                self._end()
                self._new_page = isinstance(following, Heading | Paragraph)
                if not self._new_page:
                    self._paragraph("").add_run().add_break(WD_BREAK.PAGE)

    def _end(self) -> None:
        lines = 0
        for paragraph in reversed(self.written.paragraphs):
            if lines:
                paragraph.paragraph_format.keep_with_next = True
            lines += 1 + len(paragraph.text) // ON_A_LINE
            if lines > LAST_LINES:
                break

    def _paragraph(self, text: str, style: str | None = None) -> WordParagraph:
        paragraph = self.written.add_paragraph(text)
        if style:
            self.styles.put_on(paragraph, style)
        if self._new_page:
            paragraph.paragraph_format.page_break_before = True
            self._new_page = False
        return paragraph

    def _link(self, paragraph: WordParagraph, address: str) -> None:
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self.written.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        link.append(paragraph.add_run(address)._r)
        paragraph._p.append(link)

    def _led(self, lead: str, item: str, style: str) -> WordParagraph:
        if not lead:
            return self._paragraph(item, style)
        paragraph = self._paragraph("", style)
        paragraph.add_run(lead).bold = True
        paragraph.add_run(f" {item}")
        return paragraph

    def _list(self, block: Bullets) -> None:
        numbering = self.styles.new_numbering() if block.ordered else self.styles.bullets()
        for lead, item in block.led:
            paragraph = self._led(lead, item, "List Number" if block.ordered else "List Bullet")
            if numbering is not None:
                properties: Any = paragraph._p.get_or_add_pPr()
                properties = properties.get_or_add_numPr()
                properties.get_or_add_ilvl().val = 0
                properties.get_or_add_numId().val = numbering

    def _fields(self, rows: Sequence[tuple[str, str]]) -> None:
        names = min(
            NAMES_WIDEST, max(NAMES_NARROWEST, max(len(name) for name, _ in rows) * 6 // 5 + word_tables.PADDING)
        )
        made = word_tables.table(self.width, (names, self.characters - names))
        name_style, text_style = self._id("Field name"), self._id("Field text")
        kept = _short(rows)
        for place, (name, value) in enumerate(rows, start=1):
            cells = ((name, name_style), (value, text_style))
            word_tables.add_row(made, cells, tall=not value, keep=kept and place < len(rows))
        self._insert(made)

    def _space(self, title: str, lines: int) -> None:
        made = word_tables.table(self.width, (1,), lines=word_tables.ALL_SIDES)
        word_tables.add_row(made, ((title, self._id("Quiet")),), high=lines * word_tables.LINE_HEIGHT)
        self._insert(made)

    def _table(self, block: Table) -> None:
        caption, header, rows = block.caption, block.header, block.rows
        self._paragraph(caption, "Caption").paragraph_format.keep_with_next = True
        columns = list(zip(header, *rows, strict=True))
        answers = not any(columns[-1][1:])
        to_fill_in = answers or not all(any(row[1:]) for row in rows)
        lines = word_tables.ALL_SIDES if to_fill_in else ("top", "bottom", "insideH")
        made = word_tables.table(self.width, word_tables.shares(columns, self.characters), caption, lines)
        header_style, text_style = self._id("Table header"), self._id("Table text")
        head = look().colour.removeprefix("#") if self.own_look else ""
        word_tables.add_row(made, [(cell, header_style) for cell in header], header=True, keep=True, head=head)
        kept = _short(rows)
        for place, row in enumerate(rows, start=1):
            cells = [(cell, text_style) for cell in row]
            word_tables.add_row(
                made,
                cells,
                tall=not any(row[1:]) or (to_fill_in and not answers and not all(row[1:])),
                keep=(kept and place < len(rows)) or place == len(rows) - 1,
                high=word_tables.TO_SIGN
                if place - 1 in block.signed
                else word_tables.TO_ANSWER
                if answers and any(row[1:])
                else 0,
                dutch=block.dutch,
            )
        self._insert(made)

    def _insert(self, made: Any) -> None:
        self._paragraph("", "After table")._p.addprevious(made)

    def _id(self, style: str) -> str:
        return str(self.styles.named(style).style_id)

    def _chart(self, chart: ScoreChart) -> None:
        paragraph = self._paragraph("")
        paragraph.paragraph_format.keep_with_next = True
        drawn = paragraph.add_run().add_picture(
            BytesIO(chart_picture(chart, self.document)), width=Twips(self.width - 57)
        )
        said = " ".join(f"{bar.title}: {bar.words}." for bar in chart.bars)
        properties = drawn._inline.docPr
        properties.set("descr", f"{chart.caption} {said}")
        properties.set("name", labels(self.document.language)["scores"])
        self._paragraph(chart.caption, "Quiet")

    def _logo(self, beside: WordParagraph) -> None:
        """The logo at the right of the first line, as large as in the PDF."""
        own = look()
        if not own.logo:
            return
        beside.paragraph_format.tab_stops.add_tab_stop(Twips(self.width), WD_TAB_ALIGNMENT.RIGHT)
        beside.add_run("\t")
        drawn = beside.add_run().add_picture(BytesIO(own.logo), height=LOGO_HIGH)
        if drawn.width > LOGO_WIDEST:
            drawn.width, drawn.height = LOGO_WIDEST, Length(drawn.height * LOGO_WIDEST // drawn.width)
        drawn._inline.docPr.set("descr", own.name)

    def _footer(self) -> None:
        words = labels(self.document.language)["page"]
        paragraph = self.written.sections[0].footer.paragraphs[0]
        paragraph.style = self.styles.named("Footer")
        paragraph.add_run(f"{self.name}{self.document.notice and f' · {self.document.notice}'}\t")
        before, _, rest = words.partition("{page}")
        between, _, after = rest.partition("{pages}")
        for text, code in ((before, "PAGE"), (between, "NUMPAGES")):
            paragraph.add_run(text)
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), code)
            field.append(paragraph.add_run("1")._r)
            paragraph._p.append(field)
        if after:
            paragraph.add_run(after)


def _width(written: WordDocument) -> int:
    """The width of the text on a page, in twentieths of a point."""
    section = written.sections[-1]
    page, left, right = section.page_width, section.left_margin, section.right_margin
    if page is None or left is None or right is None:
        return USUAL_WIDTH
    width = Length(page - left - right).twips if page > left + right else 0
    return max(width, NARROWEST_PAGE)


def _short(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the rows can well stay together on one page."""
    return len(rows) <= MOST_KEPT and sum(len(cell) for row in rows for cell in row) <= MOST_TEXT_KEPT
