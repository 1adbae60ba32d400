"""Tables of a Word document, built as XML: python-docx looks through the whole table for every cell."""

from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Cell = tuple[str, str]
"""A text and the id of its style."""
WIDTH = 9_638
"""The width of the text on a page, in twentieths of a point: 17 cm."""


def table(widths: Sequence[int], described: str = "", lines: Iterable[str] = ()) -> Any:
    """A table without rows. `widths` are shares of the page, `lines` the borders that it has."""
    made = OxmlElement("w:tbl")
    properties = _under(made, "w:tblPr")
    _under(properties, "w:tblW", w=WIDTH, type="dxa")
    _bordered(properties, "w:tblBorders", lines)
    _under(properties, "w:tblLayout", type="fixed")
    if described:
        _under(properties, "w:tblCaption", val=described[:250])
    columns = _under(made, "w:tblGrid")
    for width in _shared(widths):
        _under(columns, "w:gridCol", w=width)
    return made


def add_row(made: Any, cells: Sequence[Cell], header: bool = False) -> None:
    """A row that stays on one page; a header is repeated on each. A cell without text is a line to write on."""
    row = _under(made, "w:tr")
    properties = _under(row, "w:trPr")
    _under(properties, "w:cantSplit")
    if header:
        _under(properties, "w:tblHeader")
    widths = [one.get(qn("w:w")) for one in made.find(qn("w:tblGrid"))]
    for (text, style), width in zip(cells, widths, strict=True):
        cell = _under(row, "w:tc")
        about = _under(cell, "w:tcPr")
        _under(about, "w:tcW", w=width, type="dxa")
        if not text:
            _bordered(about, "w:tcBorders", ("bottom",))
        paragraph = _under(cell, "w:p")
        _under(_under(paragraph, "w:pPr"), "w:pStyle", val=style)
        if text:
            run = _under(paragraph, "w:r")
            run.text = text


def _shared(widths: Sequence[int]) -> list[int]:
    return [WIDTH * one // sum(widths) for one in widths]


def _bordered(properties: Any, name: str, sides: Iterable[str]) -> None:
    borders = OxmlElement(name)
    for side in sides:
        _under(borders, f"w:{side}", val="single", sz=4, space=0, color="808080")
    if len(borders):
        properties.append(borders)


def _under(parent: Any, tag: str, **attributes: object) -> Any:
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    parent.append(made)
    return made
