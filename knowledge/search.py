"""Finds texts by words, as people type them: other endings, parts of compounds and typing errors are forgiven."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from math import log
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

IN_TITLE, IN_TEXT = 3.0, 1.0
"""What a word counts for by where it stands; in a short title for more."""
WHOLE = 0.8
"""So much more counts a text with every word in its title."""
SHORT = 6
"""Words of a title in which each counts in full."""
ENOUGH, ENOUGH_OF_SENTENCE = 0.6, 0.4
"""A text is left out when it covers less of what was typed than this part of what the best text covers.

A long text, as of a case, covers any sentence; the lesson that answers it holds a few of its words.
"""
SENTENCE, FEW, NEAR = 6, 10, 0.3
"""From so many words on it is a sentence: only the first few texts matter, near enough in score to the best."""
MOST_WORDS = 12
"""Of a longer phrase only the first words are searched for."""


class Entry(NamedTuple):
    """One text that can be found, by its key.

    `named` are words that count as in a title, `weight` is what the text counts for.
    """

    key: str
    title: str
    text: str = ""
    named: str = ""
    weight: float = 1.0


class Hit(NamedTuple):
    """An entry that was found; `forgiven` tells that words were taken for a typing error."""

    entry: Entry
    score: float
    forgiven: bool


class _Match(NamedTuple):
    quality: float
    typo: bool


def words_of(text: str) -> list[str]:
    """The words of a text, in small letters without accents."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.findall(r"[a-z0-9]+", plain)


class Search:
    """An index of entries in one language. What comes earlier is found earlier, other things being equal."""

    def __init__(self, entries: Sequence[Entry], synonyms: Iterable[Sequence[str]] = (), empty: Iterable[str] = ()):
        """`synonyms` are groups of words, in small letters, of which each stands for all; `empty` words say nothing."""
        self._empty = frozenset(empty)
        self.entries = tuple(entries)
        self._groups = {word: tuple(group) for group in synonyms for word in group}

    @cached_property
    def _places(self) -> Mapping[str, Mapping[int, float]]:
        """Word to the entries that hold it, each with what the word counts for there."""
        found: dict[str, dict[int, float]] = {}
        for place, entry in enumerate(self.entries):
            title = words_of(entry.title)
            in_title = IN_TITLE * min(1.0, SHORT / max(1, len(title))) ** 0.3
            named = [*title, *words_of(entry.named)]
            for words, weight in ((words_of(f"{entry.text} {entry.key}"), IN_TEXT), (named, in_title)):
                for word in words:
                    found.setdefault(word, {})[place] = weight
        return found

    @cached_property
    def _words(self) -> list[str]:
        return [*self._places]

    @cached_property
    def _known(self) -> list[str]:
        """Every word that a typing error may be taken for."""
        return [*dict.fromkeys([*self._places, *self._groups])]

    def find(self, typed: str, most: int | None = None) -> list[Hit]:
        """The entries with what was typed, the best first; none where nothing was typed."""
        every = list(dict.fromkeys(words_of(typed)))
        typed_words = ([one for one in every if one not in self._empty] or every)[:MOST_WORDS]
        scores, covered, forgiven = defaultdict[int, float](float), defaultdict[int, float](float), set[int]()
        titled = Counter[int]()
        for word in typed_words:
            best: dict[int, tuple[float, float, bool]] = {}
            for other, match in self._alike(word).items():
                for place, weight in self._places.get(other, {}).items():
                    told = (weight * match.quality, match.quality, match.typo)
                    best[place] = max(best.get(place, told), told)
            rare = log(1 + len(self.entries) / max(1, len(best)))
            for place, (score, quality, typo) in best.items():
                scores[place] += score * rare
                covered[place] += quality * rare
                titled[place] += score > IN_TEXT
                if typo:
                    forgiven.add(place)
        for place in scores:
            scores[place] *= 1 + WHOLE * titled[place] / len(typed_words)
        fullest = max((part * min(1.0, self.entries[place].weight) for place, part in covered.items()), default=0.0)
        enough = ENOUGH if len(every) < SENTENCE else ENOUGH_OF_SENTENCE
        hits = [
            Hit(self.entries[place], score * covered[place] * self.entries[place].weight, place in forgiven)
            for place, score in sorted(scores.items())
            if covered[place] >= enough * fullest
        ]
        once: dict[str, Hit] = {}
        for hit in sorted(hits, key=lambda hit: -hit.score):
            once.setdefault(hit.entry.title, hit)
        hits = list(once.values())
        if len(every) >= SENTENCE:
            hits = [hit for hit in hits[:FEW] if hit.score >= NEAR * hits[0].score]
        return hits[:most]

    @cached_property
    def _meanings(self) -> Mapping[str, Mapping[str, float]]:
        """Per word of a group of synonyms: the words of the texts that it stands for."""
        found: dict[str, dict[str, float]] = {}
        for word, group in self._groups.items():
            for meaning in group:
                for other in self._words:
                    quality = 0.9 * _same(meaning, other)
                    if quality > 0.5:
                        found.setdefault(word, {})[other] = max(quality, found.get(word, {}).get(other, 0))
        return found

    def _alike(self, word: str) -> dict[str, _Match]:
        """The words that this one may stand for. Only where there are none is it taken for a typing error."""
        found = {other: quality for other in self._words if (quality := _same(word, other))}
        for known, meanings in self._meanings.items():
            if known == word or (len(word) > 4 and _same(word, known) > 0.7):
                found = _best(found, meanings, 1)
        if found:
            return {other: _Match(quality, typo=False) for other, quality in found.items()}
        errors = 0 if len(word) < 4 else 1 if len(word) < 10 else 2
        beginnings = [other[: len(word) + 1] for other in self._known]
        for choices, most in ((self._known, 0.8), (beginnings, 0.6)):
            near = (
                process.extract(word, choices, scorer=OSA.distance, score_cutoff=errors, limit=None) if errors else []
            )
            for _, distance, place in near:
                other = self._known[place]
                meant = {other: 1.0, **self._meanings.get(other, {})}
                found = _best(found, meant, most * (1 - distance / len(word)))
            if found:
                break
        return {other: _Match(quality, typo=True) for other, quality in found.items()}


def _best(one: Mapping[str, float], other: Mapping[str, float], factor: float) -> dict[str, float]:
    """Both together, the second times `factor`, with the higher value of what is in both."""
    return {**one, **{word: max(one.get(word, 0), factor * quality) for word, quality in other.items()}}


def _same(word: str, other: str) -> float:
    """How far two words are the same word, or one stands in the other; 0 where they are different words."""
    if word == other:
        return 1.0
    shortest = min(len(word), len(other))
    share = shortest / max(len(word), len(other))
    if shortest >= 3 and other.startswith(word):
        return 0.6 + 0.3 * share
    if shortest >= 4 and word.startswith(other) and len(word) - len(other) <= 3:  # another ending
        return 0.65 + 0.3 * share
    if len(word) >= 4 and word in other:  # a part of a compound
        return 0.4 + 0.3 * share
    return 0.0
