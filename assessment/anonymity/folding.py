"""Text without capitals, accents and marks, with the place of each character; and names found in it in any writing."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

SHORT = 4
"""A shorter name is only found as a whole word, since it stands within many others."""
LINE_END = re.compile(r"(?<=\w)[-‐‑\u00ad][ \t]*\r?\n[ \t]*(?=\w)")
"""A hyphen that breaks a word at the end of a line."""
UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "THAI", "LAO", "KHMER", "MYANMAR")
"""Scripts without spaces between words, as their letters are called."""
WITH_E: Mapping[str, str] = MappingProxyType({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})
PARTICLES: Mapping[str, str] = MappingProxyType({"van": "va?n?", **dict.fromkeys(("de", "der", "den"), "de?[rn]?")})
"""As they are written in full and short: van der, v.d., v/d."""


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


def fold(text: str, with_e: bool = False) -> Folded:
    """The text in small letters, composed or not, without accents, invisible characters and hyphens at line ends.

    `with_e` writes ü as ue, and so on, as who has no such key does.
    """
    joined = {place for match in LINE_END.finditer(text) for place in range(*match.span())}
    pairs = [
        (character, place)
        for place, one in enumerate(text)
        if place not in joined
        for character in (_with_e(one, text[place + 1 : place + 2]) if with_e else _fold_character(one))
    ]
    return Folded("".join(one for one, _ in pairs), tuple(place for _, place in pairs))


def readings(text: str) -> tuple[Folded, ...]:
    """The text folded, and folded `with_e` where that is something else."""
    plain, longer = fold(text), fold(text, with_e=True)
    return (plain,) if plain == longer else (plain, longer)


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
    return _words(fold(text))


def unspaced(text: str) -> bool:
    """Whether a letter of it is of a script without spaces between words."""
    return any(not one.isascii() and unicodedata.name(one, "").startswith(UNSPACED) for one in text)


def spans(name: str, written: Iterable[Folded]) -> Iterator[tuple[int, int]]:
    """Where a name stands in readings of a text, however it is written there; with the rest of a word that it is in."""
    for folded in written:
        for pattern in _patterns(name):
            yield from _found(pattern, folded)


def stands_in(names: Iterable[str], text: str) -> bool:
    """Whether one of these names stands in the text."""
    written = readings(text)
    return any(True for name in names for _ in spans(name, written))


def _found(pattern: re.Pattern[str], folded: Folded) -> Iterator[tuple[int, int]]:
    text, until = folded.text, 0
    for match in pattern.finditer(text):
        start, end = match.span()
        if start < until or start == end:
            continue
        while start > until and text[start - 1].isalnum() and not unspaced(text[start - 1]):
            start -= 1
        while end < len(text) and text[end].isalnum() and not unspaced(text[end]):
            end += 1
        until = end
        yield folded.span(start, end)


def _words(folded: Folded) -> str:
    return " ".join(re.findall(r"[^\W_]+", folded.text))


def _with_e(character: str, following: str) -> str:
    whole = unicodedata.normalize("NFC", character + following) if following == "\u0308" else character
    return WITH_E.get(whole.casefold()) or _fold_character(character)


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


@lru_cache(maxsize=2_000)
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    some = (_pattern(_words(one)) for one in readings(name))
    return tuple(dict.fromkeys(one for one in some if one is not None))


def _pattern(name: str) -> re.Pattern[str] | None:
    words = name.split()
    if not words:
        return None
    letters = "".join(words)
    several = len(words) > 1
    together = r"[\W_]{0,5}".join(_any_spelling(word, several) for word in words)
    if unspaced(letters):
        return re.compile(together)
    if len(letters) < SHORT:
        smaller = rf"(?:{letters[-1]}?etje|[tp]?je|ie|ke|y)?"
        return re.compile(rf"(?<![^\W_]){together}{smaller}(?:['’`´]?s)?(?![^\W_])")
    if letters[-1] in "ao":  # Anna: Annetje; Maria: Marietje
        together = rf"(?:{together}|{together[:-1]}i?e(?=tje))"
    return re.compile(rf"{together}(?:['’`´](?:s(?![^\W_])|(?=\s)))?")


def _any_spelling(word: str, several: bool) -> str:
    """A pattern for a word of a name, as others would write it."""
    if several and word in PARTICLES:
        return PARTICLES[word]
    if unspaced(word):
        return r"[\W_]{0,2}".join(map(re.escape, word))
    return re.sub(r"ij|y", "(?:ij|y)", re.escape(word))
