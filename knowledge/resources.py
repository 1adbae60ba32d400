"""Names that the publications give as a help: databases, initiatives, tools, each with the lessons that point to it."""

from functools import cache
from pathlib import Path

from pydantic import Field

from knowledge.base import CONTENT, KnowledgeBase, knowledge_base
from knowledge.consistency import citation_problems
from knowledge.model import Citation
from knowledge.text import Frozen, Id, Text
from knowledge.yaml_files import ContentError, Problem, parse, read_file

FILE = "resources.yaml"


class Resource(Frozen):
    """A help that a publication names. `url` is the address where the publication prints one."""

    id: Id
    name: str
    url: str | None = Field(default=None, pattern="^https://")
    purpose: Text
    lessons: tuple[Id, ...] = Field(min_length=1)
    sources: tuple[Citation, ...] = Field(min_length=1)


@cache
def resources() -> tuple[Resource, ...]:
    """The resources of the product. Raises ContentError where their file is not in order."""
    return load_resources(CONTENT, knowledge_base())


def load_resources(folder: Path, base: KnowledgeBase) -> tuple[Resource, ...]:
    """Read the resources and check them against the knowledge base.

    Raises:
        ContentError: with one problem per mistake: file, line, id, field, what was expected.
    """
    document = read_file(folder / FILE, str(Path(folder.parent.name, folder.name, FILE)))
    found = tuple(parse(document, list[Resource]))
    problems: list[Problem] = []
    seen: set[str] = set()
    for place, one in enumerate(found):

        def wrong(field: str, expected: str, place: int = place, one: Resource = one) -> None:
            problems.append(Problem(document.name, document.line((place, field)), f"{one.id}: {field}", expected))

        if one.id in seen:
            wrong("id", "expected an id that is not used yet")
        for lesson in one.lessons:
            if lesson not in base.lessons:
                wrong("lessons", f"expected the id of a lesson, found {lesson!r}")
        for expected in citation_problems(base, one.sources):
            wrong("sources", expected)
        seen.add(one.id)
    if problems:
        raise ContentError(problems)
    return found
