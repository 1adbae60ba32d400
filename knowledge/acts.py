"""Acts: what a manager plans or has done, each with the verdicts that it can get, and the lists that ask for them."""

from collections.abc import Mapping
from typing import Literal, Self

from pydantic import Field, model_validator

from knowledge.condition import AllOf, Condition, Includes
from knowledge.model import Basis, Element, Option, Question, Step
from knowledge.text import LANGUAGES, Frozen, Id, Text

VerdictKind = Literal["stop", "first-this", "go-ahead", "repair"]
Tier = Literal[1, 2, 3, 4, 5, 6, 7]
State = Literal["planned", "done"]

Means = Literal["union", "organisation", "complaints", "tool", "audit", "talk", "supplier-talk", "event", "visit"]
"""What an act can be part of: a way of hearing people, a talk with the supplier, a meeting, a visit."""

CHAPTER = "acts"
"""The chapter of the questions that ask for acts: `acts.<list>`."""
DONE = "-done"
"""What the id of an act's option ends in when the act is done instead of planned."""
AS_DONE: dict[VerdictKind, VerdictKind] = {"stop": "repair"}
NONE = "none"
PARTS = "{parts}"


class Verdict(Frozen):
    """What we say of an act where `when` holds; left out, it always does.

    `tier` is its place in the order of advice, from 1 (endangers people) to 7 (context); see
    `assessment.verdicts.order`.
    `unsuitable` says that the means of the act does not fit here at all: nothing is then said on how to improve it.
    """

    verdict: VerdictKind
    when: Condition | None = None
    tier: Tier
    because: Text
    instead: Text | None = None
    say: Text | None = None
    do_not_say: Text | None = None
    lessons: tuple[Id, ...] = Field(min_length=1)
    basis: Basis
    unsuitable: bool = False

    @model_validator(mode="after")
    def _says_what_to_do(self) -> Self:
        if self.verdict != "go-ahead" and self.instead is None:
            raise ValueError("expected `instead`: what to do")
        return self


class Act(Frozen):
    """One act, with a decision list per state: the first verdict whose condition is true is given.

    The last of each list has no condition, so an act always reaches a verdict, and what protects people stands last:
    it holds unless the safe answers were given. An act is ticked in a list as planned or done, unless `given` says from
    which answer to another question it follows. `under` is the act that it says more exactly: its row is shown where
    that one is ticked, and takes its place in the advice. `covers` names acts that need no line of their own beside
    this one, as it says the same and more. `means` is the way of hearing people that it is about. `lasting` is a state
    of affairs, which is not done but is so.
    """

    id: Id
    label: Text
    card: Id
    means: Means | None = None
    under: Id | None = None
    covers: tuple[Id, ...] = ()
    good: bool = False
    given: Condition | None = None
    lasting: bool = False
    verdicts: tuple[Verdict, ...] = Field(min_length=1)
    done: tuple[Verdict, ...] = ()

    @property
    def ticked(self) -> bool:
        """Whether it is a row of a list."""
        return self.given is None

    @property
    def states(self) -> tuple[State, ...]:
        """The states in which it can be."""
        return ("planned",) if self.lasting or not self.ticked else ("planned", "done")

    def in_state(self, state: State) -> tuple[Verdict, ...]:
        """The decision list for a state. What was done and has no list of its own gets that of what is planned; what
        must stop is then to be put right."""
        if state == "planned" or self.done:
            return self.done if state == "done" else self.verdicts
        return tuple(one.model_copy(update={"verdict": AS_DONE.get(one.verdict, one.verdict)}) for one in self.verdicts)

    @property
    def takes_place_of(self) -> frozenset[str]:
        """The acts that need no line of their own beside this one."""
        return frozenset((*self.covers, *([self.under] if self.under else ())))

    @model_validator(mode="after")
    def _always_a_verdict(self) -> Self:
        for verdicts in filter(None, (self.verdicts, self.done)):
            if [one.when is None for one in verdicts] != [False] * (len(verdicts) - 1) + [True]:
                raise ValueError("expected a condition for every verdict but the last")
        if self.id.endswith(DONE) or self.id == NONE:
            raise ValueError(f"expected an id that is not {NONE} and does not end in {DONE}")
        if self.done and not (self.ticked and not self.lasting):
            raise ValueError("expected `done` only for an act that is ticked and can be done")
        return self


class ActList(Frozen):
    """A list of acts as a question: what is planned and what is done on one `occasion`, or on any.

    `asks_words` is for rows that say little without the user's own words.
    """

    id: Id
    theme: Id
    occasion: Id | None = None
    asks_words: bool = False
    text: Text
    why: Text
    ask_when: Condition | None = None
    element: Element
    step: Step
    acts: tuple[Act, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _rows_under_rows(self) -> Self:
        above: str | None = None
        for act in self.acts:
            if act.under is None:
                above = act.id if act.ticked else None
            elif act.under != above or not act.ticked:
                raise ValueError(f"expected {act.id} as a row directly behind {act.under}")
        return self

    @property
    def question(self) -> Question:
        """The list as a question: an option for each act as planned, one for it as done, and one for none of them."""
        options = [
            Option(
                id=act.id if state == "planned" else act.id + DONE,
                label=in_state(act, state),
                also=act.id + DONE if act.lasting else None,
                under=act.under,
            )
            for act in self.acts
            if act.ticked
            for state in act.states
        ]
        none = Option(id=NONE, label=Text(nl="Niets hiervan", en="None of these"), exclusive=True)
        return Question(
            id=f"{CHAPTER}.{self.id}",
            text=self.text,
            why=self.why,
            ask_when=self.ask_when,
            kind="several",
            under=self.theme,
            asks_words=self.asks_words,
            element=self.element,
            step=self.step,
            options=(*options, none),
        )


def in_state(act: Act, state: State) -> Text:
    """The label of an act with its state."""
    if state == "planned":
        return act.label
    return Text(nl=f"{act.label.nl.rstrip('.')} (gedaan).", en=f"{act.label.en.rstrip('.')} (done).")


def condition_of(act: Act, state: State, list_id: str) -> Condition:
    """When an act is in this state."""
    if act.given is not None:
        return act.given
    return Includes(question=f"{CHAPTER}.{list_id}", includes=act.id if state == "planned" else act.id + DONE)


def verdict_condition(act: Act, state: State, place: int, list_id: str) -> Condition:
    """When the verdict at `place` of the decision list may be given: the act is in this state, and its condition."""
    ticked = condition_of(act, state, list_id)
    when = act.in_state(state)[place].when
    return ticked if when is None else AllOf(all=(ticked, when))


class Joint(Frozen):
    """What is told at once of acts on one card that must stop for the same reason, where there are many of them.

    `parts` says per act what is done instead; they stand in `instead` at {parts}. It is our own conclusion.
    """

    because: Text
    instead: Text
    parts: dict[Id, Text] = Field(min_length=2)

    @model_validator(mode="after")
    def _has_a_place_for_the_parts(self) -> Self:
        if not all(self.instead.in_(language).count(PARTS) == 1 for language in LANGUAGES):
            raise ValueError(f"expected `instead` with {PARTS} once")
        return self


class Checklist(Frozen):
    """What belongs to one act, occasion or party, shown as one card: the questions and lesson cards that it holds.

    Its title is an act. `occasion` is the option of `core.occasions` that it belongs to; without one, it is for all.
    `together` is how it is done well, told where much on it must be otherwise; `joint` tells many of its acts at once.
    """

    id: Id
    title: Text
    together: Text | None = None
    joint: Joint | None = None
    occasion: Id | None = None
    holds: tuple[Id, ...] = ()


def lists_by_act(lists: Mapping[str, ActList]) -> dict[str, str]:
    """The list in which each act stands, by id of the act."""
    return {act.id: each.id for each in lists.values() for act in each.acts}
