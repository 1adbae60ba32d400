"""What an assessment consists of and what comes out of it. All of it is plain data that can be written as JSON."""

from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

from pydantic import Field

from knowledge.acts import State, Tier, VerdictKind
from knowledge.frames import FLAG, NUMBER, TEXT, frame, joined
from knowledge.model import Answers, Basis, Citation, Lesson, Phase, Severity
from knowledge.text import Frozen, Id, Language, Text
from rules.engine.inference import EngineName
from rules.meaning import NOT_ASKED
from rules.model import Weight
from rules.words import SPECIAL

if TYPE_CHECKING:
    from pandas import DataFrame

Going = Literal["as-planned", "changed", "later", "not-like-this", "stopped", "not-known"]
Level = Literal["fragile", "emerging", "solid", "strong"]


class Assessment(Frozen):
    """One company's answers. A question that is not in `answers` is unanswered.

    `notes` are the user's own words per question; rules and scores never see them.
    """

    title: str = Field(max_length=200)
    answers: Answers = Field(default_factory=dict)
    notes: dict[Id, str] = Field(default_factory=dict)
    knowledge_version: str


LONGEST_TITLE = 200
"""Characters of the title of an assessment; what is longer is cut."""


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

    def answers(self) -> tuple[AnswerInWords, ...]:
        """The answers below the first ground, which is enough by itself, those of its findings included, each once."""
        if not self.grounds:
            return ()
        ground = self.grounds[0]
        below = (answer for finding in ground.findings for answer in finding.answers())
        return tuple(dict.fromkeys((*ground.answers, *below)))


class AdvisedLesson(Frozen):
    """A lesson with every reason why it is advised here, and the weightiest ground of these."""

    lesson: Lesson
    ground: Weight
    reasons: tuple[Reason, ...] = Field(min_length=1)


class Recommendation(Frozen):
    """Lessons of one card that are advised here; its severity, phase and ground are the most urgent of theirs."""

    card: Id
    theme: Id
    title: Text
    severity: Severity
    phase: Phase
    ground: Weight
    lessons: tuple[AdvisedLesson, ...] = Field(min_length=1)


SAID_OF_A_STATE: dict[str, str] = {"stop": "stop-state", "first-this": "first-this-state"}
"""The verdicts that have another word where a state of affairs gets them."""


class ActVerdict(Frozen):
    """The verdict on one act, or on what an answer says: what to do, why, and what it rests on.

    `reason` holds the evidence, `sources` the passages of its first lesson. `occasion` is that of its list. `also` are
    the rows that were ticked and need no line of their own beside this one; `rows` are those of which the user's words
    belong here: its own and of `also` what is not good, or the user's own question that it answers. `circumstance`
    where it is a state of affairs, which cannot be stopped. `covered` are the verdicts on those of `rows` that ask for
    something and are told with it, for where the user's own words show that they are acts of their own.
    """

    act: Id
    also: tuple[Id, ...] = ()
    rows: tuple[Id, ...] = ()
    label: Text
    state: State
    good: bool
    ticked: bool
    circumstance: bool = False
    verdict: VerdictKind
    tier: Tier
    because: Text
    instead: Text | None
    say: Text | None
    do_not_say: Text | None
    lessons: tuple[Id, ...]
    basis: Basis
    sources: tuple[Citation, ...]
    card: Id
    occasion: Id | None
    theme: Id
    reason: Reason
    covered: tuple["ActVerdict", ...] = ()

    @property
    def asks(self) -> bool:
        """Whether something has to be done or left: everything but 'go ahead'."""
        return self.verdict != "go-ahead"

    @property
    def said_as(self) -> str:
        """The kind of the word that stands before it: that of its verdict, or another one for a state of affairs."""
        return SAID_OF_A_STATE.get(self.verdict, self.verdict) if self.circumstance else self.verdict


class HeldRow(Frozen):
    """A ticked row on which nothing can be said until something else has changed, and what to mind once it can be.

    `over` where it was done or is a state of affairs, so that there is nothing to wait with.
    """

    row: Id
    label: Text
    mind: Text | None = None
    over: bool = False


class OccasionVerdict(Frozen):
    """Whether an occasion can go on: as planned, changed, later, not as planned now (people are in danger, or something
    must stop), or not to be said yet."""

    occasion: Id
    title: Text
    verdict: Going


class Checklist(Frozen):
    """One card: all that belongs to one act, occasion or party, and how it stands.

    `together` is how it is done well, where much on it must change; `verdicts` are ids of acts, most urgent first, and
    `recommendations` ids of lesson cards with more on it. `missing`, `arranged` and `unknown` are the answers that are
    not good, that are, and 'don't know'.
    """

    card: Id
    title: Text
    together: Text | None = None
    occasion: Id | None
    tier: Tier
    verdicts: tuple[Id, ...]
    missing: tuple[AnswerInWords, ...]
    arranged: tuple[AnswerInWords, ...]
    unknown: tuple[AnswerInWords, ...]
    recommendations: tuple[Id, ...]


class Contribution(Frozen):
    """A condition that counts in a score: met (1) or not (0) at the lowest and at the highest."""

    question: Id
    asked: Text
    answer: Text
    lowest: float
    highest: float
    certain: bool


class Standing(Frozen):
    """How many conditions are met, how many are not known, and how many there are."""

    met: int
    unknown: int
    all: int


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

    @property
    def standing(self) -> Standing:
        """What the score comes down to: a condition that may not count is not known."""
        met = sum(one.certain and one.lowest == 1 for one in self.contributions)
        unknown = sum(not one.certain or one.lowest != one.highest for one in self.contributions)
        return Standing(met=met, unknown=unknown, all=len(self.contributions))


class Homework(Frozen):
    """An answer 'don't know' that matters: what to find out, and the acts and cards of the advice that hang on it."""

    question: Id
    asked: Text
    find_out: Text | None
    acts: tuple[Id, ...]
    cards: tuple[Id, ...]


class Progress(Frozen):
    """How many questions are asked, how many have an answer, and how many open ones can still change the advice.

    `unknown` is how many of the answers are 'don't know'.
    """

    asked: int
    answered: int
    can_change_advice: int
    unknown: int = 0


class Advice(Frozen):
    """Everything that follows from one assessment, most urgent first."""

    format: Literal[2] = 2
    title: str
    made_on: date
    knowledge_version: str
    rules_version: str
    engine: EngineName
    progress: Progress
    verdicts: tuple[ActVerdict, ...]
    withheld: tuple[HeldRow, ...] = ()
    occasions: tuple[OccasionVerdict, ...]
    checklists: tuple[Checklist, ...]
    recommendations: tuple[Recommendation, ...]
    overall: Score | None
    scores: tuple[Score, ...]
    element_scores: tuple[Score, ...]
    homework: tuple[Homework, ...]
    answered: tuple[AnswerInWords, ...]

    @property
    def safety(self) -> tuple[ActVerdict, ...]:
        """The acts that must stop because they endanger people."""
        return tuple(one for one in self.verdicts if one.tier == 1 and one.asks)

    def to_frame(self, language: Language = "nl") -> "DataFrame":
        """A row for each act with its verdict, most urgent first.

        Columns: `act` (id), `label`, `because`, `instead`, `say`, `do_not_say` (missing where there is none), `card`,
        `theme`, `basis`, `lessons` and `sources` (joined by '; '), all text; `verdict` (category: stop, first-this,
        go-ahead, repair), `state` (category: planned, done), `tier` (int64, 1 is the most urgent), `ticked` (bool).
        No act has the same columns and no rows.
        """
        columns = {"act": TEXT, "label": TEXT, "verdict": get_args(VerdictKind), "state": get_args(State),
                   "tier": NUMBER, "ticked": FLAG, "because": TEXT, "instead": TEXT, "say": TEXT, "do_not_say": TEXT,
                   "card": TEXT, "theme": TEXT, "basis": TEXT, "lessons": TEXT, "sources": TEXT}  # fmt: skip
        rows = (
            (
                one.act,
                one.label.in_(language),
                one.verdict,
                one.state,
                one.tier,
                one.ticked,
                one.because.in_(language),
                *(text.in_(language) if text else None for text in (one.instead, one.say, one.do_not_say)),
                one.card,
                one.theme,
                one.basis,
                joined(one.lessons),
                joined(f"{at.source}: {at.at}" for at in one.sources),
            )
            for one in self.verdicts
        )
        return frame(columns, rows)

    def with_verdict(self, *kinds: VerdictKind) -> tuple[ActVerdict, ...]:
        """The verdicts of these kinds, in order."""
        return tuple(one for one in self.verdicts if one.verdict in kinds)

    @property
    def allowed(self) -> tuple[ActVerdict, ...]:
        """What was ticked and can go on as it is, without being a strength; nothing where the plan endangers people."""
        return () if self.safety else self._neutral

    @property
    def unsaid(self) -> tuple[HeldRow, ...]:
        """The rows on which nothing is said until something else has changed."""
        neutral = (
            HeldRow(row=row, label=one.label, over=one.state == "done" or one.circumstance)
            for one in self._neutral
            if self.safety
            for row in one.rows
        )
        return (*self.withheld, *neutral)

    @property
    def _neutral(self) -> tuple[ActVerdict, ...]:
        return tuple(one for one in self.with_verdict("go-ahead") if one.ticked and not one.good)

    @property
    def keep(self) -> tuple[ActVerdict, ...]:
        """What is good as it is: what was ticked, and where nobody is in danger also what the answers tell."""
        good = [one for one in self.with_verdict("go-ahead") if one.good and (one.ticked or not self.safety)]
        return tuple(sorted(good, key=lambda one: not one.ticked))


Ground.model_rebuild()
