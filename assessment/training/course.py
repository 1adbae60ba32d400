"""A case as a row of slides: the story in steps, a vote before the advice, then what happened and the lesson."""

from dataclasses import dataclass
from typing import Literal

from assessment.model import Advice, Recommendation
from knowledge.model import Choice, Scenario, Vote
from knowledge.text import Text

SlideKind = Literal["begin", "story", "vote", "advice", "happened", "lesson"]
OTHERS = 3
"""How many other recommendations the vote on the advice offers beside the first."""


@dataclass(frozen=True)
class Slide:
    """One moment of a training. Without a `title` its kind says what it is; `notes` are for the trainer alone."""

    kind: SlideKind
    text: tuple[Text, ...] = ()
    title: Text | None = None
    notes: Text | None = None
    vote: Vote | None = None


def course(case: Scenario, advice: Advice) -> tuple[Slide, ...]:
    """The slides of a case. One that was not made ready for a group votes on what the advice puts first."""
    training = case.training
    if training is None:
        story = [Slide("story", (paragraph,)) for paragraph in case.story]
        vote = first_advice(advice)
        votes = [Slide("vote", vote=vote)] if vote is not None else []
        return (Slide("begin", title=case.title), *story, *votes, *_end(case, None))
    slides = [Slide("begin", (training.aim,), case.title, training.notes)]
    for step in training.steps:
        slides.append(Slide("story", (step.text,), step.title, step.notes))
        if step.vote is not None:
            slides.append(Slide("vote", (), step.vote.question, step.notes, step.vote))
    return (*slides, *_end(case, training.closing))


def votes(slides: tuple[Slide, ...]) -> dict[str, Vote]:
    """Every vote of a course by its id."""
    return {slide.vote.id: slide.vote for slide in slides if slide.vote is not None}


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


def _end(case: Scenario, closing: Text | None) -> tuple[Slide, ...]:
    return (
        Slide("advice"),
        Slide("happened", (case.decided, case.happened)),
        Slide("lesson", (case.teaching,), notes=closing),
    )
