"""What an assessment consists of and what comes out of it. All of it is plain data that can be written as JSON."""

from datetime import date
from typing import Literal

from pydantic import Field

from knowledge.model import Answer, Answers, Lesson, Phase, Severity
from knowledge.text import Frozen, Id, Text
from rules.engine.inference import EngineName
from rules.meaning import NOT_ASKED
from rules.words import SPECIAL

Level = Literal["fragile", "emerging", "solid", "strong"]


class Assessment(Frozen):
    """One company's answers. A question that is not in `answers` is unanswered.

    `notes` are the user's own words per question; rules and scores never see them.
    """

    title: str = Field(max_length=200)
    answers: Answers = Field(default_factory=dict)
    notes: dict[Id, str] = Field(default_factory=dict)
    knowledge_version: str


class AnswerInWords(Frozen):
    """A question with the answer that was given, or the part of it that matters, in words."""

    question: Id
    asked: Text
    answer: Text

    @property
    def is_asked(self) -> bool:
        """Whether the question is asked in this situation."""
        return self.answer != SPECIAL[NOT_ASKED]


class Ground(Frozen):
    """Answers and findings that together are enough for a conclusion."""

    answers: tuple[AnswerInWords, ...]
    findings: tuple["Reason", ...]


class Reason(Frozen):
    """A finding in words and what it rests on; with `holds` False, why it is ruled out. Each ground is enough."""

    rule: Id
    says: Text
    holds: bool
    grounds: tuple[Ground, ...]


class AdvisedLesson(Frozen):
    """A lesson with every reason why it is advised here."""

    lesson: Lesson
    reasons: tuple[Reason, ...] = Field(min_length=1)


class Recommendation(Frozen):
    """Lessons of one card that are advised here; its severity and phase are the most urgent of theirs."""

    card: Id
    theme: Id
    title: Text
    severity: Severity
    phase: Phase
    lessons: tuple[AdvisedLesson, ...] = Field(min_length=1)


class Contribution(Frozen):
    """What one question adds to a score: its weight and the lowest and highest points (0 to 1) it can have."""

    question: Id
    asked: Text
    answer: Text
    weight: int
    lowest: float
    highest: float
    certain: bool


class Score(Frozen):
    """The score of a theme, of an element of SER's model, or of all questions (`about` is then 'overall').

    A range in per cent; both ends are equal once everything is known. `capped_by` holds the open safety findings that
    keep it at the lowest level but one.
    """

    about: Id
    title: Text
    lowest: float = Field(ge=0, le=100)
    highest: float = Field(ge=0, le=100)
    lowest_level: Level
    highest_level: Level
    capped_by: tuple[Reason, ...]
    contributions: tuple[Contribution, ...]


class Homework(Frozen):
    """An answer 'don't know' that matters: what to find out, and the cards of the advice that hang on it."""

    question: Id
    asked: Text
    find_out: Text | None
    cards: tuple[Id, ...]


class Progress(Frozen):
    """How many questions are asked, how many have an answer, and how many open ones can still change the advice."""

    asked: int
    answered: int
    can_change_advice: int


class Advice(Frozen):
    """Everything that follows from one assessment, most urgent first."""

    format: Literal[1] = 1
    title: str
    made_on: date
    knowledge_version: str
    rules_version: str
    engine: EngineName
    progress: Progress
    recommendations: tuple[Recommendation, ...]
    overall: Score | None
    scores: tuple[Score, ...]
    element_scores: tuple[Score, ...]
    homework: tuple[Homework, ...]
    answered: tuple[AnswerInWords, ...]

    @property
    def safety(self) -> tuple[Recommendation, ...]:
        """The recommendations in which the safety of people is at stake."""
        return tuple(one for one in self.recommendations if one.severity == "critical")


class NextQuestion(Frozen):
    """An open question, how much its answer settles on average (0 or more), and how many lessons it can still bring."""

    question: Id
    settles: float
    lessons: int


class Variant(Frozen):
    """Another answer to one question, and the lessons that would appear and vanish."""

    question: Id
    answer: Answer
    appeared: tuple[Id, ...]
    vanished: tuple[Id, ...]


class Change(Frozen):
    """The fewest other answers that bring a lesson or remove it: as ids, in words, and what was answered before."""

    lesson: Id
    removes: bool
    answers: Answers
    words: tuple[AnswerInWords, ...]
    instead_of: tuple[Text, ...]


class WhyNot(Frozen):
    """Why a lesson is not advised. `because` tells why the nearest rule is false; None while it is undecided.

    `change` is None where no answers bring the lesson while the assessment stays about the same thing.
    """

    lesson: Id
    rule: Id
    says: Text
    undecided: bool
    because: Reason | None
    change: Change | None


Ground.model_rebuild()
