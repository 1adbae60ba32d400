"""The dialogue planner: a dialogue with several parties from goal to report, as a view on findings and lessons.

A number to try comes down to an act of the programme or not; with other acts the rules run again.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil
from typing import Annotated, Literal

from pydantic import Field

from assessment.advisers.conversation import AgendaPart
from assessment.advisers.situation import Saying, Situation, divided
from knowledge.acts import NONE
from knowledge.adviser_texts import DialogueGuide, Guest, Step, guides, pieces
from knowledge.condition import Condition
from knowledge.model import Answer, Answers, Question
from knowledge.text import Frozen, Id, Text
from rules.engine.inference import Inference

Standing = Literal["invite", "missing", "careful"]

OCCASIONS, COMING, HELD = "core.occasions", "event", ("over.what", "event")
PROGRAMME, SHORT = "acts.event-programme", "three-hours-or-less"
WORKERS_HEARD = "listening.talk-is-planned"
LAST = "closing"
"""The part of the agenda that is for agreements."""
NUMBERS: Mapping[str, tuple[int, int]] = {"hours": (0, 60), "group_size": (0, 200), "closing": (0, 480)}
"""The numbers that a plan can try, from least to most."""
LIMITS: Mapping[str, tuple[Id, int, int]] = {
    "hours": (SHORT, 0, 3),
    "group_size": ("working-group-too-large", 9, 200),
    "closing": ("closing-under-half-hour", 0, 29),
}
"""The act that a number comes down to, with the numbers from and to which it does, as its label has them."""


class DialoguePlan(Frozen):
    """What is tried in the planner. What is left out is proposed.

    `blocks` gives minutes per part of the agenda; the hours of the dialogue are then their sum, in whole hours, and the
    minutes for agreements are those of the closing. A group of no size is no group.
    """

    on: date | None = None
    participants: int | None = Field(default=None, ge=1, le=500)
    hours: int | None = Field(default=None, ge=0, le=60)
    blocks: dict[Id, Annotated[int, Field(ge=0, le=480)]] = Field(default_factory=dict)
    group_size: int | None = Field(default=None, ge=0, le=200)
    closing: int | None = Field(default=None, ge=0, le=480)


class Invited(Frozen):
    """A group to invite, its reason to take part, and how it stands: missing, or a matter of care and why."""

    who: Text
    reason: Saying
    standing: Standing
    because: tuple[Text, ...]


class Dated(Frozen):
    """A step with its days before or after the dialogue and its date, once there is one; `late` where that is past."""

    step: Saying
    days: int
    on: date | None
    late: bool


class Warned(Frozen):
    """Where the plan repeats what went wrong in a pilot."""

    finding: Saying


class PlannedDialogue(Frozen):
    """The plan. Its parts are empty where `applies` is False; `held` tells that the dialogue is over.

    `tried` holds the acts of the programme as the numbers tried make them, where they differ from the answers;
    `adjustable` tells that they can be saved. `proposed` tells that the minutes are ours. `hours` and `closing` are
    those tried. `open` holds the questions that can still change the plan.
    """

    applies: bool
    held: bool
    on: date | None = None
    past: bool = False
    goals: tuple[Saying, ...] = ()
    core_team: tuple[Saying, ...] = ()
    guests: tuple[Invited, ...] = ()
    voices: tuple[Saying, ...] = ()
    inviting: tuple[Saying, ...] = ()
    facilitator: tuple[Saying, ...] = ()
    before: tuple[Dated, ...] = ()
    after: tuple[Dated, ...] = ()
    calendar: tuple[Saying, ...] = ()
    parts: tuple[Saying, ...] = ()
    minutes: int = 0
    hours: int | None = None
    closing: int | None = None
    proposed: bool = False
    agenda: tuple[AgendaPart, ...] = ()
    participants: int | None = None
    group_size: int | None = None
    groups: int | None = None
    session: tuple[Saying, ...] = ()
    workers: tuple[Saying, ...] = ()
    warnings: tuple[Warned, ...] = ()
    adjustable: bool = False
    tried: Answers = Field(default_factory=dict)
    open: tuple[Id, ...] = ()


def planned_dialogue(
    answers: Mapping[str, Answer],
    inference: Inference,
    plan: DialoguePlan | None = None,
    today: date | None = None,
    guide: DialogueGuide | None = None,
) -> PlannedDialogue:
    """The plan for the dialogue that these answers are about, with the numbers that `plan` tries.

    `today` tells which steps are late; left out, it is the current day. `guide`, the product's if left out, holds
    the words.
    """
    guide, plan, today = guide or guides().dialogue, plan or DialoguePlan(), today or date.today()
    minutes, proposed = _blocks(answers, plan, guide)
    tried = _tried(answers, plan, minutes, inference.base.knowledge.questions[PROGRAMME])
    here = Situation({**answers, **tried}, inference)
    coming, held = here.chose(OCCASIONS, COMING), here.chose(*HELD)
    if not coming:
        waiting = () if held else (OCCASIONS,)
        after = _dated(here, guide.after, plan.on, today, 1) if held else ()
        return PlannedDialogue(applies=held, held=held, on=plan.on, after=after, open=here.in_order(waiting))
    size, postponed = plan.group_size, here.said(guide.postponed)
    return PlannedDialogue(
        applies=True,
        held=False,
        on=plan.on,
        past=plan.on is not None and plan.on < today,
        goals=here.said(guide.goals),
        core_team=here.said(guide.core_team),
        guests=tuple(_invited(here, guest) for guest in guide.guests if here.belongs(guest)),
        voices=(*postponed, *here.said(guide.voices)),
        inviting=here.said(guide.inviting),
        facilitator=here.said(guide.facilitator),
        before=_dated(here, guide.before, plan.on, today, -1),
        after=_dated(here, guide.after, plan.on, today, 1),
        calendar=here.said(guide.calendar),
        parts=here.said(guide.parts),
        minutes=sum(minutes),
        hours=plan.hours,
        closing=plan.blocks.get(LAST, plan.closing),
        proposed=proposed,
        agenda=tuple(
            AgendaPart(id=block.id, title=block.title, minutes=some, how=here.saying(block), theirs=block.theirs)
            for block, some in zip(guide.agenda, minutes, strict=True)
        ),
        participants=plan.participants,
        group_size=size,
        groups=ceil(plan.participants / size) if plan.participants and size else None,
        session=here.said(guide.session),
        workers=here.said(guide.workers) if here.found(WORKERS_HEARD) and not postponed else (),
        warnings=tuple(Warned(finding=here.saying(alarm)) for alarm in guide.alarms if here.belongs(alarm)),
        adjustable=bool(here.trace.memory.asked[PROGRAMME]),
        tried={question: acts for question, acts in tried.items() if answers.get(question) != acts},
        open=here.in_order(here.open_questions(piece for _, _, piece in pieces(guide))),
    )


def _blocks(answers: Mapping[str, Answer], plan: DialoguePlan, guide: DialogueGuide) -> tuple[tuple[int, ...], bool]:
    """The minutes of each part of the agenda, and whether they are our proposal.

    What is set apart for the closing is kept; the other parts share the rest.
    """
    chosen = answers.get(PROGRAMME)
    short = isinstance(chosen, tuple) and SHORT in chosen
    total = plan.hours * 60 if plan.hours is not None else guide.short if short else guide.minutes
    shares = [block.share for block in guide.agenda]
    default = dict(zip((block.id for block in guide.agenda), divided(total, shares), strict=True))
    if plan.closing is not None:
        others = [block for block in guide.agenda if block.id != LAST]
        kept = min(plan.closing, total)
        rest = divided(total - kept, [block.share for block in others])
        default = {**dict(zip((block.id for block in others), rest, strict=True)), LAST: kept}
    minutes = tuple(plan.blocks.get(block.id, default[block.id]) for block in guide.agenda)
    return minutes, plan.hours is None and not short and not plan.blocks


def _tried(answers: Mapping[str, Answer], plan: DialoguePlan, minutes: tuple[int, ...], question: Question) -> Answers:
    """The acts of the programme as the numbers of the plan make them; nothing where it tries none."""
    numbers = {
        "hours": sum(minutes) // 60 if plan.blocks else plan.hours,
        "group_size": plan.group_size,
        "closing": plan.blocks.get(LAST, plan.closing),
    }
    given = answers.get(PROGRAMME)
    acts = set(given) - {NONE} if isinstance(given, tuple) else set()
    before = set(acts)
    for name, number in numbers.items():
        act, least, most = LIMITS[name]
        if number is not None:
            acts = acts | {act} if least <= number <= most else acts - {act}
    if acts == before:
        return {}
    return {PROGRAMME: tuple(option.id for option in question.options if option.id in acts) or (NONE,)}


def _invited(here: Situation, guest: Guest) -> Invited:
    standing: Standing = "invite"
    because: tuple[Text, ...] = ()
    standings: tuple[tuple[Condition | None, Standing], ...] = ((guest.careful, "careful"), (guest.missing, "missing"))
    for condition, would_be in standings:  # what is missing counts more
        if condition is not None and here.holds(condition):
            standing = would_be
            why = here.saying(guest.model_copy(update={"when": condition}))
            because = (*(one.says for one in why.reasons), *(one.answer for one in why.answers))
    return Invited(who=guest.who, reason=here.saying(guest), standing=standing, because=because)


def _dated(
    here: Situation, steps: tuple[Step, ...], on: date | None, today: date, direction: Literal[-1, 1]
) -> tuple[Dated, ...]:
    """The steps that belong here, in order of time."""
    found = []
    for step in sorted((one for one in steps if here.belongs(one)), key=lambda one: direction * one.days):
        when = on + timedelta(days=direction * step.days) if on is not None else None
        found.append(Dated(step=here.saying(step), days=step.days, on=when, late=when is not None and when < today))
    return tuple(found)
