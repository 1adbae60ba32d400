"""The plan, tested: the verdict on each act that is planned or done, in the order of urgency.

An act has a decision list per state; the first verdict whose condition is true is given (`PossibleVerdict`).
What is not known or not answered makes no condition true, so the verdict that protects people, which stands last, holds
until the safe answers are given.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from assessment.explanation import reason
from assessment.model import ActVerdict, HeldRow
from knowledge.acts import DONE, Act, Means, Tier, in_state
from knowledge.condition import questions_in
from knowledge.text import Text
from knowledge.wording import worded
from rules.engine.inference import Trace
from rules.model import PossibleVerdict, RuleBase
from rules.relevance import Relevance

FIRST = "core.first"
OWED: Tier = 2
"""The tier of what somebody is owed; only what endangers people comes before it."""
ASKED_AS = {"home-meeting": "event"}
"""Occasions that are asked about, and tested, as another one."""
USERS_QUESTION = "core.own-question"
"""The question on which a note is what the user asks, in his own words."""
LAST = ("publicity",)
"""Occasions that come after all others."""
STAYING = ("stop", "repair")
"""What is said of a means also where it does not fit."""
MEANS_OF: dict[str | None, Means] = {"supplier-talk": "supplier-talk", "worker-talk": "talk", "event": "event"}
"""What the acts of an occasion are part of, where they do not say it themselves."""
KINDS = ("stop", "repair", "first-this", "go-ahead")


def given_verdicts(trace: Trace, rules: RuleBase) -> Iterator[tuple[str, PossibleVerdict]]:
    """For each act in each of its states the rule of the verdict that it gets, and the verdict."""
    settled: set[tuple[str, str]] = set()
    for rule_id, possible in rules.verdicts.items():
        if rule_id in trace.findings and (about := (possible.act.id, possible.state)) not in settled:
            settled.add(about)
            yield rule_id, possible


def verdicts(trace: Trace, rules: RuleBase) -> tuple[ActVerdict, ...]:
    """The verdict on each act, most urgent first.

    A means that does not fit here gets no advice on how to improve it, and none on what is good about it. An act that
    another one covers is not told once more; where it was ticked it is named in the line of the other.
    """
    given = tuple(given_verdicts(trace, rules))
    out = unsuitable(given)
    fitting = [(rule, one) for rule, one in given if _fits(one, out)]
    wide = [(rule, one) for rule, one in fitting if one.act.takes_place_of]  # most acts cover no other
    covering = {rule: other for rule, one in fitting for other in [_covering(one, wide)] if other is not None}
    told = [_told(rule, one, trace, rules) for rule, one in fitting if rule not in covering]
    named: list[tuple[PossibleVerdict, str, PossibleVerdict]] = []
    for rule, one in fitting:
        above = rule
        while above in covering:  # what covers an act may be covered itself
            above = covering[above]
        if above != rule and one.act.ticked:
            named.append((rules.verdicts[above], rule, one))
    first = trace.memory.facts.get(FIRST)
    ordered = sorted((_with(one, named, trace, rules) for one in told), key=lambda one: order(one, first))
    return tuple(_with_question(ordered, {_id(one): one.act for _, one in fitting}))


def unsuitable(given: Iterable[tuple[str, PossibleVerdict]]) -> frozenset[Means | None]:
    """The means that do not fit here at all; never None."""
    return frozenset(one.act.means for _, one in given if one.verdict.unsuitable) - {None}


def _fits(one: PossibleVerdict, out: frozenset[Means | None]) -> bool:
    """Whether this is said: of a means that does not fit only what must stop or be repaired, and what is good.

    That is only what was done already, or does not belong to that means alone: it may protect people.
    """
    good = one.verdict.verdict == "go-ahead" and (one.act.means is None or one.state == "done")
    if one.verdict.verdict in STAYING or good:
        return True
    return (one.act.means or MEANS_OF.get(one.listed.occasion)) not in out


def _covering(one: PossibleVerdict, wide: Iterable[tuple[str, PossibleVerdict]]) -> str | None:
    """The rule of the verdict that covers this one."""
    return next((rule for rule, other in wide if _covers(other, one)), None)


def _covers(other: PossibleVerdict, one: PossibleVerdict) -> bool:
    """Whether another act says the same and more, no less urgently; a repair is covered by a repair only.

    What says this act more exactly says no less of it, unless it covers it by its own words: then it may be milder, but
    not where people are in danger or wait.
    """
    if other.act.under == one.act.id:
        if one.act.id in other.act.covers:
            return one.verdict.tier > OWED
        if KINDS.index(other.verdict.verdict) > KINDS.index(one.verdict.verdict):
            return False
    return (
        one.act.id in other.act.takes_place_of
        and other.verdict.verdict != "go-ahead"
        and other.verdict.tier <= one.verdict.tier
        and (one.verdict.verdict != "repair" or other.verdict.verdict == "repair")
    )


def _with(
    told: ActVerdict, named: Sequence[tuple[PossibleVerdict, str, PossibleVerdict]], trace: Trace, rules: RuleBase
) -> ActVerdict:
    """A verdict, with the ticked acts that it covers; those with the same verdict are named beside its own."""
    covered = [(other, rule, one) for other, rule, one in named if _id(other) == told.act]
    if not covered:
        return told
    alike = [
        in_state(one.act, one.state)
        for other, _, one in covered
        if one.verdict.verdict == told.verdict and other.act.under != one.act.id
    ]
    labels = [told.label, *alike]
    joined = Text(nl=" · ".join(one.nl for one in labels), en=" · ".join(one.en for one in labels))
    blamed = [(rule, one) for _, rule, one in covered if not one.act.good]
    return told.model_copy(
        update={
            "label": joined,
            "also": tuple(one.act.id for _, _, one in covered),
            "rows": (*told.rows, *(one.act.id for _, one in blamed)),
            "covered": tuple(
                _told(rule, one, trace, rules) for rule, one in blamed if one.verdict.verdict != "go-ahead"
            ),
        }
    )


def _with_question(ordered: Iterable[ActVerdict], acts: Mapping[str, Act]) -> Iterator[ActVerdict]:
    """The verdicts; what the user asks in his own words belongs to the first that answers it."""
    told = False
    for one in ordered:
        given = acts[one.act].given
        answers = given is not None and USERS_QUESTION in questions_in(given) and not told
        told = told or answers
        yield one.model_copy(update={"rows": (USERS_QUESTION,)}) if answers else one


def withheld(trace: Trace, rules: RuleBase) -> tuple[HeldRow, ...]:
    """The ticked rows on which nothing is said, as they belong to a means that does not fit.

    What to do instead, should it fit later, comes with them.
    """
    given = tuple(given_verdicts(trace, rules))
    out = unsuitable(given)
    wordings, facts = rules.knowledge.wordings.values(), trace.memory.facts
    held = {}
    for _, one in given:
        if one.act.ticked and not _fits(one, out) and one.act.id not in held:
            instead = one.verdict.instead
            mind = worded(instead, wordings, facts) if instead else None
            over = one.state == "done" or one.act.lasting
            held[one.act.id] = HeldRow(row=one.act.id, label=in_state(one.act, one.state), mind=mind, over=over)
    return tuple(held.values())


def order(verdict: ActVerdict, first: object) -> tuple[int, bool, int, bool, bool]:
    """The place of a verdict, where `first` is the occasion that comes first; smaller comes first.

    First its tier: 1 endangers people, 2 somebody is owed something, 3 cannot work, 4 the direction, 5 the next
    occasion, 6 later, 7 context. Then what comes sooner: a message to the outside world waits. Then what must stop, be
    repaired, be settled first; what belongs to the first occasion or to none; and what was named as an act. Ties keep
    the order of the lists, in which acts that cannot be undone stand first.
    """
    return (
        verdict.tier,
        verdict.occasion in LAST,
        KINDS.index(verdict.verdict),
        verdict.occasion not in (None, first, ASKED_AS.get(str(first))),
        not verdict.ticked,
    )


def _told(rule_id: str, possible: PossibleVerdict, trace: Trace, rules: RuleBase) -> ActVerdict:
    knowledge, act, verdict = rules.knowledge, possible.act, possible.verdict
    wordings, facts = knowledge.wordings.values(), trace.memory.facts
    return ActVerdict(
        act=_id(possible),
        label=in_state(act, possible.state) if act.ticked else worded(act.label, wordings, facts),
        state=possible.state,
        good=act.good,
        ticked=act.ticked,
        circumstance=act.lasting or not act.ticked,
        rows=(act.id,) if act.ticked else (),
        verdict=verdict.verdict,
        tier=verdict.tier,
        because=worded(verdict.because, wordings, facts),
        instead=worded(verdict.instead, wordings, facts) if verdict.instead else None,
        say=verdict.say,
        do_not_say=verdict.do_not_say,
        lessons=verdict.lessons,
        basis=verdict.basis,
        sources=knowledge.lessons[verdict.lessons[0]].sources,
        card=act.card,
        occasion=possible.listed.occasion,
        theme=rules.rules[rule_id].theme,
        reason=reason(rule_id, trace, rules),
    )


def _id(possible: PossibleVerdict) -> str:
    return possible.act.id if possible.state == "planned" else f"{possible.act.id}{DONE}"


def open_verdicts(given: tuple[ActVerdict, ...], trace: Trace, relevance: Relevance) -> dict[str, set[str]]:
    """Per act with a verdict: the open questions whose answer can still bring an earlier one of its decision list."""
    found: dict[str, set[str]] = {}
    for verdict in given:
        *name, place = verdict.reason.rule.split(".")
        for earlier in range(int(place)):
            rule = ".".join((*name, str(earlier)))
            if rule in trace.undetermined:
                found.setdefault(verdict.act, set()).update(relevance.deciding(rule))
    return found
