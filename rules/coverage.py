"""Whether everything in the publications arrived: from inventory rows to lessons to rules, per section of each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, Field

from knowledge.base import KnowledgeBase
from knowledge.model import Citation, Lesson
from knowledge.text import Id, Words
from knowledge.yaml_files import ContentError, Problem, parse, read_file
from rules.model import RuleBase


class Place(BaseModel):
    """Where a row stands: the number of the publication in the inventory, and a heading in it."""

    seed: Words
    section: Words


class Row(BaseModel):
    """One row of the inventory; its id is that of its lesson. Columns that say nothing on coverage are passed over."""

    id: Id
    severity: Words
    phase: Words
    kind: Words
    sources: tuple[Place, ...] = Field(min_length=1)


class _Inventory(BaseModel):
    inventory: tuple[Row, ...]


@dataclass(frozen=True)
class SectionCoverage:
    """What came out of one section. `rows` is None where there is no inventory; `missing` must be empty."""

    heading: str
    rows: int | None
    lessons: int
    rules: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Coverage:
    """Sections by the id of their publication, all that is missing, and what only deserves a look."""

    sections: dict[str, tuple[SectionCoverage, ...]]
    missing: tuple[str, ...]
    notes: tuple[str, ...]


def read_inventory(path: Path) -> tuple[Row, ...]:
    """The rows of an inventory file.

    Raises:
        ContentError: it is no inventory, or holds a row twice.
    """
    document = read_file(path)
    found: _Inventory = parse(document, _Inventory)
    counted = Counter(row.id for row in found.inventory)
    twice = [
        Problem(document.name, document.line(("inventory", index)), row.id, "expected each row once")
        for index, row in enumerate(found.inventory)
        if counted[row.id] > 1
    ]
    if twice:
        raise ContentError(twice)
    return found.inventory


def coverage(base: RuleBase, inventory: Sequence[Row] | None = None) -> Coverage:
    """What each section of each publication led to; without an inventory from the lessons on."""
    knowledge = base.knowledge
    rows = {row.id: row for row in inventory or ()}
    seeds = _publications(inventory or (), knowledge)
    advised = Counter(rule.lesson for rule in base.rules.values())
    gaps = {row: f"row {row}: no lesson" for row in rows if row not in knowledge.lessons}
    gaps |= {lesson: f"lesson {lesson}: no rule leads to it" for lesson in knowledge.lessons if not advised[lesson]}
    strange = [seed for seed, source in seeds.items() if source not in knowledge.sources]
    gaps |= {f"publication {seed}": f"publication {seed}: none of ours has its headings" for seed in strange}

    row_places = {row.id: {(seeds[place.seed], place.section) for place in row.sources} for row in rows.values()}
    lesson_places = {lesson.id: set(map(_place, lesson.sources)) for lesson in knowledge.lessons.values()}
    sections = {}
    for source in knowledge.sources.values():
        in_rows = {heading for found in row_places.values() for at, heading in found if at == source.id}
        sections[source.id] = tuple(
            _section((source.id, heading), row_places, lesson_places, advised, gaps, with_rows=inventory is not None)
            for heading in dict.fromkeys([*source.sections, *sorted(in_rows)])
        )
    notes = [
        f"section {source} > {section.heading}: no lesson cites it"
        for source, found in sections.items()
        for section in found
        if not section.lessons and not section.missing
    ]
    if inventory is not None:
        notes += [f"lesson {lesson}: no row of the inventory" for lesson in knowledge.lessons if lesson not in rows]
        for row in rows.values():
            if row.id in knowledge.lessons:
                notes += _differences(row, knowledge.lessons[row.id], row_places[row.id] - lesson_places[row.id])
    return Coverage(sections, tuple(gaps.values()), tuple(notes))


def report(found: Coverage, knowledge: KnowledgeBase) -> list[str]:
    """The coverage as lines of text: per publication its sections, then what is missing, then the notes."""
    lines = []
    for source, sections in found.sections.items():
        lines += [f"{knowledge.sources[source].title.nl} ({source})", "  rows lessons rules  section"]
        for one in sections:
            rows = "-" if one.rows is None else one.rows
            lines.append(f"{rows:>6} {one.lessons:>7} {one.rules:>5}  {one.heading}")
            lines += [f"{'':22}missing: {gap}" for gap in one.missing]
        lines.append("")
    lines += ["Notes:", *(f"  {note}" for note in found.notes), ""] if found.notes else []
    lines += ["Missing:", *(f"  {gap}" for gap in found.missing)] if found.missing else ["Missing: nothing."]
    return lines


def _place(citation: Citation) -> tuple[str, str]:
    return citation.source, citation.at


def _publications(rows: Sequence[Row], knowledge: KnowledgeBase) -> dict[str, str]:
    """The publication that each number in the inventory stands for: the one with the most of its headings.

    Where no publication has any, the number itself.
    """
    headings: dict[str, set[str]] = {}
    for row in rows:
        for place in row.sources:
            headings.setdefault(place.seed, set()).add(place.section)
    publications = {}
    for seed, found in headings.items():
        shared = {source.id: len(found.intersection(source.sections)) for source in knowledge.sources.values()}
        publications[seed] = max(shared, key=shared.__getitem__) if any(shared.values()) else seed
    return publications


def _section(
    place: tuple[str, str],
    row_places: dict[str, set[tuple[str, str]]],
    lesson_places: dict[str, set[tuple[str, str]]],
    advised: Counter[str | None],
    gaps: dict[str, str],
    with_rows: bool,
) -> SectionCoverage:
    rows = [row for row, places in row_places.items() if place in places]
    lessons = [lesson for lesson, places in lesson_places.items() if place in places]
    return SectionCoverage(
        heading=place[1],
        rows=len(rows) if with_rows else None,
        lessons=len(lessons),
        rules=sum(advised[lesson] for lesson in lessons),
        missing=tuple(gaps[one] for one in dict.fromkeys([*rows, *lessons]) if one in gaps),
    )


def _differences(row: Row, lesson: Lesson, uncited: set[tuple[str, str]]) -> Iterator[str]:
    for source, heading in sorted(uncited):
        yield f"lesson {row.id}: does not cite {source} > {heading}, as its row does"
    for field in ("severity", "phase", "kind"):
        asked, written = getattr(row, field), getattr(lesson, field)
        if asked != written:
            yield f"lesson {row.id}: {field} is {written}, in its row {asked}"
