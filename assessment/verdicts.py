"""The plan, tested: the verdict on each act that is planned or done, in the order of urgency.

An act has a decision list per state; the first verdict whose condition is true is given (`PossibleVerdict`).
What is not known or not answered makes no condition true, so the verdict that protects people, which stands last, holds
until the safe answers are given.
"""

from collections.abc import Iterator, Sequence

from assessment.explanation import reason
from assessment.model import ActVerdict, Reason
from knowledge.acts import in_state
from rules.engine.inference import Trace
from rules.model import PossibleVerdict, RuleBase
from rules.relevance import Relevance

LAST = ("publicity",)
"""Occasions that come after all others."""
INSTRUMENTS = ("union", "organisation", "complaints", "tool", "audit")
"""Means that can be left for another; how to hold a talk is told also where it must wait."""
STAYING = ("stop", "repair")
"""What is said of a means also where it does not fit."""
KINDS = ("stop", "repair", "first-this", "go-ahead")


def given_verdicts(trace: Trace, rules: RuleBase) -> Iterator[tuple[str, PossibleVerdict]]:
    """For each act in each of its states the rule of the verdict that it gets, and the verdict."""
    settled: set[tuple[str, str]] = set()
    for rule_id, possible in rules.verdicts.items():
        about = (possible.act.id, possible.state)
        if about not in settled and rule_id in trace.findings:
            settled.add(about)
            yield rule_id, possible


def verdicts(trace: Trace, rules: RuleBase) -> tuple[ActVerdict, ...]:
    """The verdict on each act, most urgent first.

    A means that does not fit here gets no advice on how to improve it, and none on what is good about it. An act that
    another one covers is not told once more.
    """
    given = tuple(given_verdicts(trace, rules))
    unsuitable = {one.act.means for _, one in given if one.verdict.unsuitable and one.act.means in INSTRUMENTS}
    fitting = [(rule, one) for rule, one in given if one.act.means not in unsuitable or one.verdict.verdict in STAYING]
    told = (_told(rule, one, trace, rules) for rule, one in fitting if not _covered(one, fitting))
    return tuple(sorted(told, key=order))


def _covered(one: PossibleVerdict, given: Sequence[tuple[str, PossibleVerdict]]) -> bool:
    """Whether another act says the same and more, no less urgently; a repair is covered by a repair only."""
    repair = one.verdict.verdict == "repair"
    return any(
        one.act.id in other.act.covers
        and other.verdict.verdict != "go-ahead"
        and other.verdict.tier <= one.verdict.tier
        and (not repair or other.verdict.verdict == "repair")
        for _, other in given
    )


def order(verdict: ActVerdict) -> tuple[int, bool, int, bool, int]:
    """The place of a verdict; smaller comes first, and ties keep the order of the lists.

    First its tier: 1 endangers people, 2 somebody is owed something, 3 cannot work, 4 the direction, 5 the next
    occasion, 6 later, 7 context. Then what comes sooner: a message to the outside world waits. Then what must stop, be
    repaired, be settled first; what was named as an act; and how many facts carry it.
    """
    return (
        verdict.tier,
        verdict.occasion in LAST,
        KINDS.index(verdict.verdict),
        not verdict.ticked,
        -_facts(verdict.reason),
    )


def _facts(why: Reason) -> int:
    """How many different answers a reason rests on in its smallest ground."""
    return min(
        (len(ground.answers) + sum(map(_facts, ground.findings)) for ground in why.grounds),
        default=0,
    )


def _told(rule_id: str, possible: PossibleVerdict, trace: Trace, rules: RuleBase) -> ActVerdict:
    knowledge, act, verdict = rules.knowledge, possible.act, possible.verdict
    return ActVerdict(
        act=act.id if possible.state == "planned" else f"{act.id}-done",
        label=in_state(act, possible.state),
        state=possible.state,
        good=act.good,
        ticked=act.ticked,
        verdict=verdict.verdict,
        tier=verdict.tier,
        because=verdict.because,
        instead=verdict.instead,
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


def open_verdicts(given: tuple[ActVerdict, ...], trace: Trace, rules: RuleBase) -> dict[str, set[str]]:
    """Per act with a verdict: the open questions whose answer can still bring an earlier one of its decision list."""
    relevance = Relevance(rules, trace)
    found: dict[str, set[str]] = {}
    for verdict in given:
        *name, place = verdict.reason.rule.split(".")
        for earlier in range(int(place)):
            rule = ".".join((*name, str(earlier)))
            if rule in trace.undetermined:
                found.setdefault(verdict.act, set()).update(relevance.deciding(rule))
    return found
