"""A document made fit for print: every text clean and cut, headings that skip no level, tables with even rows."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from babel.dates import format_date

from assessment.model import LONGEST_TITLE
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
    Space,
    Table,
)
from assessment.sheets.words import clean, labels
from knowledge.text import LOCALES

LONGEST_RUNNING_TITLE = 70
LONGEST_TEXT = 4000
ADDRESS = re.compile("https://[!#-;=?-Z_a-z~]+")
"""Of these characters none ends a link in any form."""


def prepared(document: Document) -> Document:
    """The same document, fit to be written in any format; what holds nothing to print is left out."""
    cut = labels(document.language)["cut"]
    return replace(
        document,
        kind=clean(document.kind, LONGEST_TITLE, cut),
        title=clean(document.title, LONGEST_TITLE, cut) or labels(document.language)["untitled"],
        about=clean(document.about, LONGEST_TEXT, cut),
        blocks=tuple(_blocks(document, cut)),
    )


def written_date(document: Document) -> str:
    """'Opgesteld op 20 november 2026.', and for whom it is."""
    day = format_date(document.made_on, "long", locale=LOCALES[document.language])
    said = labels(document.language)["made-on"].format(date=day)
    return f"{said}. {document.notice}".strip()


def is_address(text: str) -> bool:
    """Whether this can be a link as it stands."""
    return ADDRESS.fullmatch(text) is not None


def _blocks(document: Document, cut: str) -> Iterator[Block]:
    level = 0
    for given in document.blocks:
        block = _clean(given, cut)
        match block:
            case Heading():
                level = max(1, min(block.level, level + 1, 3))
                block = replace(block, level=level)
            case Paragraph(text):
                block = replace(block, linked=block.linked and is_address(text))
            case Table():
                block = replace(block, rows=tuple(_even(row, len(block.header)) for row in block.rows))
            case ScoreChart():
                block = replace(block, bars=tuple(map(_within, block.bars)))
            case _:
                pass
        if not _empty(block):
            yield block


def _clean(value: Any, cut: str) -> Any:
    """The same block with every text in it clean, at any depth."""
    if isinstance(value, str):
        return clean(value, LONGEST_TEXT, cut)
    if isinstance(value, tuple):
        return tuple(_clean(one, cut) for one in value)
    if isinstance(value, Block | ScoreBar):
        return replace(value, **{name: _clean(one, cut) for name, one in vars(value).items()})
    return value


def _empty(block: Block) -> bool:
    match block:
        case Heading(text):
            return not text
        case Paragraph():
            return not block.text and not block.dutch
        case Bullets(items) | Checklist(items):
            return not items
        case Fields(rows):
            return not rows
        case Table(_, header, rows):
            return not header or not rows
        case ScoreChart(_, bars):
            return not bars
        case Alert(title, items):
            return not title and not items
        case PageBreak() | Space():
            return False


def _even(row: tuple[str, ...], cells: int) -> tuple[str, ...]:
    return (row + ("",) * cells)[:cells]


def _within(bar: ScoreBar) -> ScoreBar:
    lowest, highest = (min(max(one, 0), 100) for one in (bar.lowest, bar.highest))
    return replace(bar, lowest=lowest, highest=max(lowest, highest))
