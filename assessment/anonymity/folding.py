"""Text without capitals, accents and marks, with the place of each character; and names found in it in any writing."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

SHORT = 4
"""A shorter name is only found as a whole word, since it stands within many others."""


@dataclass(frozen=True)
class Folded:
    """A text folded; `places` holds for each of its characters where that stands in the text."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original text of a part that is not empty."""
        return self.places[start], self.places[end - 1] + 1


@dataclass(frozen=True)
class Token:
    """A word: as it is written, folded, and where it stands."""

    written: str
    folded: str
    start: int
    end: int


def fold(text: str) -> Folded:
    """The text in small letters, composed or not, without accents and invisible characters."""
    pairs = [(character, place) for place, one in enumerate(text) for character in _fold_character(one)]
    return Folded("".join(one for one, _ in pairs), tuple(place for _, place in pairs))


def tokens(text: str) -> tuple[Token, ...]:
    """The words and numbers of a text."""
    folded = fold(text)
    found = []
    for match in re.finditer(r"[^\W_]+", folded.text):
        start, end = folded.span(*match.span())
        found.append(Token(text[start:end], match.group(), start, end))
    return tuple(found)


@lru_cache(maxsize=10_000)
def key(text: str) -> str:
    """The folded words of a text with one space between: what two writings of a name have in common."""
    return " ".join(re.findall(r"[^\W_]+", fold(text).text))


def spans(name: str, folded: Folded) -> Iterator[tuple[int, int]]:
    """Where a name stands, in whatever capitals, accents, spaces or hyphens; with the rest of a word that it is in."""
    pattern = _pattern(name)
    if pattern is not None:
        text, until = folded.text, 0
        for match in pattern.finditer(text):
            start, end = match.span()
            if start < until:
                continue
            while start > until and text[start - 1].isalnum():
                start -= 1
            while end < len(text) and text[end].isalnum():
                end += 1
            until = end
            yield folded.span(start, end)


def stands_in(names: Iterable[str], text: str) -> bool:
    """Whether one of these names stands in the text."""
    folded = fold(text)
    return any(True for name in names for _ in spans(name, folded))


@cache
def _fold_character(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character.casefold())
    return "".join(_base(one) for one in plain if unicodedata.category(one) not in ("Mn", "Cf", "Cs"))


def _base(character: str) -> str:
    """The letter below a stroke or hook, which Unicode does not take apart: ø, ł, đ."""
    if character.isascii():
        return character
    letter = re.match(r"LATIN SMALL LETTER ([A-Z]{1,2}) WITH ", unicodedata.name(character, ""))
    return letter.group(1).lower() if letter else {"æ": "ae", "œ": "oe", "ı": "i"}.get(character, character)


@cache
def _pattern(name: str) -> re.Pattern[str] | None:
    words = key(name).split()
    if not words:
        return None
    together = r"[\W_]{0,5}".join(map(re.escape, words))
    if len("".join(words)) < SHORT:
        return re.compile(rf"(?<![^\W_]){together}(?:['’`´]?s)?(?![^\W_])")
    return re.compile(rf"{together}(?:['’`´](?:s(?![^\W_])|(?=\s)))?")
