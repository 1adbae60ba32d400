"""Words that follow from the answers: who the people are, and which organisation reaches them."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache

from pydantic import Field

from knowledge.model import Answer
from knowledge.text import LANGUAGES, Frozen, Id, Language, Text, Words


class Word(Frozen):
    """What is said where all that was chosen of `question` stands among `options`.

    `name` is the `Name` that takes its place in the user's own advice, once he gave one.
    """

    question: Id
    options: tuple[Id, ...] = Field(min_length=1)
    text: Text
    name: Id | None = None


class Name(Frozen):
    """What the user calls an organisation, asked for with `question` where one of `options` was chosen.

    A name is kept as a note under this id, and stands on no sheet for others.
    """

    id: Id
    question: Id
    options: tuple[Id, ...] = Field(min_length=1)
    ask: Text

    def asked(self, answer: Answer | None) -> bool:
        """Whether it is asked for with this answer."""
        return isinstance(answer, tuple) and not set(self.options).isdisjoint(answer)


class General(Frozen):
    """How the texts name something in general, in each language."""

    nl: tuple[Words, ...] = Field(min_length=1)
    en: tuple[Words, ...] = Field(min_length=1)

    def in_(self, language: Language) -> tuple[str, ...]:
        """The phrases in one language."""
        phrases: tuple[str, ...] = getattr(self, language)
        return phrases


class Wording(Frozen):
    """How the advice names something in the situation at hand: by the first word that fits, or else in `general`.

    A choice of which no word speaks does not matter.
    """

    id: Id
    general: General
    words: tuple[Word, ...] = Field(min_length=1)
    names: tuple[Name, ...] = ()

    @cached_property
    def _named(self) -> frozenset[tuple[str, str]]:
        return frozenset((word.question, option) for word in self.words for option in word.options)

    def chosen(self, facts: Mapping[str, Answer]) -> Text | None:
        """The word that fits the answers, or None where the general phrase stays."""
        for word in self.words:
            answer = facts[word.question]
            chosen = {one for one in answer if (word.question, one) in self._named} if isinstance(answer, tuple) else ()
            if chosen and set(chosen).issubset(word.options):
                return word.text
        return None


def worded(text: Text, wordings: Iterable[Wording], facts: Mapping[str, Answer]) -> Text:
    """The text with each general phrase in the words of the situation, and with the capital that the phrase has."""
    said = tuple((wording.general, word) for wording in wordings if (word := wording.chosen(facts)) is not None)
    if not said:
        return text
    return Text(**{language: _worded(text, language, said) for language in LANGUAGES})


def with_names(text: Text, wordings: Iterable[Wording], notes: Mapping[str, str]) -> Text:
    """The text with what the user calls an organisation in the place of the words for it; `notes` hold the names."""
    words = {
        word.text: name
        for wording in wordings
        for word in wording.words
        if word.name is not None and (name := " ".join(notes.get(word.name, "").split()))
    }
    if not words:
        return text
    return Text(**{language: _named(text.in_(language), language, words) for language in LANGUAGES})


def _named(text: str, language: Language, words: Mapping[Text, str]) -> str:
    for word, name in words.items():
        phrase = word.in_(language)
        text = text.replace(phrase, name)
        text = text.replace(phrase[0].upper() + phrase[1:], name[0].upper() + name[1:])
    return text


def _worded(text: Text, language: Language, said: tuple[tuple[General, Text], ...]) -> str:
    words, pattern = _phrases(language, said)

    def in_situation(match: re.Match[str]) -> str:
        phrase, owning = match.group(1), match.group(2) or ""
        word = words[phrase[0].lower() + phrase[1:]]
        owning = "'" if owning and word.endswith("s") else owning
        return (word[0].upper() + word[1:] if phrase[0].isupper() else word) + owning

    return pattern.sub(in_situation, text.in_(language))


@lru_cache(maxsize=64)
def _phrases(language: Language, said: tuple[tuple[General, Text], ...]) -> tuple[dict[str, str], re.Pattern[str]]:
    """The word for each general phrase, and what finds the phrases: once for the hundreds of texts of one advice."""
    words = {phrase: word.in_(language) for general, word in said for phrase in general.in_(language)}
    longest_first = sorted(words, key=len, reverse=True)
    pattern = "|".join(f"[{one[0].upper()}{one[0]}]{re.escape(one[1:])}" for one in longest_first)
    return words, re.compile(rf"\b({pattern})('s)?\b")
