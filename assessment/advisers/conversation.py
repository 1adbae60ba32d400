"""The conversation kit: all for one talk with a supplier, as a view on the findings and lessons of a situation."""

from collections.abc import Mapping
from typing import Literal

from assessment.advisers.situation import Saying, Situation, divided
from knowledge.adviser_texts import ConversationGuide, Subject, guides, pieces
from knowledge.model import Answer
from knowledge.text import Frozen, Id, Text
from rules.engine.inference import Inference

Source = Literal["hidden", "may-be-known", "unsettled"]
"""Whether the source of what is known must stay hidden; until that is settled, it must."""

OCCASIONS, COMING, HELD = "core.occasions", "supplier-talk", ("over.what", "talk")
HIDDEN, OPEN = "facts.source-hidden", "facts.source-may-be-known"
SUBJECTS, SHORT = "talk.subjects", ("acts.talk-setup", "short-talk")


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

    `safety` stands on top. Where the talk `waits`, only that and what is not said are filled. `proposed` tells that the
    number of minutes is ours. `open` holds the questions that can still change the kit.
    """

    applies: bool
    coming: bool
    source: Source
    waits: bool = False
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
    coming, held = here.chose(OCCASIONS, COMING), here.chose(*HELD)
    source = _source(here)
    if not (coming or held):
        return ConversationKit(applies=False, coming=False, source=source, open=here.in_order([OCCASIONS]))
    postponed = here.said(guide.postponed)
    safety = (*postponed, *here.said(guide.safety), *(here.said(guide.unsettled) if source == "unsettled" else ()))
    unnamed = here.said(guide.unnamed) if source != "may-be-known" else ()
    if postponed or not coming:
        return ConversationKit(
            applies=True,
            coming=coming,
            source=source,
            waits=bool(postponed),
            safety=safety,
            not_said=(*unnamed, *here.said(guide.not_said, "")),
            message=() if postponed else here.said(guide.message),
            reminder=() if postponed else here.said(guide.reminder),
            open=_open(here, guide, ""),
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
        not_said=(*unnamed, *here.said(guide.not_said, about)),
        message=here.said(guide.message, about),
        reminder=here.said(guide.reminder, about),
        open=_open(here, guide, about),
    )


def _source(here: Situation) -> Source:
    if here.found(OPEN):
        return "may-be-known"
    return "hidden" if here.found(HIDDEN) or here.known[OPEN] is False else "unsettled"


def _subject(here: Situation, subject: Subject) -> TalkSubject:
    return TalkSubject(id=subject.id, title=subject.title, purpose=here.saying(subject))


def _later(possible: list[Subject]) -> list[Subject]:
    """What waits for another talk: one of each topic, without that of the coming talk."""
    by_topic: dict[str, Subject] = {}
    for subject in possible:
        by_topic.setdefault(subject.topic, subject)
    return list(by_topic.values())[1:]


def _minutes(here: Situation, guide: ConversationGuide) -> tuple[int, bool]:
    return (guide.short, False) if here.chose(*SHORT) else (guide.minutes, True)


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


def _open(here: Situation, guide: ConversationGuide, subject: str) -> tuple[str, ...]:
    """What can still change the kit; while it is not settled whether there is a source to protect, that is among it."""
    found = set(here.open_questions((piece for _, _, piece in pieces(guide)), subject))
    if _source(here) == "unsettled":
        found |= here.waiting_for([HIDDEN, OPEN])
    return here.in_order(found | ({SUBJECTS} if here.is_open(SUBJECTS) else set()))
