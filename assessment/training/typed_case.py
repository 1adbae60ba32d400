"""A case that a trainer types in a form, on the answers of an assessment, without what leads to people."""

import secrets
from dataclasses import dataclass
from typing import Literal

from assessment.anonymity.source import must_be_default, without_source
from assessment.dossier import Dossier
from knowledge.model import Choice, Scenario, StoryStep, Training, Vote
from knowledge.text import Text

LONGEST = 4000
"""Characters of one text that a trainer writes."""
UNTOLD = Text(nl="Dat vertelt de trainer.", en="The trainer tells this.")


@dataclass(frozen=True)
class TypedVote:
    """A vote as a trainer types it; `right` is the place of the right choice, once it was chosen."""

    question: str
    choices: tuple[str, ...]
    right: int | None
    why: str

    @property
    def texts(self) -> tuple[str, ...]:
        """What was typed."""
        return (self.question, *self.choices, self.why)


@dataclass(frozen=True)
class TypedStep:
    """A step of the story as a trainer types it; without a text there is none."""

    title: str
    text: str
    notes: str = ""
    vote: TypedVote | None = None


@dataclass(frozen=True)
class TypedCase:
    """A case as a trainer types it. What was decided, what happened and what it teaches may be empty."""

    title: str
    steps: tuple[TypedStep, ...]
    decided: str = ""
    happened: str = ""
    teaching: str = ""
    aim: str = ""
    minutes: int = 45

    @property
    def texts(self) -> tuple[str, ...]:
        """What was typed."""
        typed = [self.title, self.decided, self.happened, self.teaching, self.aim]
        for step in self.steps:
            typed += [step.title, step.text, step.notes, *(step.vote.texts if step.vote is not None else ())]
        return tuple(one for one in typed if one.strip())


class Incomplete(ValueError):  # noqa: N818
    """What is missing in a typed case: its title, its story, a second step, or a part of the vote in a step."""

    def __init__(self, missing: Literal["title", "story", "steps", "vote"], step: int = 0):
        super().__init__(f"expected a {missing}")
        self.missing, self.step = missing, step


def case_from(dossier: Dossier, typed: TypedCase) -> Scenario:
    """A case with the answers of an assessment and what is advised on them; its title and notes are left out.

    As long as a source must stay hidden, it has the answers of the version for others only, so that nothing in it can
    show that somebody spoke. What a trainer types stands in both languages, since it is typed in one.

    Raises:
        Incomplete: something is missing in what was typed.
    """
    if not typed.title.strip():
        raise Incomplete("title")
    steps = [one for one in typed.steps if one.text.strip()]
    if not steps:
        raise Incomplete("story")
    shown = without_source(dossier) if must_be_default(dossier) else dossier
    told = (typed.decided, typed.happened, typed.teaching)
    decided, happened, teaching = (_same(one[:LONGEST]) if one.strip() else UNTOLD for one in told)
    return Scenario(
        id=f"own-{secrets.token_hex(4)}",
        title=_same(typed.title[:200]),
        story=tuple(_same(one.text[:LONGEST]) for one in steps),
        answers=shown.assessment.answers,
        decided=decided,
        happened=happened,
        teaching=teaching,
        lessons=tuple(one.lesson.id for some in shown.advice.recommendations for one in some.lessons),
        own=True,
        training=_training(typed, steps),
    )


def _training(typed: TypedCase, steps: list[TypedStep]) -> Training | None:
    """The story in steps, where there is a vote in one."""
    votes = [_vote(one.vote, place) if one.vote is not None else None for place, one in enumerate(steps, start=1)]
    if not any(votes):
        return None
    if len(steps) < 2:
        raise Incomplete("steps")
    return Training(
        minutes=typed.minutes,
        aim=_same(typed.aim) if typed.aim.strip() else UNTOLD,
        steps=tuple(
            StoryStep(
                title=_same(one.title[:200]) if one.title.strip() else Text(nl=f"Deel {place}", en=f"Part {place}"),
                text=_same(one.text[:LONGEST]),
                notes=_same(one.notes[:LONGEST]) if one.notes.strip() else None,
                vote=vote,
            )
            for place, (one, vote) in enumerate(zip(steps, votes, strict=True), start=1)
        ),
    )


def _vote(typed: TypedVote, step: int) -> Vote | None:
    """A vote that is complete; None where nothing of it was typed."""
    if not any(one.strip() for one in typed.texts):
        return None
    choices = [(place, one) for place, one in enumerate(typed.choices) if one.strip()]
    right = "" if typed.right is None else typed.choices[typed.right].strip()
    if len(choices) < 2 or not all(one.strip() for one in (typed.question, typed.why, right)):
        raise Incomplete("vote", step)
    return Vote(
        id=f"vote-{step}",
        question=_same(typed.question[:LONGEST]),
        choices=tuple(Choice(id=f"choice-{place}", text=_same(one[:LONGEST])) for place, one in choices),
        concluded=f"choice-{typed.right}",
        why=_same(typed.why[:LONGEST]),
    )


def _same(typed: str) -> Text:
    words = " ".join(typed.split())
    return Text(nl=words, en=words)
