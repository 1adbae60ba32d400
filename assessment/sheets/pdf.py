"""The advice sheet as PDF/UA-1, set by Typst: tagged, with its own fonts, the same bytes for the same advice."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from assessment.model import Advice
from assessment.sheets.composition import sheet
from knowledge.text import Language

FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
NO_GLYPH = "□"


def write_pdf(advice: Advice, language: Language) -> bytes:
    """The advice sheet as a PDF file. All text reaches the template as data and is printed as it stands."""
    contents = asdict(sheet(advice, language))
    return bytes(
        typst.compile(
            FOLDER / "advice.typ",
            root=FOLDER,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"sheet": json.dumps(_printable(contents))},
            timestamp=datetime.combine(advice.made_on, time(12), UTC),
        )
    )


def _printable(value: Any) -> Any:
    """The same data with a box for each character that the font lacks: one such character would stop the export."""
    if isinstance(value, str):
        return "".join(character if ord(character) in _glyphs() else NO_GLYPH for character in value)
    if isinstance(value, Mapping):
        return {key: _printable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one) for one in value]
    return value


@cache
def _glyphs() -> frozenset[int]:
    """The characters that every weight of the font has."""
    fonts = [set(TTFont(path, lazy=True).getBestCmap()) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset(set.intersection(*fonts))
