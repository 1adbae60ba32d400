"""The dialogue planner: a dialogue with several parties from goal to report, as a view on findings and lessons.

The numbers of a plan are answers to questions. With other numbers the rules run again; no number is judged here.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from math import ceil
from typing import Annotated, Literal

from pydantic import Field

from assessment.advisers.conversation import AgendaPart
from assessment.advisers.situation import Saying, Situation, divided
from knowledge.adviser_texts import DialogueGuide, Guest, Step, guides, pieces
from knowledge.condition import Condition
from knowledge.model import Answer, Answers
from knowledge.text import Frozen, Id, Text
from rules.engine.inference import Inference

Standing = Literal["invite", "missing", "careful"]

OCCASIONS, COMING, HELD = "core.occasions", "event", ("over.what", "event")
HOURS, GROUP_SIZE, CLOSING = "event.hours", "event.group", "event.closing"
WORKERS_HEARD = "listening.talk-is-planned"
NUMBERS = (HOURS, GROUP_SIZE, CLOSING)
"""The questions whose number a plan can try."""
LAST = "closing"
"""The part of the agenda whose minutes CLOSING asks for."""


class DialoguePlan(Frozen):
    """What is tried in the planner. What is left out is taken from the answers, or proposed.

    `blocks` gives minutes per part of the agenda; the hours of the dialogue are then their sum, in whole hours, and the
    minutes for agreements are those of the closing.
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
    """Where the plan repeats what went wrong in a pilot; `number` is the question whose number it hangs on."""

    finding: Saying
    number: Id | None


class PlannedDialogue(Frozen):
    """The plan. Its parts are empty where `applies` is False; `held` tells that the dialogue is over.

    `tried` holds the numbers that differ from the answers; `proposed` tells that the minutes are ours. `hours` and
    `closing` are tried or answered. `open` holds the questions that can still change the plan, `adjustable` the number
    questions that are asked.
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
    adjustable: tuple[Id, ...] = ()
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
    tried = _tried(plan, minutes)
    here = Situation({**answers, **tried}, inference)
    coming, held = here.chose(OCCASIONS, COMING), here.chose(*HELD)
    if not coming:
        waiting = () if held else (OCCASIONS,)
        after = _dated(here, guide.after, plan.on, today, 1) if held else ()
        return PlannedDialogue(applies=held, held=held, on=plan.on, after=after, open=here.in_order(waiting))
    size, postponed = _number(here, GROUP_SIZE), here.said(guide.postponed)
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
        hours=_number(here, HOURS),
        closing=_number(here, CLOSING),
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
        warnings=tuple(
            Warned(finding=here.saying(alarm), number=alarm.number) for alarm in guide.alarms if here.belongs(alarm)
        ),
        adjustable=tuple(number for number in NUMBERS if here.trace.memory.asked[number]),
        tried={question: number for question, number in tried.items() if answers.get(question) != number},
        open=here.in_order(
            {
                *here.open_questions(piece for _, _, piece in pieces(guide)),
                *(question for question in NUMBERS if here.is_open(question)),
            }
        ),
    )


def _blocks(answers: Mapping[str, Answer], plan: DialoguePlan, guide: DialogueGuide) -> tuple[tuple[int, ...], bool]:
    """The minutes of each part of the agenda, and whether they are our proposal.

    What is set apart for the closing is kept; the other parts share the rest.
    """
    hours = plan.hours if plan.hours is not None else answers.get(HOURS)
    closing = plan.closing if plan.closing is not None else answers.get(CLOSING)
    total = hours * 60 if isinstance(hours, int) else guide.minutes
    shares = [block.share for block in guide.agenda]
    default = dict(zip((block.id for block in guide.agenda), divided(total, shares), strict=True))
    if isinstance(closing, int):
        others = [block for block in guide.agenda if block.id != LAST]
        kept = min(closing, total)
        rest = divided(total - kept, [block.share for block in others])
        default = {**dict(zip((block.id for block in others), rest, strict=True)), LAST: kept}
    minutes = tuple(plan.blocks.get(block.id, default[block.id]) for block in guide.agenda)
    return minutes, not isinstance(hours, int) and not plan.blocks


def _tried(plan: DialoguePlan, minutes: tuple[int, ...]) -> Answers:
    """The numbers of the plan as answers; hours and closing also where parts of the agenda set them."""
    hours, closing = plan.hours, plan.closing
    if plan.blocks:
        hours = sum(minutes) // 60
    if LAST in plan.blocks:
        closing = plan.blocks[LAST]
    numbers = {HOURS: hours, GROUP_SIZE: plan.group_size, CLOSING: closing}
    return {question: number for question, number in numbers.items() if number is not None}


def _number(here: Situation, question: str) -> int | None:
    given = here.trace.memory.facts[question]
    return given if isinstance(given, int) else None


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
