"""What the advisers say: pieces of text, with when they belong there and what they rest on."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from knowledge.base import CONTENT, KnowledgeBase, knowledge_base
from knowledge.condition import Condition, findings_in
from knowledge.consistency import citation_problems, condition_problems
from knowledge.model import Basis, Citation
from knowledge.text import Frozen, Id, Text
from knowledge.yaml_files import ContentError, Problem, YamlFile, parse, read_file

FOLDER = "advisers"


class Piece(Frozen):
    """One thing that an adviser says, and the lessons that it puts into practice.

    It is said where `when` holds and, with `advised`, one of its lessons is advised. `subjects` names the subjects of
    the talk that it is for; none means all. Without `sources` of its own it rests on the places that its lessons cite.
    """

    id: Id
    text: Text
    lessons: tuple[Id, ...] = Field(min_length=1)
    advised: bool = False
    when: Condition | None = None
    subjects: tuple[Id, ...] = ()
    basis: Basis = "stated"
    sources: tuple[Citation, ...] = ()


class Subject(Piece):
    """What a talk is about; `title` is what the supplier reads, `text` the purpose. One `topic` can be put in ways."""

    topic: Id
    title: Text


class Role(Piece):
    """Somebody in the room, and what this person does and says there."""

    who: Text


class Wording(Piece):
    """What to say rather (`text`), and what to leave unsaid."""

    instead_of: Text


class Block(Piece):
    """A part of a meeting: its title as all read it, how to hold it (`text`), and its share of the time."""

    title: Text
    share: int = Field(ge=1, le=100)
    about_subject: bool = False
    theirs: bool = False


class Guest(Piece):
    """A group to invite (`who`), its reason to take part (`text`), and when it is missing or a matter of care."""

    who: Text
    missing: Condition | None = None
    careful: Condition | None = None


class Step(Piece):
    """Something to have done so many days before (or, after the dialogue, so many days after) the dialogue."""

    days: int = Field(ge=0, le=730)


class Method(Piece):
    """A way to hear workers, by the id of its option: the aims that it `covers` and the groups that it `misses`."""

    title: Text
    covers: tuple[Id, ...]
    misses: tuple[Id, ...] = ()


class ConversationGuide(Frozen):
    """Everything that the conversation kit can say. `minutes` is the length that it proposes, `short` a short one.

    Where a piece of `postponed` is said the talk has to wait; `unnamed` is said unless the source may be known.
    """

    minutes: int = Field(ge=10, le=480)
    short: int = Field(ge=10, le=480)
    postponed: tuple[Piece, ...]
    safety: tuple[Piece, ...]
    unsettled: tuple[Piece, ...]
    subjects: tuple[Subject, ...]
    prepare: tuple[Piece, ...]
    roles: tuple[Role, ...]
    channel: tuple[Piece, ...]
    mandate: tuple[Piece, ...]
    agenda: tuple[Block, ...]
    questions: tuple[Piece, ...]
    wording: tuple[Wording, ...]
    unnamed: tuple[Piece, ...]
    not_said: tuple[Piece, ...]
    message: tuple[Piece, ...]
    reminder: tuple[Piece, ...]


class DialogueGuide(Frozen):
    """Everything that the dialogue planner can say. `minutes` is the length that it proposes, `short` a short one.

    `alarms` are said where a plan repeats what went wrong in a pilot. Where a piece of `postponed` is said, no talk
    with workers is part of the programme.
    """

    minutes: int = Field(ge=10, le=1440)
    short: int = Field(ge=10, le=1440)
    goals: tuple[Piece, ...]
    core_team: tuple[Piece, ...]
    guests: tuple[Guest, ...]
    postponed: tuple[Piece, ...]
    voices: tuple[Piece, ...]
    inviting: tuple[Piece, ...]
    facilitator: tuple[Piece, ...]
    before: tuple[Step, ...]
    after: tuple[Step, ...]
    calendar: tuple[Piece, ...]
    parts: tuple[Piece, ...]
    agenda: tuple[Block, ...]
    session: tuple[Piece, ...]
    workers: tuple[Piece, ...]
    alarms: tuple[Piece, ...]


class ListeningGuide(Frozen):
    """Everything that the listening chooser can say; the subjects of a piece are the methods that it is about."""

    methods: tuple[Method, ...] = Field(min_length=1)
    rules_out: tuple[Piece, ...]
    settle_first: tuple[Piece, ...]
    conditions: tuple[Piece, ...]
    mind: tuple[Piece, ...]
    brings: tuple[Piece, ...]
    cannot_tell: tuple[Piece, ...]
    unheard: tuple[Piece, ...]
    always: tuple[Piece, ...]


class Goal(Piece):
    """What cooperation can be sought for; it is where `when` holds."""

    title: Text


class PartnersGuide(Frozen):
    """Everything that the partner finder can say; the subjects of a piece are the goals that it is about."""

    goals: tuple[Goal, ...] = Field(min_length=1)
    kinds: tuple[Piece, ...]
    steps: tuple[Piece, ...]
    checks: tuple[Piece, ...]
    letter: tuple[Piece, ...]


class ToolsGuide(Frozen):
    """Short checklists of our own: what the publications give of the tools that they name."""

    trust: tuple[Piece, ...]
    culture: tuple[Piece, ...]
    questions: tuple[Piece, ...]
    meeting: tuple[Piece, ...]


METHODS, AIMS, GROUPS = "means.which", "core.goal", "core.people"
"""The questions whose options a method is, covers and misses."""


@dataclass(frozen=True)
class Guides:
    """What each adviser can say."""

    conversation: ConversationGuide
    dialogue: DialogueGuide
    listening: ListeningGuide
    partners: PartnersGuide
    tools: ToolsGuide


@cache
def guides() -> Guides:
    """The guides of the product. Raises ContentError where their files are not in order."""
    return load_guides(CONTENT, knowledge_base())


def load_guides(folder: Path, base: KnowledgeBase) -> Guides:
    """Read the guides and check them against the knowledge base.

    Raises:
        ContentError: with one problem per mistake: file, line, id, field, what was expected.
    """
    problems: list[Problem] = []

    def read(name: str, shape: type[Frozen]) -> Frozen | None:
        try:
            place = folder / FOLDER / f"{name}.yaml"
            document = read_file(place, str(Path(folder.parent.name, folder.name, FOLDER, place.name)))
            guide: Frozen = parse(document, shape)
        except ContentError as error:
            problems.extend(error.problems)
            return None
        problems.extend(_mistakes(document, guide, base))
        return guide

    conversation, dialogue = read("conversation", ConversationGuide), read("dialogue", DialogueGuide)
    listening, partners = read("listening", ListeningGuide), read("partners", PartnersGuide)
    tools = read("tools", ToolsGuide)
    if problems:
        raise ContentError(problems)
    assert isinstance(conversation, ConversationGuide)
    assert isinstance(dialogue, DialogueGuide)
    assert isinstance(listening, ListeningGuide)
    assert isinstance(partners, PartnersGuide)
    assert isinstance(tools, ToolsGuide)
    return Guides(conversation, dialogue, listening, partners, tools)


def pieces(guide: Frozen) -> Iterator[tuple[str, int, Piece]]:
    """Every piece of a guide, with the part that it stands in and its place there."""
    for part in type(guide).model_fields:
        found = getattr(guide, part)
        if isinstance(found, tuple):
            yield from ((part, place, piece) for place, piece in enumerate(found))


def conditions(piece: Piece) -> dict[str, Condition]:
    """The conditions of a piece, by the field that they stand in."""
    named = {"when": piece.when}
    if isinstance(piece, Guest):
        named |= {"missing": piece.missing, "careful": piece.careful}
    return {field: condition for field, condition in named.items() if condition is not None}


def _mistakes(document: YamlFile, guide: Frozen, base: KnowledgeBase) -> Iterator[Problem]:
    subjects: set[str] = set()
    if isinstance(guide, ConversationGuide):
        subjects = {subject.id for subject in guide.subjects}
    elif isinstance(guide, ListeningGuide):
        subjects = {method.id for method in guide.methods}
    elif isinstance(guide, PartnersGuide):
        subjects = {goal.id for goal in guide.goals}
    seen: set[str] = set()
    for part, place, piece in pieces(guide):
        for field, expected in _piece_mistakes(piece, seen, subjects, base):
            yield Problem(document.name, document.line((part, place, field)), f"{piece.id}: {field}", expected)
        seen.add(piece.id)


def _piece_mistakes(piece: Piece, seen: Set[str], subjects: Set[str], base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """(field, what was expected) for each mistake in a piece that only shows beside the others."""
    if piece.id in seen:
        yield "id", "expected an id that is not used yet"
    for lesson in piece.lessons:
        if lesson not in base.lessons:
            yield "lessons", f"expected the id of a lesson, found {lesson!r}"
    for expected in citation_problems(base, piece.sources):
        yield "sources", expected
    for subject in piece.subjects:
        if subject not in subjects:
            yield "subjects", f"expected the id of a subject, found {subject!r}"
    for field, condition in conditions(piece).items():
        for expected in condition_problems(condition, base.questions, findings_in(condition)):
            yield field, expected
    if isinstance(piece, Block) and (piece.when is not None or piece.advised or piece.subjects):
        yield "id", "expected a part of an agenda without a condition: all of them are always held"
    for field, question_id, options in _options(piece):
        asked = base.questions.get(question_id)
        for one in options:
            if asked is None or asked.option(one) is None:
                yield field, f"expected an option of {question_id}, found {one!r}"


def _options(piece: Piece) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """The fields of a piece that name options, each with the question that they are of."""
    if isinstance(piece, Method):
        return (("id", METHODS, (piece.id,)), ("covers", AIMS, piece.covers), ("misses", GROUPS, piece.misses))
    return ()
