"""The conversation kit: all for one talk with a supplier, as a view on the findings and lessons of a situation."""

from collections.abc import Mapping
from typing import Literal

from assessment.advisers.situation import Saying, Situation, divided
from knowledge.adviser_texts import ConversationGuide, Subject, guides, pieces
from knowledge.model import Answer
from knowledge.text import Frozen, Id, Text
from rules.engine.inference import Inference

Source = Literal["hidden", "may-be-known", "unsettled", "none"]
"""Whether the source of what is known must stay hidden; 'none' where there is no information of workers."""

TALKING, COMING = "start.preparing", "conversation.talk-is-coming"
HIDDEN = ("conversation.source-must-stay-hidden", "conversation.possible-source-is-not-safe")
OPEN = "conversation.source-may-be-known"
PERHAPS = ("conversation.worker-information-in-play", "conversation.workers-may-have-spoken")
MINUTES = "conversation.minutes"


class TalkSubject(Frozen):
    """The one subject of a talk: its title as the supplier reads it, and its purpose."""

    id: Id
    title: Text
    purpose: Saying


class InTheRoom(Frozen):
    """Somebody in the room, and what this person does and says."""

    who: Text
    task: Saying


class RatherSay(Frozen):
    """Words to leave, and words to use."""

    instead_of: Text
    rather: Saying


class AgendaPart(Frozen):
    """A part of a meeting with its minutes; `theirs` where the others mainly speak."""

    id: Id
    title: Text
    minutes: int
    how: Saying
    theirs: bool


class ConversationKit(Frozen):
    """The kit. Its parts are empty where `applies` is False; without a talk `coming`, only what follows one is filled.

    `safety` stands on top. `proposed` tells that the number of minutes is ours and was not answered. `open` holds the
    questions that can still change the kit.
    """

    applies: bool
    coming: bool
    source: Source
    safety: tuple[Saying, ...] = ()
    subject: TalkSubject | None = None
    later: tuple[TalkSubject, ...] = ()
    prepare: tuple[Saying, ...] = ()
    room: tuple[InTheRoom, ...] = ()
    channel: tuple[Saying, ...] = ()
    mandate: tuple[Saying, ...] = ()
    minutes: int = 0
    proposed: bool = False
    agenda: tuple[AgendaPart, ...] = ()
    questions: tuple[Saying, ...] = ()
    wording: tuple[RatherSay, ...] = ()
    not_said: tuple[Saying, ...] = ()
    message: tuple[Saying, ...] = ()
    reminder: tuple[Saying, ...] = ()
    open: tuple[Id, ...] = ()


def conversation_kit(
    answers: Mapping[str, Answer], inference: Inference, guide: ConversationGuide | None = None
) -> ConversationKit:
    """The kit for the talk that these answers are about; `guide`, the product's if left out, holds its words."""
    guide = guide or guides().conversation
    here = Situation(answers, inference)
    preparing = here.trace.memory.facts[TALKING]
    applies = isinstance(preparing, tuple) and "conversation" in preparing
    source = _source(here)
    if not applies:
        return ConversationKit(applies=False, coming=False, source=source, open=here.in_order([TALKING]))
    coming = here.known[COMING] is not False  # not said yet: who prepares a talk has one coming
    safety = here.said(guide.safety) + (here.said(guide.unsettled) if source == "unsettled" else ())
    if not coming:
        return ConversationKit(
            applies=True,
            coming=False,
            source=source,
            safety=safety,
            not_said=tuple(one for one in here.said(guide.not_said) if source != "none"),
            message=here.said(guide.message),
            reminder=here.said(guide.reminder),
            open=_open(here, guide, None),
        )
    possible = [subject for subject in guide.subjects if here.belongs(subject)]
    chosen = possible[0] if possible else None
    about = chosen.id if chosen is not None else ""
    minutes, proposed = _minutes(here, guide)
    return ConversationKit(
        applies=True,
        coming=True,
        source=source,
        safety=safety,
        subject=_subject(here, chosen) if chosen is not None else None,
        later=tuple(_subject(here, one) for one in _later(possible)),
        prepare=here.said(guide.prepare, about),
        room=tuple(
            InTheRoom(who=role.who, task=here.saying(role)) for role in guide.roles if here.belongs(role, about)
        ),
        channel=here.said(guide.channel, about),
        mandate=here.said(guide.mandate, about),
        minutes=minutes,
        proposed=proposed,
        agenda=_agenda(here, guide, chosen, minutes) if chosen is not None else (),
        questions=here.said(guide.questions, about),
        wording=tuple(
            RatherSay(instead_of=one.instead_of, rather=here.saying(one))
            for one in guide.wording
            if here.belongs(one, about)
        ),
        not_said=here.said(guide.not_said, about),
        message=here.said(guide.message, about),
        reminder=here.said(guide.reminder, about),
        open=_open(here, guide, about),
    )


def _source(here: Situation) -> Source:
    if any(map(here.found, HIDDEN)):
        return "hidden"
    if here.found(OPEN):
        return "may-be-known"
    return "none" if all(here.known[one] is False for one in PERHAPS) else "unsettled"


def _subject(here: Situation, subject: Subject) -> TalkSubject:
    return TalkSubject(id=subject.id, title=subject.title, purpose=here.saying(subject))


def _later(possible: list[Subject]) -> list[Subject]:
    """What waits for another talk: one of each topic, without that of the coming talk."""
    by_topic: dict[str, Subject] = {}
    for subject in possible:
        by_topic.setdefault(subject.topic, subject)
    return list(by_topic.values())[1:]


def _minutes(here: Situation, guide: ConversationGuide) -> tuple[int, bool]:
    given = here.trace.memory.facts[MINUTES]
    return (given, False) if isinstance(given, int) else (guide.minutes, True)


def _agenda(here: Situation, guide: ConversationGuide, subject: Subject, minutes: int) -> tuple[AgendaPart, ...]:
    return tuple(
        AgendaPart(
            id=block.id,
            title=subject.title if block.about_subject else block.title,
            minutes=some,
            how=here.saying(block),
            theirs=block.theirs,
        )
        for block, some in zip(guide.agenda, divided(minutes, [block.share for block in guide.agenda]), strict=True)
    )


def _open(here: Situation, guide: ConversationGuide, subject: str | None) -> tuple[str, ...]:
    """What can still change the kit; while it is not settled whether there is a source to protect, that is among it."""
    found = set(here.open_questions((piece for _, _, piece in pieces(guide)), subject)) | here.waiting_for([COMING])
    if _source(here) == "unsettled":
        found |= here.waiting_for([*HIDDEN, OPEN, *PERHAPS])
    found |= {MINUTES} if here.is_open(MINUTES) else set()
    return here.in_order(found)
