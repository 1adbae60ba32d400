"""The things that the knowledge base consists of: sources, themes, questions, lessons and cases."""

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from knowledge.condition import NOT_APPLICABLE, UNKNOWN, Condition
from knowledge.text import Frozen, Id, Text, Words

Phase = Literal["prepare", "conduct", "follow-up", "always"]
Severity = Literal["critical", "high", "normal"]
LessonKind = Literal["advice", "caution", "advantage", "unsuitable", "barrier", "argument"]
Basis = Literal["stated", "implied", "inferred"]
Element = Literal[
    "motivation", "commitment", "inclusion", "transparency", "personal-contact",
    "organising-the-dialogue", "internal-processes", "collaboration", "knowledge",
]  # fmt: skip
Step = Literal["embed", "identify", "address", "track", "communicate", "remedy"]

Answer = str | tuple[str, ...] | int
"""One option id (or `unknown`, `not-applicable`), the chosen option ids, or a whole number."""
Answers = dict[str, Answer]
"""Question id to answer; a question that is not in it is unanswered."""


class Source(Frozen):
    """One publication, with the headings that citations may point at."""

    id: Id
    title: Text
    publisher: Words
    year: int | None = None
    url: Words
    sections: tuple[Words, ...] = Field(min_length=1, alias="section")


class Citation(Frozen):
    """The place in a publication that a claim rests on."""

    source: Id
    at: Words
    item: Words | None = None


class Theme(Frozen):
    """A chapter of the questionnaire and of the advice."""

    id: Id
    title: Text
    about: Text


class Option(Frozen):
    """One answer that can be chosen: points 1 where a condition is met, 0 where it is not; without points, neither.

    `also` is another id under which it may be given. `under` is the option that it says more exactly: it is shown where
    that one is chosen.
    """

    id: Id
    label: Text
    points: float | None = Field(default=None, ge=0, le=1)
    exclusive: bool = False
    also: Id | None = None
    under: Id | None = None
    phase: Literal["prepare", "conduct", "follow-up"] | None = None


class Band(Frozen):
    """The points of a number from `at_least` up to the next band; without points it is neither good nor bad."""

    at_least: int
    points: float | None = Field(default=None, ge=0, le=1)


class Number(Frozen):
    """The range of a whole-number answer, its unit, and its points where it is scored.

    `to_a_day` is for weeks that are counted from today to a day: then the day itself may be given as well.
    """

    minimum: int
    maximum: int
    unit: Text
    to_a_day: bool = False
    bands: tuple[Band, ...] = ()

    def weeks_to(self, day: date, today: date) -> int:
        """The number that stands for this day: begun weeks from today, within the range; a day that is past is now."""
        return min(max(-((today - day).days // 7), self.minimum), self.maximum)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        starts = [band.at_least for band in self.bands]
        if self.minimum >= self.maximum:
            raise ValueError("expected minimum to be smaller than maximum")
        if starts and (starts != sorted(set(starts)) or starts[0] != self.minimum or starts[-1] > self.maximum):
            raise ValueError("expected bands in rising order, the first at the minimum")
        return self


CHAPTERS = {
    "core": "start",
    "facts": "start",
    "begin": "foundations",
    "talk": "conversation",
    "hear": "listening",
    "means": "listening",
    "org": "partners",
    "event": "dialogue",
    "over": "follow-up",
    "report": "follow-up",
    "public": "follow-up",
}
"""The theme of each chapter of the questionnaire that is not called after its theme; `facts` are findings."""


def theme_of(chapter: str) -> str:
    """The theme of a chapter, which is its own name where CHAPTERS does not say otherwise."""
    return CHAPTERS.get(chapter, chapter)


class Question(Frozen):
    """One thing that we ask. `ask_when` may only test questions that come earlier.

    `frame` marks what the assessment is about: another answer makes it another assessment, so no explanation proposes
    to change it. `protects` marks what decides on the safety of people: only its safe answer, given, takes protection
    away. `card` is the checklist on which it is shown, `under` the theme where the id does not tell it. `asks_words` is
    for a list whose rows say little without the user's own words.
    """

    id: Id
    text: Text
    why: Text
    help: Text | None = None
    find_out: Text | None = None
    ask_when: Condition | None = None
    kind: Literal["one", "several", "number"]
    element: Element
    step: Step
    not_applicable: bool = False
    frame: bool = False
    protects: bool = False
    card: Id | None = None
    under: Id | None = None
    asks_words: bool = False
    options: tuple[Option, ...] = ()
    number: Number | None = None

    @property
    def chapter(self) -> str:
        """The part of the questionnaire in which it stands."""
        return self.id.split(".")[0]

    @property
    def theme(self) -> str:
        """The theme of the advice that it belongs to."""
        return self.under or theme_of(self.chapter)

    @property
    def scored(self) -> bool:
        """Whether it asks for a condition that can be met or not."""
        points = {band.points for band in self.number.bands} if self.number else {one.points for one in self.options}
        return {0, 1} <= points

    def option(self, option_id: str) -> Option | None:
        return next((option for option in self.options if option.id == option_id), None)

    @model_validator(mode="after")
    def _well_formed(self) -> Self:
        ids = [option.id for option in self.options]
        if (self.kind == "number") != (self.number is not None) or (self.kind == "number") == bool(self.options):
            raise ValueError("expected `options` for kind one or several, and `number` for kind number")
        if self.kind != "number" and len(ids) < 2:
            raise ValueError("expected at least two options")
        if len(set(ids)) < len(ids):
            raise ValueError("expected each option id once")
        if {UNKNOWN, NOT_APPLICABLE} & set(ids):
            raise ValueError(f"expected no option called {UNKNOWN} or {NOT_APPLICABLE}: they exist beside the options")
        if any(option.exclusive for option in self.options) and self.kind != "several":
            raise ValueError("expected `exclusive` only in a several-choice question")
        return self


class Lesson(Frozen):
    """What a publication teaches, told in our own words; its id is that of its row in the inventory."""

    id: Id
    phase: Phase
    severity: Severity
    kind: LessonKind
    basis: Basis
    element: Element
    step: Step
    advice: Text
    evidence: Text
    sources: tuple[Citation, ...] = Field(min_length=1)
    cautions: Text | None = None


class Card(Frozen):
    """Lessons that are shown together as one recommendation."""

    card: Id
    title: Text
    lessons: tuple[Lesson, ...] = Field(min_length=1)


class Choice(Frozen):
    """One answer of a group to a question of the trainer; `answers` are those that a company gives who chooses this."""

    id: Id
    text: Text
    answers: Answers = Field(default_factory=dict)


class Vote(Frozen):
    """A question to the group, the choice that the evaluation arrived at, and why."""

    id: Id
    question: Text
    choices: tuple[Choice, ...] = Field(min_length=2, max_length=5)
    concluded: Id
    why: Text
    sources: tuple[Citation, ...] = ()

    @model_validator(mode="after")
    def _well_formed(self) -> Self:
        ids = [choice.id for choice in self.choices]
        if len(set(ids)) < len(ids):
            raise ValueError("expected each choice id once")
        if self.concluded not in ids:
            raise ValueError(f"expected concluded to be one of {', '.join(ids)}, found {self.concluded!r}")
        return self


class StoryStep(Frozen):
    """One moment of a story as a group hears it; `notes` are for the trainer alone."""

    title: Text
    text: Text
    notes: Text | None = None
    vote: Vote | None = None


class Outcome(Frozen):
    """What the company really did about an `advice` (an act or a card), and the vote that was about it."""

    advice: Id
    really: Text
    vote: Id | None = None


class Training(Frozen):
    """A case made ready for a group: its aim and length, the story in steps with votes, and notes for the trainer."""

    minutes: int = Field(ge=5, le=240)
    aim: Text
    notes: Text | None = None
    steps: tuple[StoryStep, ...] = Field(min_length=2)
    closing: Text | None = None
    outcomes: tuple[Outcome, ...] = ()

    @property
    def votes(self) -> tuple[Vote, ...]:
        """The votes, in the order of the story."""
        return tuple(step.vote for step in self.steps if step.vote is not None)

    @model_validator(mode="after")
    def _well_formed(self) -> Self:
        ids = [vote.id for vote in self.votes]
        if not ids:
            raise ValueError("expected a vote in at least one step")
        if len(set(ids)) < len(ids):
            raise ValueError("expected each vote id once")
        if strange := {one.vote for one in self.outcomes} - {*ids, None}:
            raise ValueError(f"expected outcomes of votes that are there, found {', '.join(map(str, strange))}")
        return self


class Scenario(Frozen):
    """A playable case: a story, the answers, and what was learnt from it.

    It comes from a publication, or is `invented` to show a situation that the publications only tell of in general, or
    is a trainer's `own`, which rests on no publication.
    """

    id: Id
    title: Text
    sources: tuple[Citation, ...] = ()
    story: tuple[Text, ...] = Field(min_length=1)
    answers: Answers
    decided: Text
    happened: Text
    teaching: Text
    lessons: tuple[Id, ...] = ()
    not_lessons: tuple[Id, ...] = ()
    invented: bool = False
    own: bool = False
    training: Training | None = None

    @model_validator(mode="after")
    def _has_sources(self) -> Self:
        if not self.sources and not self.own:
            raise ValueError("expected sources, or own for a case of your own")
        if self.training is not None and not self.own:
            for vote in self.training.votes:
                if not vote.sources:
                    raise ValueError(f"expected sources of the vote {vote.id}")
            if None in (self.training.notes, self.training.closing, *(step.notes for step in self.training.steps)):
                raise ValueError("expected notes for the trainer, with every step too, and a closing")
        return self
