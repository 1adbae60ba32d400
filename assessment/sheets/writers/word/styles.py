"""The styles of a Word document: those that it has, and ours where it lacks one."""

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from assessment.sheets.look import BRAND, DANGER, DANGER_SOFT, GREY, look

RED = RGBColor.from_string(DANGER.removeprefix("#"))
SOFT_GREY = RGBColor.from_string(GREY.removeprefix("#"))
FONT = "Arial"
"""Windows and macOS have it, and Linux one of the same widths."""
NUMBERING = PackURI("/word/numbering.xml")

SIZES = {"Title": 20, "Heading 1": 14, "Heading 2": 12, "Heading 3": 10.5}


class Styles:
    """The paragraph styles of one document, by name."""

    def __init__(self, written: WordDocument, own_look: bool):
        self.written, self.own_look = written, own_look
        self.ink = RGBColor.from_string((look().colour if own_look else BRAND).removeprefix("#"))
        styles: Any = written.styles
        self._found: dict[str, ParagraphStyle] = {}
        for style in styles:
            if style.type == WD_STYLE_TYPE.PARAGRAPH:
                self._found.setdefault(style.name, style)
        self._default: Any = styles.default(WD_STYLE_TYPE.PARAGRAPH)
        self._bullets: int | None = None
        if own_look:
            self._our_look()

    def named(self, name: str) -> ParagraphStyle:
        """The style with this name; made where the document has none."""
        if name not in self._found:
            self._found[name] = self._made(name)
        return self._found[name]

    def put_on(self, paragraph: Paragraph, name: str) -> None:
        """Give a paragraph a style; python-docx looks through all styles each time."""
        style = self.named(name)
        paragraph._p.style = None if style == self._default else style.style_id

    def _made(self, name: str) -> ParagraphStyle:
        styles: Any = self.written.styles
        made: ParagraphStyle = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in BUILT_IN)
        made.base_style = self._default
        self._shape(made)
        return made

    def speak(self, language: str) -> None:
        """Set the language of all text, so that it is spelled and read aloud in it."""
        element: Any = self.written.styles.element
        for found in element.iter(qn("w:lang")):
            found.set(qn("w:val"), language)
        normal: Any = self.named("Normal")
        properties = normal.element.get_or_add_rPr()
        if properties.find(qn("w:lang")) is None:
            said = OxmlElement("w:lang")
            said.set(qn("w:val"), language)
            properties.append(said)

    def bullets(self) -> int | None:
        """The id of a numbering with bullets; None where the style of a list brings its own."""
        style: Any = self.named("List Bullet")
        while style is not None:
            if style.element.pPr is not None and style.element.pPr.numPr is not None:
                return None
            style = style.base_style
        if self._bullets is None:
            self._bullets = self.new_numbering("bullet", "•")
        return self._bullets

    def new_numbering(self, form: str = "decimal", mark: str = "%1.") -> int:
        """The id of a numbering that starts at 1."""
        numbering: Any = self._numbering()
        abstract = OxmlElement("w:abstractNum")
        known = [int(one.get(qn("w:abstractNumId"))) for one in numbering.findall(qn("w:abstractNum"))]
        number = max(known, default=-1) + 1
        abstract.set(qn("w:abstractNumId"), str(number))
        level = OxmlElement("w:lvl")
        level.set(qn("w:ilvl"), "0")
        for tag, value in (("start", "1"), ("numFmt", form), ("lvlText", mark), ("lvlJc", "left")):
            element = OxmlElement(f"w:{tag}")
            element.set(qn("w:val"), value)
            level.append(element)
        paragraph, indent = OxmlElement("w:pPr"), OxmlElement("w:ind")
        indent.set(qn("w:left"), "360")
        indent.set(qn("w:hanging"), "360")
        paragraph.append(indent)
        level.append(paragraph)
        abstract.append(level)
        first = numbering.find(qn("w:num"))
        if first is None:
            numbering.append(abstract)
        else:
            first.addprevious(abstract)
        return int(numbering.add_num(number).numId)

    def _numbering(self) -> Any:
        """The numberings of the document, made where it has none: python-docx cannot."""
        part = self.written.part
        try:
            return part.part_related_by(RELATIONSHIP_TYPE.NUMBERING).element  # type: ignore[attr-defined]
        except KeyError:
            empty: Any = OxmlElement("w:numbering")
            made = NumberingPart(NUMBERING, CONTENT_TYPE.WML_NUMBERING, empty, part.package)
            part.relate_to(made, RELATIONSHIP_TYPE.NUMBERING)
            return made.element

    def _our_look(self) -> None:
        section = self.written.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2)
        section.top_margin, section.bottom_margin = Cm(1.9), Cm(1.8)
        normal = self.named("Normal")
        self._font(normal, FONT, 9)  # its letters are as high as those of the PDF at 9.5
        normal.paragraph_format.space_after = Pt(4)
        normal.paragraph_format.line_spacing = 1.0
        for name, size in SIZES.items():
            style = self.named(name)
            self._font(style, FONT, size)
            style.font.bold, style.font.color.rgb = True, self.ink
            style.paragraph_format.keep_with_next = True
            style.paragraph_format.space_before = Pt(0 if name == "Title" else size - 2)
            style.paragraph_format.space_after = Pt(6)
            borders: Any = style.element.get_or_add_pPr().find(qn("w:pBdr"))
            if borders is not None:
                borders.getparent().remove(borders)
        for name in ("List Bullet", "List Number", "Checklist"):
            self.named(name).paragraph_format.space_after = Pt(2)
        caption = self.named("Caption")
        for name in ("Table text", "Table header"):
            self.named(name).font.size = Pt(8.5)  # as much on a line as in the narrower font of the PDF
        footer = self.named("Footer")
        for style in (caption, footer):
            self._font(style, FONT, 9)
            style.font.bold, style.font.color.rgb = False, SOFT_GREY
        footer.paragraph_format.tab_stops.clear_all()
        footer.paragraph_format.tab_stops.add_tab_stop(Cm(17), WD_TAB_ALIGNMENT.RIGHT)

    def _font(self, style: ParagraphStyle, name: str, size: float) -> None:
        style.font.name, style.font.size = name, Pt(size)
        fonts: Any = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        for kind in ("eastAsia", "cs"):
            fonts.set(qn(f"w:{kind}"), name)

    def _shape(self, style: ParagraphStyle) -> None:
        form = style.paragraph_format
        match style.name:
            case "Kind":
                style.font.bold, style.font.size = True, Pt(9)
                style.font.color.rgb = self.ink
            case "Quiet":
                style.font.size, style.font.color.rgb = Pt(9), SOFT_GREY
            case "Checklist":
                form.left_indent, form.first_line_indent = Cm(0.8), Cm(-0.8)
                form.tab_stops.add_tab_stop(Cm(0.8))
            case "Alert title" | "Alert":
                style.font.bold = style.name == "Alert title"
                if style.font.bold:
                    style.font.color.rgb = RED
                form.left_indent = form.right_indent = Cm(0.4)
                form.space_after = Pt(4)
                form.keep_with_next = style.name == "Alert title"
                _frame(style)
            case "Field name" | "Table header":
                style.font.bold = True
                if style.name == "Field name":
                    style.font.color.rgb = self.ink
                form.space_after = Pt(2)
            case "Table text" | "Field text":
                form.space_after = Pt(2)
            case "After table":
                form.space_before = form.space_after = Pt(0)
                form.line_spacing = Pt(6)
            case "Title" | "Heading 1" | "Heading 2" | "Heading 3":
                style.font.bold, style.font.size = True, Pt(SIZES[style.name])
                form.keep_with_next, form.space_before = True, Pt(12)
                _outline(style)
            case "List Bullet" | "List Number":
                form.left_indent, form.first_line_indent = Cm(0.63), Cm(-0.63)
            case _:
                pass


BUILT_IN = {"Title", *SIZES, "List Bullet", "List Number", "Caption", "Footer", "Normal"}


EDGE, SHADE = DANGER.removeprefix("#"), DANGER_SOFT.removeprefix("#")
"""The colours of what endangers people: of its frame and of what is in it."""


def _frame(style: ParagraphStyle) -> None:
    properties: Any = style.element.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    for side, width in (("top", "4"), ("left", "24"), ("bottom", "4"), ("right", "4")):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", width), ("space", "6"), ("color", EDGE)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
        shade.set(qn(f"w:{key}"), value)
    properties.insert_element_before(
        shade, "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _outline(style: ParagraphStyle) -> None:
    if style.name is not None and style.name.startswith("Heading"):
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), str(int(style.name[-1]) - 1))
        style.element.get_or_add_pPr().append(level)
