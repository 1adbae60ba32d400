"""Typst: from a template and data to a PDF/UA-1 or a picture. The same bytes for the same data."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
NO_GLYPH = "□"
"""Stands for each character that the font lacks: one such character would stop the export."""


def typeset(template: str, contents: Mapping[str, Any], made_on: date) -> bytes:
    """A PDF/UA-1 file from a template in this folder. All text reaches it as data and is printed as it stands."""
    return _compile(template, contents, made_on, format="pdf", pdf_standards=["ua-1"])


def picture(template: str, contents: Mapping[str, Any], made_on: date) -> bytes:
    """A PNG of the first page of a template in this folder."""
    return _compile(template, contents, made_on, format="png", ppi=220.0)


def _compile(template: str, contents: Mapping[str, Any], made_on: date, **how: Any) -> bytes:
    return bytes(
        typst.compile(
            FOLDER / template,
            root=FOLDER,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"sheet": json.dumps(_printable(contents))},
            timestamp=datetime.combine(made_on, time(12), UTC),
            **how,
        )
    )


def _printable(value: Any) -> Any:
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
