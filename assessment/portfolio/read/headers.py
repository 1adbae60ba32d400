"""Which columns of a table are for which question, and what is told about the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from assessment.answers.places import Names, Place, labelled
from assessment.answers.understood import folded
from assessment.portfolio.batches import ID, MAXIMUM_COLUMNS, TITLE, Problem, TableError
from assessment.portfolio.read.mapping import TableMapping
from knowledge.base import KnowledgeBase
from knowledge.text import Text

MOST_SUGGESTED = 100
"""To so many unknown columns a suggestion is made."""
How = Literal["id", "text", "mapping", "none"]


@dataclass(frozen=True)
class ColumnSeen:
    """One column of a table: what it is for, if anything, and how that was told."""

    at: int
    name: str
    place: Place | None
    how: How


@dataclass(frozen=True)
class Header:
    """Which columns of a table are used, by their place in the row of names."""

    names: tuple[str, ...]
    id: int | None
    title: int | None
    questions: Mapping[str, int]
    choices: Mapping[str, Mapping[str, int]]
    problems: tuple[Problem, ...]
    seen: tuple[ColumnSeen, ...]

    @cached_property
    def used(self) -> tuple[int, ...]:
        """The columns that are read."""
        choices = (at for columns in self.choices.values() for at in columns.values())
        labels = (at for at in (self.id, self.title) if at is not None)
        return (*labels, *self.questions.values(), *choices)

    @property
    def by_ids_alone(self) -> bool:
        """Whether every column that is used has the id of a question above it."""
        return not self.choices and all(one.how in ("id", "none") for one in self.seen)


class Headers:
    """Tells of a row of names what its columns are for; `mapping` goes before everything else."""

    def __init__(self, knowledge: KnowledgeBase, mapping: TableMapping | None = None):
        self._names, self._questions = Names(knowledge), knowledge.questions
        self._mapped = mapping.places(knowledge) if mapping is not None else {}

    def seen(self, names: Sequence[str]) -> tuple[ColumnSeen, ...]:
        """Each column, in the order of the table."""
        known = {name: self._column(name) for name in {*names}}
        found = [ColumnSeen(at, name, *known[name]) for at, name in enumerate(names)]
        there = {one.place.about for one in found if one.place is not None}
        for about, at in labelled(names).items():
            if about not in there and found[at].how == "none":
                found[at] = ColumnSeen(at, found[at].name, Place(about), "text")
        return tuple(found)

    def count(self, names: Sequence[str]) -> int:
        """How many questions this row of names is about."""
        places = (place for place, _ in map(self._column, {*names[:MAXIMUM_COLUMNS]}))  # more are refused
        return len(({place.about for place in places if place is not None} | {*names}) & self._questions.keys())

    def header(self, names: Sequence[str], lenient: bool = False) -> Header:
        """What the columns of a table are for.

        Raises:
            TableError: they are too many, or unless `lenient` none is for a question, or two are for the same.
        """
        if len(names) > MAXIMUM_COLUMNS:
            raise TableError(
                f"verwacht: hooguit {MAXIMUM_COLUMNS} kolommen; gevonden: {len(names)}",
                f"expected: at most {MAXIMUM_COLUMNS} columns; found: {len(names)}",
            )
        seen, problems = self.seen(names), list[Problem]()
        places: dict[Place, ColumnSeen] = {}
        for one in seen:
            if one.place is None:
                if one.name.strip() and one.how == "none":
                    near = len(problems) < MOST_SUGGESTED
                    problems.append(Problem("", one.name.strip(), self._not_used(one.name, near)))
            elif one.place in places:
                twice = _twice(one.place, places[one.place], one)
                if not lenient:
                    raise TableError(twice.nl, twice.en)
                problems.append(Problem("", one.name, twice))
            else:
                places[one.place] = one
        questions = {place.about: one.at for place, one in places.items() if place.option is None}
        choices: dict[str, dict[str, int]] = {}
        for place, one in places.items():
            if place.option is not None:
                choices.setdefault(place.about, {})[place.option] = one.at
        named = questions.pop(ID, None), questions.pop(TITLE, None)
        if not questions and not choices and not lenient:
            raise no_question()
        by_text = sum(one.how == "text" and one.place is not None for one in seen)
        if by_text and not lenient:
            problems.insert(0, Problem("", "", _by_text(by_text)))
        return Header(tuple(names), *named, questions, choices, tuple(problems), seen)

    def suggestions(self, name: str) -> tuple[Place, ...]:
        """The questions that a name looks most like."""
        return self._names.suggestions(name)

    def _column(self, name: str) -> tuple[Place | None, How]:
        if (key := folded(name)) in self._mapped:
            return self._mapped[key], "mapping"
        place = self._names.exact(name)
        if place is not None:
            return place, "id"
        place = self._names.place(name)
        return place, "text" if place is not None else "none"

    def _not_used(self, name: str, with_suggestion: bool) -> Text:
        nl = "deze kolom is geen vraag van deze kennisbank en is niet gebruikt"
        en = "this column is no question of this knowledge base and was not used"
        near = self.suggestions(name) if with_suggestion else ()
        if not near or near[0].about not in self._questions:
            return Text(nl=nl, en=en)
        text = self._questions[near[0].about].text
        return Text(
            nl=f"{nl}; bedoel je '{text.nl}' ({near[0]})?",
            en=f"{en}; do you mean '{text.en}' ({near[0]})?",
        )


def no_question() -> TableError:
    """The refusal of a table in which no question was found."""
    return TableError(
        "verwacht: een kolom per vraag, met het id of de tekst van de vraag erboven, in de eerste 20 rijen "
        "(zie dialoogwijzer portfolio --template); een indeling (opdrachtregel: --mapping) zegt welke kolom voor welke "
        "vraag is",
        "expected: a column per question, with the id or the text of the question above it, in the first 20 rows "
        "(see dialoogwijzer portfolio --template); a mapping (command line: --mapping) says which column is which "
        "question",
    )


def _twice(place: Place, first: ColumnSeen, second: ColumnSeen) -> Text:
    return Text(
        nl=f"verwacht: elke kolom één keer; {place} staat er twee keer, in kolom {first.at + 1} "
        f"({first.name.strip()[:60]}) en kolom {second.at + 1} ({second.name.strip()[:60]}); haal er een weg of "
        "geef hem een andere naam",
        en=f"expected: each column once; {place} stands there twice, in column {first.at + 1} "
        f"({first.name.strip()[:60]}) and column {second.at + 1} ({second.name.strip()[:60]}); remove one or rename it",
    )


def _by_text(count: int) -> Text:
    return Text(
        nl=f"{'1 kolom is' if count == 1 else f'{count} kolommen zijn'} herkend aan wat erboven staat; "
        "de indeling (opdrachtregel: --mapping) laat zien welke vraag dat werd",
        en=f"{'1 column was' if count == 1 else f'{count} columns were'} recognised by what stands above; "
        "the mapping (command line: --mapping) shows which question that became",
    )
