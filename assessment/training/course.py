"""A case as a row of slides: the story in steps, a vote before the advice, then what happened and the lesson."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assessment.model import ActVerdict, Advice, Recommendation
from knowledge.acts import CHAPTER
from knowledge.model import Answers, Choice, Outcome, Scenario, Vote
from knowledge.text import Text

SlideKind = Literal["begin", "story", "vote", "advice", "happened", "lesson"]
OTHERS = 3
"""How many other recommendations the vote on the advice offers beside the first."""
MOST, ENOUGH = 5, 3
"""How many recommendations the slide of the advice names, and how many a case needs to be worth playing."""


@dataclass(frozen=True)
class Slide:
    """One moment of a training. Without a `title` its kind says what it is; `notes` are for the trainer alone."""

    kind: SlideKind
    text: tuple[Text, ...] = ()
    title: Text | None = None
    notes: tuple[Text, ...] = ()
    vote: Vote | None = None


@dataclass(frozen=True)
class Point:
    """One advice as a group sees it: a sentence, why here, the vote that was about it, what the company really did."""

    advice: str
    says: Text
    why: Text
    danger: bool
    vote: Vote | None
    really: Text | None


def course(case: Scenario, advice: Advice) -> tuple[Slide, ...]:
    """The slides of a case. One that was not made ready for a group votes on what the advice puts first."""
    training = case.training
    if training is None:
        story = [Slide("story", (paragraph,)) for paragraph in case.story]
        vote = first_advice(advice)
        votes = [Slide("vote", vote=vote)] if vote is not None else []
        return (Slide("begin", title=case.title), *story, *votes, *_end(case, ()))
    slides = [Slide("begin", (), case.title, _notes(training.aim, training.notes))]
    for step in training.steps:
        slides.append(Slide("story", (step.text,), step.title, _notes(step.notes)))
        if step.vote is not None:
            slides.append(Slide("vote", (), step.vote.question, _notes(step.notes), step.vote))
    return (*slides, *_end(case, _notes(training.closing)))


def votes(slides: tuple[Slide, ...]) -> dict[str, Vote]:
    """Every vote of a course by its id."""
    return {slide.vote.id: slide.vote for slide in slides if slide.vote is not None}


def points(case: Scenario, advice: Advice) -> tuple[Point, ...]:
    """What the slide of the advice names, in the order of the advice.

    What endangers people is always among it; then what the case tells the outcome of, then what else is most urgent.
    """
    training = case.training
    outcomes = {one.advice: one for one in training.outcomes} if training is not None else {}
    known = {vote.id: vote for vote in training.votes} if training is not None else {}
    given: list[ActVerdict | Recommendation] = [one for one in advice.verdicts if one.asks]
    given += [one for one in advice.recommendations if one.card in outcomes]
    order = sorted(given, key=lambda one: (not _endangers(one), _id(one) not in outcomes))
    kept = {_id(one) for one in order[:MOST]}
    return tuple(_point(one, outcomes, known) for one in given if _id(one) in kept)


def playable(case: Scenario, advice: Advice) -> bool:
    """Whether there is enough in a case to play it with a group; one's own always is."""
    return case.own or len(points(case, advice)) >= ENOUGH


def with_choice(answers: Mapping[str, object], choice: Choice) -> Answers:
    """The answers of a case in which the company does what a choice says: acts come on top, other answers instead."""
    found: Answers = dict(answers)  # type: ignore[arg-type]
    for question, answer in choice.answers.items():
        before = found.get(question, ())
        is_list = question.startswith(f"{CHAPTER}.") and isinstance(answer, tuple) and isinstance(before, tuple)
        found[question] = tuple(dict.fromkeys((*before, *answer))) if is_list else answer  # type: ignore[misc]
    return found


def first_advice(advice: Advice) -> Vote | None:
    """A vote on what to do first, as this program puts it; None where there is nothing to choose from."""
    if len(advice.recommendations) < 2:
        return None
    first, *others = advice.recommendations
    offered: dict[str, Recommendation] = {one.title.nl: one for one in (first, *others[:OTHERS])}
    if len(offered) < 2:
        return None
    lesson = first.lessons[0].lesson
    return Vote(
        id="first-advice",
        question=Text(nl="Wat zou jij als eerste doen?", en="What would you do first?"),
        choices=tuple(Choice(id=one.card, text=one.title) for _, one in sorted(offered.items())),
        concluded=first.card,
        why=lesson.advice,
        sources=lesson.sources,
    )


def _notes(*some: Text | None) -> tuple[Text, ...]:
    return tuple(one for one in some if one is not None)


def _end(case: Scenario, closing: tuple[Text, ...]) -> tuple[Slide, ...]:
    return (
        Slide("advice"),
        Slide("happened", (case.decided, case.happened)),
        Slide("lesson", (case.teaching,), notes=closing),
    )


def _id(one: ActVerdict | Recommendation) -> str:
    return one.act if isinstance(one, ActVerdict) else one.card


def _endangers(one: ActVerdict | Recommendation) -> bool:
    return isinstance(one, ActVerdict) and one.tier == 1


def _point(one: ActVerdict | Recommendation, outcomes: Mapping[str, Outcome], known: Mapping[str, Vote]) -> Point:
    outcome = outcomes.get(_id(one))
    if isinstance(one, ActVerdict):
        says, why = _sentence(one.instead or one.label), one.because
    else:
        first = _sentence(one.lessons[0].lesson.advice)
        says, why = one.title if first.nl.endswith("?") else first, one.lessons[0].reasons[0].says
    return Point(
        advice=_id(one),
        says=says,
        why=why,
        danger=_endangers(one),
        vote=known.get(outcome.vote) if outcome is not None and outcome.vote is not None else None,
        really=outcome.really if outcome is not None else None,
    )


def _sentence(text: Text) -> Text:
    """The first sentence."""
    nl, en = (re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0] for words in (text.nl, text.en))
    return Text(nl=nl, en=en)
