"""What people write for an answer: ids, labels in either language, yes and no, choices in a row, numbers as shown."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process

from assessment.answers.numbers import number_problem, whole_number
from knowledge.answering import answer_problem
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answer, Question
from knowledge.renames import Renamed, carry_over
from knowledge.text import LANGUAGES, Text
from rules.words import SPECIAL

LONGEST, MOST_WORDS = 32_767, 5_000
"""Of a cell that may hold several choices, as much as a spreadsheet takes; what is longer is no list of choices."""
ALIKE_ENOUGH = 70
"""From 0 to 100: how much a text must look like an answer for that answer to be suggested."""
YES, NO = "yes", "no"
_YES_NO: Mapping[str, str] = {
    **dict.fromkeys(("ja", "yes", "true", "waar", "j", "y"), YES),
    **dict.fromkeys(("nee", "neen", "no", "false", "onwaar", "n"), NO),
}
_FIRST_WORDS: Mapping[str, frozenset[str]] = {YES: frozenset({"ja", "yes"}), NO: frozenset({"nee", "no"})}
_ALSO: Mapping[str, tuple[str, ...]] = {
    UNKNOWN: ("weet niet", "onbekend", "don't know", "do not know", "i do not know"),
    NOT_APPLICABLE: ("n.v.t", "nvt", "n/a"),
}
_ALIKE = {
    **dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u02bc\u00b4`"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u00ab\u00bb"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212"), "-"),
}
_AROUND = " '\".:;,?!*"
_BETWEEN = re.compile(r"[;|,\s]+")
_BETWEEN_PARTS_OF_IDS = re.compile(r"[\s_.-]+")
_SHEET_ERROR = re.compile(r"#(?:N/A|NB|[A-Z0-9/]{3,12}[!?])")
NO_VALUE = "="
"""Stands for a formula with which no value was stored."""


def folded(text: str) -> str:
    """The text as it is compared: small letters, plain quotes and dashes, one kind of space, nothing invisible."""
    plain = unicodedata.normalize("NFKC", text).translate(_ALIKE)
    seen = plain if plain.isprintable() else _seen(plain)
    return " ".join(seen.casefold().split()).strip(_AROUND)


def visible(text: str) -> str:
    """What can be seen of a text, without spaces."""
    return "".join(_seen(text).split())


def _seen(text: str) -> str:
    return "".join(one for one in text if one.isspace() or unicodedata.category(one) not in ("Cf", "Cc"))


def loose(text: str) -> str:
    """An id as it is compared when somebody wrote it with other signs between its parts."""
    return _joined(folded(text))


def _joined(key: str) -> str:
    return _BETWEEN_PARTS_OF_IDS.sub("-", key)


class Words:
    """The words in which one question may be answered."""

    def __init__(self, question: Question, renamed: Sequence[Renamed] = ()):
        self.question = question
        former = [one.option for one in renamed if one.question == question.id and one.option is not None]
        self._ids = {option.id: option.id for option in question.options}
        self._ids |= {one: present for one in former if (present := _present(question, one, renamed)) is not None}
        said: dict[str, set[str]] = defaultdict(set)
        for option in question.options:
            for language in LANGUAGES:
                said[folded(option.label.in_(language))].add(option.id)
        for written, one in self._ids.items():
            said[folded(written)].add(one)
            said[loose(written)].add(one)
        self._choices = {key: next(iter(ids)) for key, ids in said.items() if key and len(ids) == 1}
        self._ambiguous = {key for key, ids in said.items() if len(ids) > 1}
        choices = self._choices if question.kind == "one" else {}
        self._words = {**self._yes_no(), **self._special(), **choices}
        self._longest = max((len(_BETWEEN.split(key)) for key in self._choices), default=0)
        self._between_ids = ";" if not any(re.search(r"\S;\S", key) for key in self._choices) else None

    def answer(self, text: str) -> Answer | None:
        """What was meant, "" where nothing is said; None where that is not certain. It may be out of range."""
        if text in (UNKNOWN, NOT_APPLICABLE):
            return text
        if text in self._ids:
            return (self._ids[text],) if self.question.kind == "several" else self._ids[text]
        key = folded(text)
        if not key:
            return "" if not visible(text) else None
        if text.startswith(NO_VALUE):
            return None
        word = self._words.get(key) or self._words.get(loose(text))
        if key in self._ambiguous:
            word = None
        if word is not None:
            return word
        if self.question.number is not None:
            return whole_number(text, self.question.number)
        return self._several(text) if self.question.kind == "several" else None

    def choice(self, text: str) -> str | None:
        """The one option that is meant, or one of the words beside the options; None where that is not certain."""
        key = folded(text)
        return (
            self._ids.get(text) or self._choices.get(key) or self._choices.get(loose(text)) or self._special().get(key)
        )

    def reason(self, text: str) -> Text | None:
        """Why a text is no answer, with what was probably meant; None where it is one."""
        answer = self.answer(text)
        if answer == "":
            return None
        if _SHEET_ERROR.fullmatch(text.strip()):
            return Text(
                nl=f"hier staat een fout uit het rekenblad ({text.strip()}); herstel de cel of maak hem leeg",
                en=f"an error of the spreadsheet stands here ({text.strip()}); mend the cell or empty it",
            )
        if text.startswith(NO_VALUE):
            return Text(
                nl="hier staat een formule zonder uitkomst; open het bestand in je rekenblad en sla het opnieuw op",
                en="a formula without a result stands here; open the file in your spreadsheet program and save it "
                "again",
            )
        if answer is None and self.question.number is not None:
            special = number_problem(text, self.question.number)
            if special is not None:
                return special
        problem = answer_problem(self.question, text if answer is None else answer)
        if problem is None or answer is not None:
            return problem
        if folded(text).isdigit():
            return Text(
                nl=f"{problem.nl}; schrijf het antwoord in woorden, of zeg in de indeling wat {text.strip()} betekent",
                en=f"{problem.en}; write the answer in words, or say in the mapping what {text.strip()} means",
            )
        near = self.suggestions(text, 1)
        option = self.question.option(near[0]) if near else None
        if option is None:
            return problem
        return Text(
            nl=f"{problem.nl}; bedoel je '{option.label.nl}' ({option.id})?",
            en=f"{problem.en}; do you mean '{option.label.en}' ({option.id})?",
        )

    def meaning(self, text: str) -> Text | None:
        """The label that a yes or no was read as, where that says more; None where nothing was read into the text."""
        key = folded(text)
        option = self.question.option(self._words.get(key, "")) if key in _YES_NO else None
        if text in self._ids or option is None or any(folded(option.label.in_(one)) in _YES_NO for one in LANGUAGES):
            return None
        return option.label

    def suggestions(self, text: str, most: int = 3) -> tuple[str, ...]:
        """The options that a text looks most like, the best first."""
        key = folded(text)
        found = process.extract(key, [*self._choices], scorer=fuzz.WRatio, score_cutoff=ALIKE_ENOUGH, limit=4 * most)
        near = dict.fromkeys(self._choices[one] for one, *_ in found)
        if key in _YES_NO:
            first = _FIRST_WORDS[_YES_NO[key]]
            near = {**dict.fromkeys(one for one, begins in self._begins().items() if begins & first), **near}
        return tuple(one for one in near if self.question.option(one))[:most]

    def _begins(self) -> dict[str, set[str]]:
        """Per option the first words of its labels."""
        return {
            option.id: {re.split(r"\W", folded(option.label.in_(language)))[0] for language in LANGUAGES}
            for option in self.question.options
        }

    def _yes_no(self) -> dict[str, str]:
        """Only where the question has one yes and one no: another answer that begins with it makes it uncertain."""
        begins = self._begins()
        if self.question.kind != "one" or not {YES, NO} <= set(begins):
            return {}
        certain = {
            meant
            for meant, first in _FIRST_WORDS.items()
            if not any(words & first for option, words in begins.items() if option != meant)
        }
        return {word: meant for word, meant in _YES_NO.items() if meant in certain}

    def _special(self) -> dict[str, str]:
        offered = [UNKNOWN, *([NOT_APPLICABLE] if self.question.not_applicable else [])]
        return {
            folded(word): meant
            for meant in offered
            for word in (meant, *(SPECIAL[meant].in_(language) for language in LANGUAGES), *_ALSO[meant])
        }

    def _several(self, text: str) -> tuple[str, ...] | None:
        """The choices that a text is made of from begin to end; None where it is not, or can be read in two ways."""
        if len(text) > LONGEST:
            return None
        ids = text.split(self._between_ids) if self._between_ids else ()
        if 0 < len(ids) <= len(self._choices) and self._ids.keys() >= {*ids}:  # our own tables; worth no search
            return tuple(dict.fromkeys(map(self._ids.__getitem__, ids)))
        words = [(match.start(), match.end()) for match in re.finditer(r"[^;|,\s]+", text)]
        if len(words) > MOST_WORDS:
            return None
        ways: list[set[frozenset[str]]] = [{frozenset()}, *(set[frozenset[str]]() for _ in words)]
        lists: list[tuple[str, ...] | None] = [(), *([None] * len(words))]
        for begin in range(len(words)):
            before = lists[begin]
            if before is None or len(before) > len(self._choices):  # more than there are to choose from
                continue
            for end, choice in self._from(text, words, begin):
                lists[end] = (*before, choice)
                ways[end] |= {one | {choice} for one in ways[begin]}
                if len(ways[end]) > 1:
                    ways[end] = set(sorted(ways[end], key=sorted)[:2])  # more than one is all that matters
        found = lists[-1]
        if not found or len(ways[-1]) > 1:
            return None
        return tuple(dict.fromkeys(found))

    def _from(self, text: str, words: Sequence[tuple[int, int]], begin: int) -> Iterator[tuple[int, str]]:
        """The choices that begin at this word, each with the word behind it."""
        for end in range(begin + 1, min(len(words), begin + self._longest) + 1):
            part = text[words[begin][0] : words[end - 1][1]]
            choice = self._ids.get(part) or self._choices.get(key := folded(part)) or self._choices.get(_joined(key))
            if choice is not None:
                yield end, choice


def _present(question: Question, former: str, renamed: Sequence[Renamed]) -> str | None:
    """The option that took the place of a former one."""
    given: Answer = (former,) if question.kind == "several" else former
    found = carry_over({question.id: given}, {question.id: question}, renamed).answers.get(question.id)
    return found[0] if isinstance(found, tuple) else found if isinstance(found, str) else None
