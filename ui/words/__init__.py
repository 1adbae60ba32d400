"""The fixed words of the screen, in both languages, by key; and text that is safe to place between markup."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.text import LANGUAGES, Amount, Language, Text
from knowledge.yaml_files import parse, read_file

LABELS = sorted(Path(__file__).parent.glob("labels*.yaml"))


def as_code(text: str) -> str:
    """A name as markup for code, since even an escaped address would become a link."""
    return "`" + text.replace("`", "'") + "`"


def as_language(value: str | None) -> Language:
    """`value` where it is a language of ours, else Dutch."""
    return next((language for language in LANGUAGES if language == value), "nl")


@cache
def labels() -> Mapping[str, Text]:
    """Every fixed text by its key, as `page.name`."""
    return {
        f"{group}.{name}": text
        for file in LABELS
        for group, texts in parse(read_file(file, file.name), dict[str, dict[str, Text]]).items()
        for name, text in texts.items()
    }


def say(key: str, language: Language, **values: Any) -> str:
    """A fixed text with its values filled in; numbers as `Amount`.

    Raises:
        KeyError: no such text, or one of its values is missing.
    """
    numbers = {name: Amount(value) for name, value in values.items() if isinstance(value, int)}
    return labels()[key].in_(language).format_map({**values, **numbers})


def escaped(text: str) -> str:
    """Text that Streamlit's markdown shows as it is: no formatting, links, images, formulas or icons."""
    return re.sub(r"([\\`*_{}\[\]()#+\-.!|~<>$:&=@/^])", r"\\\1", " ".join(text.split()))
