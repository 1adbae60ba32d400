"""Fonts for what our own font cannot show: from packages that come along, or from the system."""

import sys
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from fontTools.ttLib import TTFont, TTLibError  # type: ignore[import-untyped]

from knowledge.text import Text

PACKAGES = ("fontpkg_hind_siliguri", "fontpkg_noto_sans_devanagari", "fontpkg_noto_sans_tamil",
            "fontpkg_noto_sans_khmer", "fontpkg_noto_sans_thai", "fontpkg_noto_sans_arabic")  # fmt: skip
SYSTEM: Mapping[str, tuple[str, ...]] = {
    "linux": ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"),
    "darwin": ("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts"),
    "win32": ("C:/Windows/Fonts",),
}
MOST_FONTS = 3_000
UNSEEN = frozenset({0x200B, 0x200C, 0x200D, 0x2067, 0x2069, 0xFE0E, 0xFE0F})
"""What only says how its neighbours are joined, shown or ordered."""


class Fallback(NamedTuple):
    """Font files, and the characters that they show."""

    files: tuple[Path, ...]
    shown: frozenset[int]


@lru_cache(maxsize=64)
def fallback(lacking: frozenset[int]) -> Fallback:
    """The fewest fonts found that show these characters, as far as any does; those that come along go first."""
    files, open_ = list[Path](), set(lacking) - UNSEEN
    for fonts in (_packaged(), _on_system()):
        for file in fonts:
            if not open_:
                break
            found = open_ & _characters(file)
            if found:
                files.append(file)
                open_ -= found
    return Fallback(tuple(files), frozenset(lacking - open_))


def scripts(characters: Iterable[int]) -> tuple[Text, ...]:
    """The scripts of characters in words, each once."""
    names = (unicodedata.name(chr(one), "").partition(" ")[0].partition("-")[0] for one in sorted(characters))
    return tuple(dict.fromkeys(_SCRIPTS.get(name, _OTHER) for name in names))


def right_to_left(text: str) -> bool:
    """Whether a text begins in a script that runs from right to left."""
    strong = (unicodedata.bidirectional(one) for one in text)
    return next((one in ("R", "AL") for one in strong if one in ("L", "R", "AL")), False)


def _packaged() -> Iterator[Path]:
    for name in PACKAGES:
        spec = find_spec(name)
        if spec is not None and spec.origin is not None:
            fonts = Path(spec.origin).parent / "files"
            yield from (one for one in _fonts([fonts]) if "Regular" in one.name or "[" in one.name)


@cache
def _on_system() -> tuple[Path, ...]:
    """Plain faces first, and those of Noto before others, since these are made for one script each."""
    folders = [Path(one).expanduser() for one in SYSTEM.get(sys.platform, ())]
    return tuple(sorted(_fonts(folders), key=lambda one: ("Noto" not in one.name, "Regular" not in one.name, one.name)))


def _fonts(folders: Collection[Path]) -> list[Path]:
    found = (one for folder in folders if folder.is_dir() for one in sorted(folder.rglob("*")))
    return [one for one in found if one.suffix.lower() in (".ttf", ".otf", ".ttc")][:MOST_FONTS]


@lru_cache(maxsize=MOST_FONTS)
def _characters(file: Path) -> frozenset[int]:
    try:
        with TTFont(file, fontNumber=0, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (TTLibError, OSError, ValueError, KeyError, AssertionError):
        return frozenset()


def _text(nl: str, en: str) -> Text:
    return Text(nl=nl, en=en)


_OTHER = _text("andere tekens", "other characters")
_SCRIPTS: Mapping[str, Text] = {
    "BENGALI": _text("Bengaals", "Bangla"),
    "DEVANAGARI": _text("Devanagari (Hindi)", "Devanagari (Hindi)"),
    "TAMIL": _text("Tamil", "Tamil"),
    "TELUGU": _text("Telugu", "Telugu"),
    "KANNADA": _text("Kannada", "Kannada"),
    "MALAYALAM": _text("Malayalam", "Malayalam"),
    "GUJARATI": _text("Gujarati", "Gujarati"),
    "GURMUKHI": _text("Gurmukhi (Punjabi)", "Gurmukhi (Punjabi)"),
    "SINHALA": _text("Singalees", "Sinhala"),
    "MYANMAR": _text("Birmaans", "Burmese"),
    "KHMER": _text("Khmer", "Khmer"),
    "THAI": _text("Thai", "Thai"),
    "LAO": _text("Laotiaans", "Lao"),
    "TIBETAN": _text("Tibetaans", "Tibetan"),
    "CJK": _text("Chinees", "Chinese"),
    "HIRAGANA": _text("Japans", "Japanese"),
    "KATAKANA": _text("Japans", "Japanese"),
    "HANGUL": _text("Koreaans", "Korean"),
    "ARABIC": _text("Arabisch schrift", "Arabic script"),
    "HEBREW": _text("Hebreeuws", "Hebrew"),
    "ETHIOPIC": _text("Ethiopisch (Amhaars)", "Ethiopic (Amharic)"),
    "GEORGIAN": _text("Georgisch", "Georgian"),
    "ARMENIAN": _text("Armeens", "Armenian"),
}
