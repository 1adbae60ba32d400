"""Cards as checklists: what belongs to one act, occasion or party on one card, and whether an occasion can go on."""

from collections.abc import Sequence
from typing import Literal

from assessment.model import ActVerdict, AnswerInWords, Checklist, OccasionVerdict, Recommendation
from assessment.scoring import points_range
from knowledge.acts import Tier
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Severity
from rules.engine.inference import Trace
from rules.meaning import NOT_ASKED, UNANSWERED
from rules.model import RuleBase
from rules.words import in_words

OCCASIONS = "core.occasions"
SOON = "facts.date-within-two-weeks"
MOST_CARDS = 10
"""How many cards the first page shows; the rest is folded under its occasion."""
TIERS: dict[Severity, Tier] = {"critical": 4, "high": 5, "normal": 6}
"""The tier of a lesson by its severity, where no act brings it; what only tells of the setting is in tier 7."""


def checklists(
    given: Sequence[ActVerdict], advised: Sequence[Recommendation], trace: Trace, rules: RuleBase
) -> tuple[Checklist, ...]:
    """The cards on which something is to do, most urgent first.

    A card needs a given answer that is not the good one, or an act with a verdict other than 'go ahead'. A lesson that
    a verdict rests on is told there and not once more.
    """
    knowledge = rules.knowledge
    told = {lesson for one in given if one.asks for lesson in one.lessons}
    found = []
    for card in knowledge.checklists.values():
        here = [one for one in given if one.card == card.id and one.asks]
        more = [
            one
            for one in advised
            if one.card in card.holds and one.ground == "gap" and not {each.lesson.id for each in one.lessons} <= told
        ]
        if not here and not more:
            continue
        tiers = [one.tier for one in here] or [TIERS[one.severity] for one in more]
        missing, arranged, unknown = _items(card.id, trace, rules)
        found.append(
            Checklist(
                card=card.id,
                title=card.title,
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

    def order(card: Checklist) -> tuple[int, int, int]:
        return card.tier, min((places[act] for act in card.verdicts), default=len(places)), -len(card.recommendations)

    return tuple(sorted(found, key=order))


def occasions(given: Sequence[ActVerdict], trace: Trace, rules: RuleBase) -> tuple[OccasionVerdict, ...]:
    """One line for each occasion that is planned: whether it can go on as it is."""
    question = rules.knowledge.questions.get(OCCASIONS)
    chosen = trace.memory.facts.get(OCCASIONS)
    if question is None or not isinstance(chosen, tuple):
        return ()
    found = []
    for option in question.options:
        here = [one for one in given if one.occasion == option.id and one.asks and one.state == "planned"]
        if option.id not in chosen or option.exclusive:
            continue
        kind: Literal["as-planned", "changed", "later", "not-like-this"]
        if any(one.verdict == "stop" and one.tier == 1 for one in here):
            kind = "not-like-this"
        elif any(one.verdict == "first-this" and one.tier <= 4 for one in here) and SOON in trace.findings:
            kind = "later"
        else:
            kind = "changed" if here else "as-planned"
        found.append(OccasionVerdict(occasion=option.id, title=option.label, verdict=kind))
    return tuple(found)


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
