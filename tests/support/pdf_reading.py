"""Reads a PDF back: its words, its structure, and where on the page they stand."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

LEFT = 20 / 25.4 * 72
RIGHT = (210 - 20) / 25.4 * 72
HANGING = 3.0
"""A space at the end of a line, in points."""


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return squeezed("".join(page.extract_text() for page in read(pdf).pages))


def squeezed(text: str) -> str:
    """Without spaces and hyphens, so that it does not matter where lines end."""
    return re.sub(r"[\s\u200b\u00ad-]+", "", text)


def without_footer(page: str) -> str:
    """The squeezed text of a page without what is said at the foot of every page."""
    return re.sub(r"Dialoogwijzer(?:(?!Dialoogwijzer).){0,150}(?:Bladzijde|Page)\d+(?:van|of)\d+$", "", page)


def elements(reader: PdfReader) -> list[tuple[str, DictionaryObject]]:
    """The structure elements in reading order, each with its standard type."""
    root: Any = reader.root_object["/StructTreeRoot"]
    roles = root.get("/RoleMap", {})

    def walk(node: Any) -> Iterator[tuple[str, DictionaryObject]]:
        node = node.get_object()
        if isinstance(node, ArrayObject):
            for one in node:
                yield from walk(one)
        elif isinstance(node, DictionaryObject) and "/S" in node:
            yield str(roles.get(node["/S"], node["/S"]))[1:], node
            if "/K" in node:
                yield from walk(node["/K"])

    return list(walk(root["/K"]))


def attributes(element: Any) -> dict[str, Any]:
    given = element["/A"]
    return {
        key: value
        for one in (given if isinstance(given, ArrayObject) else [given])
        for key, value in one.get_object().items()
    }


def horizontal_extents(page: Any) -> list[tuple[float, float]]:
    """From where to where each run of glyphs goes, in points from the left of the page."""
    return text_and_extents(page)[1]


def text_and_extents(page: Any) -> tuple[str, list[tuple[float, float]]]:
    """The text of a page, and from where to where each run of its glyphs goes."""
    found: list[tuple[float, float]] = []
    font: dict[str, Any] = {}

    def glyph_widths(described: Any) -> dict[int, float]:
        widths: dict[int, float] = {}
        given = list(described["/W"])
        while given:
            first, following = int(given.pop(0)), given.pop(0).get_object()
            if isinstance(following, ArrayObject):
                widths.update({first + place: float(width) for place, width in enumerate(following)})
            else:
                widths.update(dict.fromkeys(range(first, int(following) + 1), float(given.pop(0))))
        return widths

    def before(operator: bytes, operands: Any, cm: Any, tm: Any) -> None:
        if operator == b"Tf":
            named = page["/Resources"]["/Font"][operands[0]]
            if "/DescendantFonts" in named:
                described = named["/DescendantFonts"][0].get_object()
                font.update(widths=glyph_widths(described), default=float(described.get("/DW", 1000)), bytes=2)
            else:
                listed = enumerate(named["/Widths"], start=int(named["/FirstChar"]))
                font.update(widths={code: float(width) for code, width in listed}, default=0.0, bytes=1)
            font["size"] = float(operands[1])
        elif operator in (b"TJ", b"Tj"):
            wide = 0.0
            for part in operands[0] if operator == b"TJ" else operands:
                if isinstance(part, int | float):
                    wide -= float(part)
                else:
                    raw = part if isinstance(part, bytes) else part.original_bytes
                    size = font["bytes"]
                    codes = [int.from_bytes(raw[at : at + size], "big") for at in range(0, len(raw), size)]
                    wide += sum(font["widths"].get(code, font["default"]) for code in codes)
            start = tm[4] * cm[0] + cm[4]
            found.append((start, start + wide / 1000 * font["size"] * tm[0] * cm[0]))

    return page.extract_text(visitor_operand_before=before), found


def outside_the_margins(pdf: bytes) -> list[tuple[float, float]]:
    extents = [extent for page in read(pdf).pages for extent in horizontal_extents(page)]
    assert extents
    return [one for one in extents if one[0] < LEFT - HANGING or one[1] > RIGHT + HANGING]
