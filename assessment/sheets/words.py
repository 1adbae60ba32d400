"""The fixed words of the sheet in one language, and text made safe to print."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from knowledge.text import Language, Text
from knowledge.yaml_files import parse, read_file

UNSEEN = {"Cc", "Cf", "Cs"}
"""The Unicode categories that text may not bring along: control, format and direction, half characters."""
NO_CHARACTERS = re.compile(
    "[\ufdd0-\ufdef" + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)) + "]"
)
"""Code points that are no characters; XML refuses some of them."""


@cache
def labels(language: Language) -> Mapping[str, str]:
    """The fixed words of the sheets, by their key in labels.yaml and, per kind of sheet, labels-<kind>.yaml."""
    texts: dict[str, Text] = {}
    for file in sorted((Path(__file__).parent / "labels").glob("labels*.yaml")):
        more = parse(read_file(file, file.name), dict[str, Text])
        if twice := texts.keys() & more.keys():
            raise ValueError(f"{file.name}: {', '.join(sorted(twice))}: stands in another file already")
        texts |= more
    return MappingProxyType({key: " ".join(text.in_(language).split()) for key, text in texts.items()})


def clean(text: str, longest: int, mark: str) -> str:
    """Text that is safe to print: composed (NFC), without control and direction characters, on one line.

    What is longer than `longest` characters ends in `mark`.
    """
    text = re.sub(r"[^\S\u00a0\u202f]+", " ", unicodedata.normalize("NFC", NO_CHARACTERS.sub("", text)))
    text = "".join(character for character in text if unicodedata.category(character) not in UNSEEN).strip()
    return text if len(text) <= longest else f"{text[: longest - len(mark) - 1].rstrip()} {mark}"
