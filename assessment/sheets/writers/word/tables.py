"""Tables of a Word document, built as XML: python-docx looks through the whole table for every cell."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

Cell = tuple[str, str]
"""A text and the id of its style."""
CHARACTERS, WIDE_CHARACTERS = 95, 75
"""About how many stand on a line as wide as the page: in our font, and in a wide one."""
NARROWEST, LONGEST_WORD, USUAL, LONGEST_TEXT, PADDING, SHORT = 7, 26, 60, 300, 3, 18
WORDS = re.compile(r"[ \n]+")
"""Between words; a date, with spaces that do not break, is one."""
ROOM_TO_WRITE, ROOM_TO_CONCLUDE = 25, 100
"""What each column in which nothing stands yet wants besides its header, and what the only one does, in characters."""
LINE_HEIGHT, TO_ANSWER, TO_SIGN = 397, 560, 1134
"""Of a row to write on by hand, 7 mm, of one with a last cell to answer in, 10 mm, and of one to sign in, 20 mm, in
twentieths of a point."""
ALL_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table(width: int, shares: Sequence[int], described: str = "", lines: Iterable[str] = ()) -> Any:
    """A table without rows, `width` twentieths of a point wide. `lines` are the borders that it has."""
    made = OxmlElement("w:tbl")
    properties = _under(made, "w:tblPr")
    _under(properties, "w:tblW", w=width, type="dxa")
    _bordered(properties, "w:tblBorders", lines)
    _under(properties, "w:tblLayout", type="fixed")
    if described:
        _under(properties, "w:tblCaption", val=described[:250])
    columns = _under(made, "w:tblGrid")
    for share in shares:
        _under(columns, "w:gridCol", w=width * share // sum(shares))
    return made


def add_row(
    made: Any,
    cells: Sequence[Cell],
    header: bool = False,
    tall: bool = False,
    keep: bool = False,
    high: int = 0,
    head: str = "",
    dutch: int | None = None,
) -> None:
    """A row that stays on one page; a header is repeated on each. A cell without text is a line to write on.

    `tall` leaves room for a hand that writes, `high` so much room; `keep` holds the row on one page with the next.
    `head` is the colour of a header with white text, `dutch` the place of a cell in Dutch.
    """
    row = _under(made, "w:tr")
    properties = _under(row, "w:trPr")
    _under(properties, "w:cantSplit")
    if tall or high:
        _under(properties, "w:trHeight", val=high or LINE_HEIGHT, hRule="atLeast")
    if header:
        _under(properties, "w:tblHeader")
    widths = [one.get(qn("w:w")) for one in made.find(qn("w:tblGrid"))]
    for place, ((text, style), width) in enumerate(zip(cells, widths, strict=True)):
        cell = _under(row, "w:tc")
        about = _under(cell, "w:tcPr")
        _under(about, "w:tcW", w=width, type="dxa")
        if not text:
            _bordered(about, "w:tcBorders", ("bottom",))
        if head:
            _under(about, "w:shd", val="clear", color="auto", fill=head)
        if tall:
            _under(about, "w:vAlign", val="center" if made.tblPr.find(qn("w:tblBorders")) is not None else "bottom")
        paragraph = _under(cell, "w:p")
        form = _under(paragraph, "w:pPr")
        _under(form, "w:pStyle", val=style)
        if keep:
            _under(form, "w:keepNext")
        if text:
            run = _under(paragraph, "w:r")
            if head:
                _under(_under(run, "w:rPr"), "w:color", val="FFFFFF")
            run.text = text
            if place == dutch:
                in_dutch(run)


def in_dutch(run: Any) -> None:
    """Say of a run that it is Dutch, so that it is spelled and read aloud so."""
    properties = run.find(qn("w:rPr"))
    if properties is None:
        properties = OxmlElement("w:rPr")
        run.insert(0, properties)
    _under(properties, "w:lang", val="nl-NL")


def shares(columns: Sequence[Sequence[str]], characters: int = CHARACTERS) -> list[int]:
    """How wide each column is beside the others: no word or short text broken, and the rest where most text is."""
    least = next((fits for fits in (_least(columns, SHORT), _least(columns, 0)) if sum(fits) <= characters), None)
    least = least or _least(columns, 0)
    room = ROOM_TO_CONCLUDE if all(any(column[1:]) for column in columns[:-1]) else ROOM_TO_WRITE
    if len(columns) > 2 and not any(all(column[1:]) for column in columns[1:]):
        columns = [columns[0], *(column[:1] for column in columns[1:])]  # to write in, with a word here and there
    wanted = [max(0, _wanted(column, room) - narrow) for column, narrow in zip(columns, least, strict=True)]
    left = max(0, characters - sum(least))
    return [narrow + left * more // max(1, sum(wanted)) for narrow, more in zip(least, wanted, strict=True)]


def _least(columns: Sequence[Sequence[str]], short: int) -> list[int]:
    """How wide each column must be for its longest word, and for its texts that are no longer than `short`."""
    parts = [
        [part for text in column for part in ([text] if len(text) <= short else WORDS.split(text))]
        for column in columns
    ]
    return [max(NARROWEST, min(LONGEST_WORD, max(map(len, some)) * 6 // 5 + PADDING)) for some in parts]


def _wanted(column: Sequence[str], room: int) -> int:
    header, *texts = column
    if not any(texts):
        return len(header) + room
    filled = [len(text) for text in texts if text]
    usual = sum(filled) * 13 // (10 * len(filled))  # one long text does not make a column wide
    return min(max(map(len, texts)), max(USUAL, usual), LONGEST_TEXT)


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
