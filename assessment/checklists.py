"""Cards as checklists: what belongs to one act, occasion or party on one card, and whether an occasion can go on."""

from collections.abc import Container, Sequence
from typing import NamedTuple

from assessment.model import ActVerdict, AnswerInWords, Checklist, Going, OccasionVerdict, Recommendation
from assessment.scoring import points_range
from assessment.verdicts import ASKED_AS, FIRST, LAST, MEANS_OF, OWED, given_verdicts, unsuitable
from knowledge.acts import PARTS, Tier
from knowledge.base import KnowledgeBase
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Severity
from knowledge.text import LANGUAGES, Text
from rules.engine.inference import Trace
from rules.meaning import NOT_ASKED, UNANSWERED
from rules.model import RuleBase
from rules.words import in_words

OCCASIONS = "core.occasions"
EXPOSING = frozenset(("supplier-talk", "worker-talk", "means", "event", "publicity"))
"""Occasions that can expose people: without the answers on their safety nothing is said to be fine."""
AT_HOME = "home-meeting"
"""The occasion at which nobody is whom the rest can endanger."""
DATED = ("supplier-talk", "worker-talk", "event", "home-meeting")
"""Occasions that can be postponed."""
SOON = "facts.date-within-two-weeks"
PEOPLE = "people-in-danger"
"""The card that comes first among those of its tier."""
CANNOT_WORK: Tier = 3
"""Up to this tier an act weighs in the order of cards that are equally urgent."""
OWN_QUESTION = "own-question"
"""The card that answers what the user asked."""
ENOUGH = 3
"""With so many cards on acts, general lessons get no card of their own."""
SERIOUS: Tier = 4
"""Up to this tier a card says how it is done well; behind it each act says what to add."""
MUCH_WRONG = 3
"""With so many acts to change a card says how it is done well; with so many that cannot work, it is on the core."""
MOST_CONCLUDED = 5
"""So many cards are told at the top."""
MOST_CARDS = 10
"""So many cards the first page shows at most; the rest is folded under its occasion."""
MANY_ALIKE = 3
"""So many acts that must stop for the same reason are told at once."""
LATER: Tier = 6
"""From this tier on a card can wait for what comes after the next occasion."""
TIERS: dict[Severity, Tier] = {"critical": 4, "high": 5, "normal": 6}
"""The tier of a lesson by its severity, where no act brings it; what only tells of the setting is in tier 7."""


class _Order(NamedTuple):
    """Where a card comes: the first in which two cards differ decides, and what is False or small comes first."""

    without_acts: bool
    tier: Tier
    after_the_rest: bool
    of_another_occasion: bool
    not_of_people: bool
    fewer_of_its_tier: int
    fewer_that_cannot_work: int
    place: int
    fewer_lessons: int


def checklists(
    given: Sequence[ActVerdict], advised: Sequence[Recommendation], trace: Trace, rules: RuleBase
) -> tuple[Checklist, ...]:
    """The cards on which something is to do, most urgent first; behind few of them those that only have a lesson.

    A card needs a given answer that is not the good one, or an act with a verdict other than 'go ahead'. A lesson that
    a verdict rests on is told there and not once more.
    """
    knowledge = rules.knowledge
    told = {lesson for one in given if one.asks for lesson in one.lessons}
    out = unsuitable(given_verdicts(trace, rules))
    found = []
    for card in knowledge.checklists.values():
        here = [one for one in given if one.card == card.id and one.asks]
        more = [
            one
            for one in advised
            if one.card in card.holds
            and one.ground == "gap"
            and MEANS_OF.get(card.occasion) not in out
            and not {each.lesson.id for each in one.lessons} <= told
        ]
        if not here and not more:
            continue
        tiers = [one.tier for one in here] or [TIERS[one.severity] for one in more]
        missing, arranged, unknown = _items(card.id, trace, rules)
        found.append(
            Checklist(
                card=card.id,
                title=card.title,
                together=card.together if len(here) >= MUCH_WRONG and min(tiers) <= SERIOUS else None,
                occasion=card.occasion,
                tier=min(tiers),
                verdicts=tuple(one.act for one in here),
                missing=missing,
                arranged=arranged,
                unknown=unknown,
                recommendations=tuple(one.card for one in more),
            )
        )
    places = {one.act: place for place, one in enumerate(given)}
    rank = {card: place for place, card in enumerate(knowledge.checklists)}
    tiers_of = {one.act: one.tier for one in given}

    first = trace.memory.facts.get(FIRST)

    def order(card: Checklist) -> _Order:
        of_tier = sum(tiers_of[act] == card.tier for act in card.verdicts)
        heavy = sum(tiers_of[act] <= CANNOT_WORK for act in card.verdicts)
        place = min((places[act] for act in card.verdicts), default=len(places))
        if card.tier == OWED:
            of_tier, heavy, place = 0, 0, rank[card.card]
        return _Order(
            without_acts=not card.verdicts,
            tier=card.tier,
            after_the_rest=card.occasion in LAST,
            of_another_occasion=card.tier > OWED and card.occasion not in (None, first, ASKED_AS.get(str(first))),
            not_of_people=card.card != PEOPLE,
            fewer_of_its_tier=-of_tier,
            fewer_that_cannot_work=-heavy,
            place=place,
            fewer_lessons=-len(card.recommendations),
        )

    with_acts = [one for one in found if one.verdicts]
    cards = sorted(with_acts if len(with_acts) >= ENOUGH else found, key=order)
    core = [
        card.card
        for card in cards
        if card.occasion == first and sum(OWED < tiers_of[act] <= SERIOUS for act in card.verdicts) >= MUCH_WRONG
    ]
    return in_turn(cards, core)


def in_turn(cards: Sequence[Checklist], core: Container[str] = ()) -> tuple[Checklist, ...]:
    """The cards in the order of the page: three that endanger people, one that is owed, and one of where to go instead.

    So that who waits for an answer, and what to do after all, is not lost behind a long row of stops. Where to go
    instead is told by a card in `core`, on which much of the first occasion cannot work, or else by the next. Where
    fewer endanger people, such cards take their place. The others follow by their tier.
    """
    first = [*_of(cards, range(1, OWED))[:3], *_of(cards, range(OWED, OWED + 1))[:1]]
    rest = [one for one in cards if one not in first]
    instead = [one for one in rest if one.card in core]
    first += instead[: max(MOST_CONCLUDED - len(first), 1)] or _of(rest, range(OWED + 1, 8))[:1]
    return (*first, *(one for one in cards if one not in first))


class AtOnce(NamedTuple):
    """Acts on one card that are told at once: why they must stop, and what is done in their place."""

    acts: tuple[str, ...]
    because: Text
    instead: Text


def at_once(card: str, given: Sequence[ActVerdict], knowledge: KnowledgeBase) -> AtOnce | None:
    """The acts among these of one card that must stop for the same reason; None where they are few."""
    known = knowledge.checklists.get(card)
    joint = known.joint if known is not None else None
    if joint is None:
        return None
    alike = [one.act for one in given if one.act in joint.parts and one.tier < OWED and one.verdict == "stop"]
    if len(alike) < MANY_ALIKE:
        return None
    parts = {
        language: "; ".join(dict.fromkeys(joint.parts[act].in_(language) for act in alike)) for language in LANGUAGES
    }
    instead = {language: joint.instead.in_(language).replace(PARTS, parts[language]) for language in LANGUAGES}
    return AtOnce(tuple(alike), joint.because, Text(**instead))


def first_page(cards: Sequence[Checklist]) -> tuple[Checklist, ...]:
    """The cards of the first page: without those for later, where there are others, but with the user's question."""
    return tuple([one for one in cards if one.tier < LATER or one.card == OWN_QUESTION] or cards)[:MOST_CARDS]


def folded(cards: Sequence[Checklist]) -> tuple[Checklist, ...]:
    """The cards that the first page only names."""
    shown = first_page(cards)
    return tuple(one for one in cards if one not in shown)


def concluded(cards: Sequence[Checklist], most: int = MOST_CONCLUDED) -> tuple[Checklist, ...]:
    """The cards that are told at the top: the first, and the one that answers what the user asked."""
    shown = first_page(cards)
    return (*shown[:most], *(one for one in cards if one.card == OWN_QUESTION and one not in shown[:most]))


def endangering(cards: Sequence[Checklist], most: int = MOST_CONCLUDED) -> tuple[Checklist, ...]:
    """The cards on what endangers people that are not told at the top."""
    told = concluded(cards, most)
    return tuple(one for one in _of(cards, range(1, OWED)) if one not in told)


def _of(cards: Sequence[Checklist], tiers: range) -> list[Checklist]:
    return [one for one in cards if one.tier in tiers]


def occasions(given: Sequence[ActVerdict], trace: Trace, rules: RuleBase) -> tuple[OccasionVerdict, ...]:
    """One line for each occasion that is planned: whether it can go on as it is."""
    question = rules.knowledge.questions.get(OCCASIONS)
    chosen = trace.memory.facts.get(OCCASIONS)
    if question is None or not isinstance(chosen, tuple):
        return ()
    return tuple(
        OccasionVerdict(occasion=option.id, title=option.label, verdict=_going(option.id, given, trace, rules))
        for option in question.options
        if option.id in chosen and not option.exclusive
    )


def _going(occasion: str, given: Sequence[ActVerdict], trace: Trace, rules: RuleBase) -> Going:
    cards = rules.knowledge.checklists
    alike = {occasion, ASKED_AS.get(occasion)} - {None}
    here = [one for one in given if one.asks and alike & {one.occasion, cards[one.card].occasion}]
    if any(one.tier == 1 for one in here):
        return "not-like-this"
    if any(one.tier <= 3 and one.verdict == "stop" for one in here):
        return "stopped"
    first = trace.memory.facts.get(FIRST) == occasion
    if occasion in DATED and first and SOON in trace.findings and any(one.tier <= CANNOT_WORK for one in here):
        return "later"
    if here or (occasion != AT_HOME and any(one.asks and one.tier == 1 for one in given)):
        return "changed"
    protecting = [question.id for question in rules.knowledge.questions.values() if question.protects]
    open_ = any(trace.memory.facts[question] in (UNKNOWN, UNANSWERED) for question in protecting)
    return "not-known" if open_ and alike & EXPOSING else "as-planned"


def _items(card: str, trace: Trace, rules: RuleBase) -> tuple[tuple[AnswerInWords, ...], ...]:
    """What is missing, arranged and not known among the conditions on a card."""
    missing: list[AnswerInWords] = []
    arranged: list[AnswerInWords] = []
    unknown: list[AnswerInWords] = []
    for question in rules.knowledge.questions.values():
        answer = trace.memory.facts[question.id]
        if question.card != card or not question.scored or answer in (NOT_ASKED, UNANSWERED, NOT_APPLICABLE):
            continue
        told = AnswerInWords(question=question.id, asked=question.text, answer=in_words(question, answer))
        if answer == UNKNOWN:
            unknown.append(told)
            continue
        points = points_range(question, answer)
        if points is not None:
            (arranged if points[0] == 1 else missing).append(told)
    return tuple(missing), tuple(arranged), tuple(unknown)
