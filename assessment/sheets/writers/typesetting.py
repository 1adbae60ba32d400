"""Typst: from a template and data to a PDF/UA-1 or a picture. The same bytes for the same data."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import Any

import typst
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from assessment.sheets.words import labels
from assessment.sheets.writers.fallback import UNSEEN, Fallback, fallback, right_to_left, scripts
from knowledge.text import Language

FOLDER = Path(__file__).parent
FONTS = FOLDER / "fonts"
HARDLY = 0.3
"""With less than this part of a page in use a sheet is set closer, where that saves the page."""
NO_GLYPH = "□"
"""Stands for each character that no font has: one such character would stop the export."""
RIGHT_TO_LEFT, AS_BEFORE = "\u2067", "\u2069"
"""Around a text that runs from right to left, so that numbers and names in it stand in their place."""


def typeset(template: str, contents: Mapping[str, Any], made_on: date) -> bytes:
    """A PDF/UA-1 file from a template in this folder. All text reaches it as data and is printed as it stands."""
    return _compile(template, contents, made_on, format="pdf", pdf_standards=["ua-1"])


def picture(template: str, contents: Mapping[str, Any], made_on: date) -> bytes:
    """A PNG of the first page of a template in this folder."""
    return _compile(template, contents, made_on, format="png", ppi=220.0)


def _compile(template: str, contents: Mapping[str, Any], made_on: date, **how: Any) -> bytes:
    lacking = frozenset(map(ord, _letters(contents))) - _glyphs()
    fonts = fallback(lacking) if lacking - UNSEEN else Fallback((), frozenset())
    left = lacking - fonts.shown - UNSEEN
    known = _glyphs() | fonts.shown | UNSEEN if fonts.files else _glyphs()
    data = {**_printable(contents, known), "unprintable": _told(left, contents)}
    with TemporaryDirectory() as folder:
        for number, file in enumerate(fonts.files):
            copy(file, Path(folder, f"{number}{file.suffix}"))
        compiler = typst.Compiler(
            FOLDER / template,
            root=FOLDER,
            font_paths=[FONTS, Path(folder)] if fonts.files else [FONTS],
            ignore_system_fonts=True,
        )
        inputs, how = {"sheet": json.dumps(data)}, {**how, "timestamp": datetime.combine(made_on, time(12), UTC)}
        whole, ends = _set(compiler, inputs, how)
        if any(end["page"] > 1 and end["down"] < HARDLY for end in ends):
            closer, then = _set(compiler, {**inputs, "close": "yes"}, how)
            whole = closer if then[-1]["page"] < ends[-1]["page"] else whole
        return whole


def _set(
    compiler: typst.Compiler, inputs: dict[str, str], how: Mapping[str, Any]
) -> tuple[bytes, list[dict[str, Any]]]:
    """The file, and where its text ends: on which page, and how far down, at each break and at the end."""
    made: Any = compiler.compile(sys_inputs=inputs, **how)
    return bytes(made), json.loads(compiler.query("<end>", field="value"))


def _told(left: frozenset[int], contents: Mapping[str, Any]) -> str:
    """What is said on the sheet of characters that could not be printed on it."""
    if not left:
        return ""
    language: Language = contents.get("language", "nl")
    named = ", ".join(one.in_(language) for one in scripts(left))
    return labels(language)["unprintable"].format(scripts=named, mark=NO_GLYPH)


def _letters(value: Any) -> set[str]:
    """Every character that stands in the contents."""
    if isinstance(value, str):
        return set(value)
    parts = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return set().union(*map(_letters, parts))


def _printable(value: Any, known: frozenset[int]) -> Any:
    if isinstance(value, str):
        text = "".join(one if ord(one) in known else "" if ord(one) in UNSEEN else NO_GLYPH for one in value)
        return f"{RIGHT_TO_LEFT}{text}{AS_BEFORE}" if right_to_left(text) else text
    if isinstance(value, Mapping):
        return {key: _printable(one, known) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one, known) for one in value]
    return value


@cache
def _glyphs() -> frozenset[int]:
    """The characters that every weight of the font has."""
    fonts = [set(TTFont(path, lazy=True).getBestCmap()) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset(set.intersection(*fonts))
