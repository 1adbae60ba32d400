"""What a column of a table is for: told by its name, in the ways in which people and survey tools write it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from assessment.answers.understood import Words, folded, loose
from assessment.portfolio.batches import ID, TITLE
from knowledge.base import KnowledgeBase
from knowledge.renames import present_id
from knowledge.text import LANGUAGES

ALIKE_ENOUGH = 60
"""From 0 to 100: how much a name must look like a question for that question to be suggested."""
LONGEST_NAME, MOST_GROUPS = 1_000, 24
"""What is longer, or has more signs between groups, is an answer and no name."""
IDS = ("id", "_id", "kenmerk", "referentie", "reference", "response id", "reactie-id", "antwoord-id", "_uuid", "uuid")
TITLES = ("title", "titel", "_title", "_titel", "naam", "name", "bedrijf", "bedrijfsnaam", "company", "company name",
          "naam van de leverancier", "naam leverancier", "name of the supplier", "supplier name",
          "organisatie", "organisation", "organization", "leverancier", "supplier")  # fmt: skip
"""Names of the columns that tell assessments apart, the most telling first."""
_CHOICE = re.compile(r"(.*?)\s*\[([^\[\]]+)\][\s.:]*", re.DOTALL)
_GROUPS = re.compile(r"\s+-\s+|\.\s+|\)\s+|__|[/:.-]")
"""What survey tools put between a group, a question and a choice."""


@dataclass(frozen=True)
class Place:
    """What a column is for: a question, with `option` whether that is chosen; or the id or title of the assessment."""

    about: str
    option: str | None = None

    def __str__(self) -> str:
        return self.about if self.option is None else f"{self.about}/{self.option}"


def place_in(written: str, knowledge: KnowledgeBase) -> Place | None:
    """The place with this exact id; None where there is none."""
    about, _, option = written.strip().partition("/")
    about = present_id(about, knowledge.renamed)
    question = knowledge.questions.get(about)
    if question is None:
        return Place(about) if about in (ID, TITLE) and not option else None
    if not option:
        return Place(about)
    choice = Words(question, knowledge.renamed).choice(option)
    return Place(about, choice) if choice is not None else None


class Names:
    """The names that columns may have."""

    def __init__(self, knowledge: KnowledgeBase):
        self._knowledge = knowledge
        self._words: dict[str, Words] = {}
        self._looked_up: dict[str, Place | None] = {}  # the same parts of names come back for each choice

    @cached_property
    def _said(self) -> Mapping[str, str]:
        """The names that only one question has, with its id."""
        said: dict[str, set[str]] = defaultdict(set)
        for question in self._knowledge.questions.values():
            for key in (*(folded(question.text.in_(one)) for one in LANGUAGES), *_spellings(question.id)):
                said[key].add(question.id)
        for one in self._knowledge.renamed:
            if one.option is None:
                for key in _spellings(one.question):
                    said[key].add(present_id(one.question, self._knowledge.renamed))
        return {key: next(iter(ids)) for key, ids in said.items() if key and len(ids) == 1}

    def exact(self, name: str) -> Place | None:
        """The place with this id, or whose former id it is."""
        return place_in(name, self._knowledge) if "/" not in name else None

    def place(self, name: str) -> Place | None:
        """What a column with this name is for; None where that is not certain."""
        if len(name) > LONGEST_NAME or len(_GROUPS.findall(name)) > MOST_GROUPS:
            return self.exact(name)
        for one in (self.exact(name), self._question(name), *self._choices(name)):
            if one is not None:
                return one
        return next((found for ending in _endings(name) if (found := self._question(ending)) is not None), None)

    def question(self, name: str) -> Place | None:
        """The question with this id or text; None where there is none, or it is not certain which."""
        exact = self.exact(name)
        return exact if exact is not None and exact.about in self._knowledge.questions else self._question(name)

    def suggestions(self, name: str, most: int = 3) -> tuple[Place, ...]:
        """The questions that a name looks most like, the best first."""
        texts, places = self._texts
        ending = min(_endings(name), key=len, default=name) if "/" in name else name
        found = process.extract(folded(ending[:LONGEST_NAME]), texts, scorer=_alike, score_cutoff=ALIKE_ENOUGH,
                                limit=3 * most)  # fmt: skip
        return tuple(dict.fromkeys(Place(places[at]) for *_, at in found))[:most]

    @cached_property
    def _texts(self) -> tuple[list[str], list[str]]:
        found = [
            (text, question.id)
            for question in self._knowledge.questions.values()
            for text in (*(folded(question.text.in_(one)) for one in LANGUAGES), question.id)
        ]
        return [text for text, _ in found], [question for _, question in found]

    def _question(self, name: str) -> Place | None:
        if name not in self._looked_up:
            keys = _spellings(name)
            self._looked_up[name] = next((Place(self._said[key]) for key in keys if key in self._said), None)
        return self._looked_up[name]

    def _choices(self, name: str) -> Iterator[Place | None]:
        if bracket := _CHOICE.fullmatch(name):
            yield self._choice(*bracket.groups())
        for sign in reversed([*_GROUPS.finditer(name)]):
            yield self._choice(name[: sign.start()], name[sign.end() :])

    def _choice(self, name: str, choice: str) -> Place | None:
        place = self._question(name)
        if place is None:
            place = next((found for ending in _endings(name) if (found := self._question(ending)) is not None), None)
        if place is None:
            return None
        if place.about not in self._words:
            question = self._knowledge.questions[place.about]
            self._words[place.about] = Words(question, self._knowledge.renamed)
        option = self._words[place.about].choice(choice)
        return Place(place.about, option) if option is not None else None


def _alike(one: str, other: str, **_: object) -> float:
    """How much two names are alike, in whatever order their words stand."""
    return max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other))


def labelled(names: Iterable[str]) -> Mapping[str, int]:
    """Where the id and the title of the assessments stand, when no column is called so exactly."""
    given = [*names]
    keys = [folded(name) for name in given]
    found: dict[str, int] = {}
    for about, known in ((ID, IDS), (TITLE, TITLES)):
        at = next((keys.index(one) for one in map(folded, known) if one in keys), None)
        if at is None:  # or behind the groups of a survey
            told = {*map(folded, known)}
            at = next((at for at, name in enumerate(given) if folded(name.rpartition("/")[2]) in told), None)
        if at is not None:
            found[about] = at
    return found


def _spellings(question: str) -> tuple[str, ...]:
    """An id as it is, with other signs between its parts, and without any, as some tools make it."""
    plain = loose(question)
    return folded(question), plain, plain.replace("-", "")


def _endings(name: str) -> Iterator[str]:
    """What may be the name without the groups before it, the longest first."""
    for sign in _GROUPS.finditer(name):
        if ending := name[sign.end() :].strip():
            yield ending
