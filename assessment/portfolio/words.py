"""The fixed words of the portfolio in one language."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from knowledge.text import Language, Text
from knowledge.yaml_files import parse, read_file

FOLDER = Path(__file__).parent


@cache
def labels(language: Language) -> Mapping[str, str]:
    """The words by their key in labels.yaml."""
    texts: dict[str, Text] = parse(read_file(FOLDER / "labels.yaml", "labels.yaml"), dict[str, Text])
    return MappingProxyType({key: text.in_(language) for key, text in texts.items()})
