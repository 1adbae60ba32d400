"""Words in a text that is going to be sent, with why they do harm, what to write rather, and what that rests on."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from pydantic import Field

from knowledge.base import CONTENT, KnowledgeBase, knowledge_base
from knowledge.model import Basis
from knowledge.text import Frozen, Id, Language, Text
from knowledge.yaml_files import ContentError, Problem, parse, read_file

FILE = "drafts.yaml"
DraftKind = Literal["source", "accusing", "surprised", "yes-no", "subjects", "promise"]
KINDS: tuple[DraftKind, ...] = get_args(DraftKind)
Rows = dict[Language, tuple[str, ...]]


class Better(Frozen):
    """Why something does harm, the better sentence, and the lessons that both rest on."""

    because: Text
    better: Text
    lessons: tuple[Id, ...] = Field(min_length=1)
    basis: Basis


class Marked(Better):
    """Rows of words of one kind."""

    id: Id
    kind: DraftKind
    words: Rows


class Closed(Better):
    """The words that open a question; without one it takes only yes or no.

    Left alone are questions for leave and friendly ones for something. How a question begins shows its language.
    """

    begins: Rows
    opens: Rows
    leave: Rows
    asks: Rows


class Subject(Frozen):
    """A subject of a talk, and the words by which it is known."""

    id: Id
    label: Text
    words: Rows


class Subjects(Better):
    """The subjects, of which a talk has one."""

    each: tuple[Subject, ...] = Field(min_length=2)


class Drafts(Frozen):
    """The file: marked words, what leads to somebody, closed questions, subjects, and where a mail begins and ends."""

    marks: tuple[Marked, ...] = Field(min_length=1)
    leads: Better
    closed: Closed
    subjects: Subjects
    greeting: Rows
    closing: Rows
    postscript: Rows


@cache
def drafts() -> Drafts:
    """The file of the product. Raises ContentError where it is not in order."""
    return load_drafts(CONTENT, knowledge_base())


def load_drafts(folder: Path, base: KnowledgeBase) -> Drafts:
    """Read the file and check it against the knowledge base.

    Raises:
        ContentError: with one problem per mistake: file, line, id, field, what was expected.
    """
    document = read_file(folder / FILE, str(Path(folder.parent.name, folder.name, FILE)))
    read: Drafts = parse(document, Drafts)
    problems = [
        Problem(document.name, document.line(at), name, f"expected the id of a lesson, found {lesson!r}")
        for at, name, one in _every(read)
        for lesson in one.lessons
        if lesson not in base.lessons
    ]
    ids = [one.id for one in read.marks]
    problems += [
        Problem(document.name, document.line(("marks", place, "id")), name, "expected an id that is not used yet")
        for place, name in enumerate(ids)
        if name in ids[:place]
    ]
    if problems:
        raise ContentError(problems)
    return read


def _every(read: Drafts) -> Iterator[tuple[tuple[str | int, ...], str, Better]]:
    for place, one in enumerate(read.marks):
        yield ("marks", place, "lessons"), one.id, one
    for name in ("leads", "closed", "subjects"):
        yield (name, "lessons"), name, getattr(read, name)
