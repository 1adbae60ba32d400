"""From working memory to findings: forward chaining, each result held to the reference meaning."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from knowledge.model import Answer
from knowledge.text import Text
from rules.engine.memory import WorkingMemory
from rules.meaning import Evidence, Truth, evidence, truth
from rules.model import RuleBase, rule_base

if TYPE_CHECKING:
    from rules.engine.engine import Engine

log = logging.getLogger(__name__)

EngineName = Literal["durable-rules", "reference"]

REMEMBERED = 64
"""Results that are kept: a page that is drawn anew, and each sheet of an assessment, ask the same once more."""

ENGINE_MISSING = Text(
    nl="durable-rules is op deze computer niet geïnstalleerd; daarvoor is een C-compiler nodig (Debian: "
    "apt-get install gcc python3-dev; macOS: xcode-select --install), en daarna `make app`. De uitkomsten zijn gelijk.",
    en="durable-rules is not installed on this machine; it needs a C compiler (Debian: apt-get install gcc "
    "python3-dev; macOS: xcode-select --install), and then `make app`. The results are the same.",
)


@dataclass(frozen=True)
class Trace:
    """What was concluded, on what it rests, and what can still come to hold.

    `findings` stand in the order of the rule base; `refuted` holds the findings that others needed to be false.
    `difference` tells where durable-rules disagreed with the reference meaning, whose result this then is.
    """

    memory: WorkingMemory
    findings: Mapping[str, Evidence]
    refuted: Mapping[str, Evidence]
    undetermined: frozenset[str]
    engine: EngineName
    difference: str = ""


def conclusions(base: RuleBase, facts: Mapping[str, Answer], some: Iterable[str]) -> dict[str, Truth]:
    """The truth of some rules by the reference meaning; each stands after the rules that it mentions."""
    known: dict[str, Truth] = {}
    for rule_id in some:
        known[rule_id] = truth(base.rules[rule_id].when, facts, known)
    return known


def reference(base: RuleBase, memory: WorkingMemory) -> Trace:
    """The findings by the reference meaning alone."""
    facts, needed = dict(memory.facts), base.refutations
    known: dict[str, Truth] = {}
    findings: dict[str, Evidence] = {}
    refuted: dict[str, Evidence] = {}
    undetermined: list[str] = []
    for rule_id, rule in base.rules.items():  # each after the rules that its evidence can name
        value = known[rule_id] = truth(rule.when, facts, known)
        if value is None:
            undetermined.append(rule_id)
        elif value:
            findings[rule_id] = evidence(rule.when, facts, known)
        elif rule_id in needed:
            refuted[rule_id] = evidence(rule.when, facts, known, wanted=False)
    return Trace(memory, MappingProxyType(findings), MappingProxyType(refuted), frozenset(undetermined), "reference")


@dataclass(frozen=True)
class _Facts:
    """Working memory as a key: all in it follows from the facts."""

    memory: WorkingMemory = field(compare=False)
    facts: tuple[tuple[str, Answer], ...]


class Inference:
    """The findings of a company's answers, by durable-rules where it is installed.

    The result is that of durable-rules, with what is undetermined from the reference meaning. Each result is compared
    with that meaning first; where they differ or the engine fails, the reference's is given and the difference logged.
    """

    def __init__(self, base: RuleBase, engine: "Engine | None" = None):
        self.base = base
        self.engine = engine
        self._result = lru_cache(REMEMBERED)(self._run)

    @property
    def engine_name(self) -> EngineName:
        return "durable-rules" if self.engine is not None else "reference"

    def run(self, memory: WorkingMemory) -> Trace:
        """All findings that follow from what is in working memory."""
        result = self._result(_Facts(memory, tuple(memory.facts.items())))
        if result.difference:  # the engine may do better next time
            self._result.cache_clear()
        return result

    def _run(self, given: "_Facts") -> Trace:
        memory = given.memory
        expected = reference(self.base, memory)
        if self.engine is None:
            return expected
        difference = ""
        try:
            findings, refuted = self.engine.run(memory)
            if findings != dict(expected.findings) or refuted != dict(expected.refuted):
                wrong = {
                    rule
                    for found, right in ((findings, expected.findings), (refuted, expected.refuted))
                    for rule in {*found, *right}
                    if found.get(rule) != right.get(rule)
                }
                difference = f"durable-rules and the reference meaning differ on {', '.join(sorted(wrong))}"
        except Exception as error:
            difference = f"durable-rules failed: {error}"
        if difference:
            log.error("%s; facts: %s", difference, dict(memory.facts))
            return replace(expected, difference=difference)
        return Trace(
            memory,
            MappingProxyType({rule: findings[rule] for rule in self.base.rules if rule in findings}),
            MappingProxyType({rule: refuted[rule] for rule in self.base.rules if rule in refuted}),
            expected.undetermined,
            "durable-rules",
        )


@cache
def inference() -> Inference:
    """The one inference of this process over the product's rule base; safe to share between threads."""
    try:
        from rules.engine.engine import Engine
    except ImportError as error:  # not installed, or built for another Python
        log.info("durable-rules cannot be imported: %s", error)
        return Inference(rule_base())
    return Inference(rule_base(), Engine(rule_base()))
