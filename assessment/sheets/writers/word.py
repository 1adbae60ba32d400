"""A document as DOCX with real styles, heading levels and tables, to edit and to sign."""

from collections.abc import Iterable
from datetime import datetime, time
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
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
    Table,
)
from assessment.sheets.words import labels
from assessment.sheets.writers import word_tables
from assessment.sheets.writers.pdf import chart_picture
from assessment.sheets.writers.prepared import written_date
from assessment.sheets.writers.reference import empty_copy
from assessment.sheets.writers.styles import Styles

LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}
BOX_TO_TICK = "☐"


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

    def write(self) -> None:
        document = self.document
        self._properties()
        self._paragraph(f"Dialoogwijzer · {document.kind}", "Kind")
        self._paragraph(document.title, "Title")
        self._paragraph(document.about)
        self._paragraph(f"{written_date(document)}.", "Quiet")
        for block in document.blocks:
            self._block(block)
        if self.own_look:
            self._footer()

    def _properties(self) -> None:
        document, about = self.document, self.written.core_properties
        moment = datetime.combine(document.made_on, time(12))
        about.title, about.subject, about.comments = document.title, document.kind, document.about[:250]
        about.author = about.last_modified_by = "Dialoogwijzer"
        about.language = LANGUAGES[document.language]
        about.created = about.modified = moment
        about.keywords = about.category = about.content_status = about.identifier = about.version = ""
        about.revision = 1
        self.styles.speak(LANGUAGES[document.language])

    def _block(self, block: Block) -> None:
        match block:
            case Heading(text, level):
                self._paragraph(text, f"Heading {level}")
            case Paragraph(text, quiet):
                self._paragraph(text, "Quiet" if quiet else None)
            case Bullets():
                self._list(block)
            case Checklist(items):
                for item in items:
                    self._paragraph(f"{BOX_TO_TICK}\t{item}", "Checklist")
            case Fields(rows):
                self._fields(rows)
            case Table(caption, header, rows):
                self._table(caption, header, rows)
            case Alert(title):
                if title:
                    self._paragraph(title, "Alert title")
                for lead, item in block.led:
                    self._led(lead, item, "Alert")
            case ScoreChart():
                self._chart(block)
            case PageBreak():
                self._paragraph("").add_run().add_break(WD_BREAK.PAGE)

    def _paragraph(self, text: str, style: str | None = None) -> WordParagraph:
        return self.written.add_paragraph(text, self.styles.named(style) if style else None)

    def _led(self, lead: str, item: str, style: str) -> WordParagraph:
        if not lead:
            return self._paragraph(item, style)
        paragraph = self._paragraph("", style)
        paragraph.add_run(lead).bold = True
        paragraph.add_run(f" {item}")
        return paragraph

    def _list(self, block: Bullets) -> None:
        numbering = self.styles.new_numbering() if block.ordered else None
        for lead, item in block.led:
            paragraph = self._led(lead, item, "List Number" if block.ordered else "List Bullet")
            if numbering is not None:
                properties: Any = paragraph._p.get_or_add_pPr()
                properties = properties.get_or_add_numPr()
                properties.get_or_add_ilvl().val = 0
                properties.get_or_add_numId().val = numbering

    def _fields(self, rows: Iterable[tuple[str, str]]) -> None:
        made = word_tables.table((5, 12))
        name_style, text_style = self._id("Field name"), self._id("Table text")
        for name, value in rows:
            word_tables.add_row(made, ((name, name_style), (value, text_style)))
        self._insert(made)

    def _table(self, caption: str, header: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> None:
        self._paragraph(caption, "Caption").paragraph_format.keep_with_next = True
        longest = [max(8, min(60, *map(len, column))) for column in zip(header, header, *rows, strict=True)]
        made = word_tables.table(longest, caption, ("top", "bottom", "insideH"))
        header_style, text_style = self._id("Table header"), self._id("Table text")
        word_tables.add_row(made, [(cell, header_style) for cell in header], header=True)
        for row in rows:
            word_tables.add_row(made, [(cell, text_style) for cell in row])
        self._insert(made)

    def _insert(self, made: Any) -> None:
        self._paragraph("", "After table")._p.addprevious(made)

    def _id(self, style: str) -> str:
        return str(self.styles.named(style).style_id)

    def _chart(self, chart: ScoreChart) -> None:
        paragraph = self._paragraph("")
        paragraph.paragraph_format.keep_with_next = True
        drawn = paragraph.add_run().add_picture(BytesIO(chart_picture(chart, self.document)), width=Cm(16.9))
        said = " ".join(f"{bar.title}: {bar.words}." for bar in chart.bars)
        properties = drawn._inline.docPr
        properties.set("descr", f"{chart.caption} {said}")
        properties.set("name", labels(self.document.language)["scores"])
        self._paragraph(chart.caption, "Quiet")

    def _footer(self) -> None:
        words = labels(self.document.language)["page"]
        paragraph = self.written.sections[0].footer.paragraphs[0]
        paragraph.style = self.styles.named("Footer")
        paragraph.add_run("Dialoogwijzer\t\t")
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
