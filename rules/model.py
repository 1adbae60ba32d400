"""The rule base: rules in layers, checked against the knowledge base and read from YAML."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from knowledge.acts import CHAPTER, Act, ActList, State, Verdict, in_state, verdict_condition
from knowledge.base import KnowledgeBase, knowledge_base
from knowledge.condition import Condition, findings_in, questions_in
from knowledge.consistency import condition_problems
from knowledge.lasting import lasting
from knowledge.model import theme_of
from knowledge.text import Frozen, Id, Text, Words
from knowledge.yaml_files import ContentError, Problem, YamlFile, parse, read_file
from rules.normal_form import Domains, TooManyWaysError, Way, ways

BASE = Path(__file__).parent / "base"


Weight = Literal["gap", "strength", "setting"]


class Rule(Frozen):
    """When its condition holds, its finding is concluded; with a lesson, that lesson is advised.

    `ground` says what its finding is: a gap (some given answer is not the good one), a strength that the lesson uses,
    or the setting, which alone never puts a lesson on the first page. `under` is the theme where the id does not tell.
    """

    id: Id
    says: Text
    when: Condition
    lesson: Id | None = None
    ground: Weight = "gap"
    because: Words | None = None
    under: Id | None = None

    @property
    def theme(self) -> str:
        """The theme of the advice that it belongs to."""
        return self.under or theme_of(self.id.split(".")[0])


@dataclass(frozen=True)
class PossibleVerdict:
    """The verdict that a rule `acts.<act>.<state>.<place>` stands for; of those that hold the lowest place is given."""

    act: Act
    state: State
    place: int
    verdict: Verdict
    listed: ActList

    @property
    def rule(self) -> Rule:
        """The rule: the act is in this state, and the condition of the verdict holds."""
        return Rule(
            id=f"{CHAPTER}.{self.act.id}.{self.state}.{self.place}",
            says=in_state(self.act, self.state),
            when=verdict_condition(self.act, self.state, self.place, self.listed.id),
            under=self.listed.theme,
        )


def possible_verdicts(knowledge: KnowledgeBase) -> dict[str, PossibleVerdict]:
    """Every verdict that an act can get, by the id of its rule; those of one act and state from first to last."""
    every = (
        PossibleVerdict(act, state, place, verdict, listed)
        for listed in knowledge.act_lists.values()
        for act in listed.acts
        for state in act.states
        for place, verdict in enumerate(act.in_state(state))
    )
    return {one.rule.id: one for one in every}


@dataclass(frozen=True, eq=False)
class RuleBase:
    """All rules by id, each after the rules that its condition mentions. Equal to itself only, as it is large."""

    rules: Mapping[str, Rule]
    knowledge: KnowledgeBase

    @cached_property
    def domains(self) -> Domains:
        asking = [question.ask_when for question in self.knowledge.questions.values() if question.ask_when]
        return Domains(self.knowledge.questions, [*(rule.when for rule in self.rules.values()), *asking])

    @cached_property
    def ways(self) -> Mapping[str, tuple[Way, ...]]:
        """The ways in which each rule comes true."""
        return MappingProxyType({rule.id: ways(rule.when, self.domains) for rule in self.rules.values()})

    @cached_property
    def asking(self) -> Mapping[str, tuple[Way, ...]]:
        """The ways in which a question with a condition comes to be asked."""
        questions = self.knowledge.questions.values()
        return MappingProxyType({one.id: ways(one.ask_when, self.domains) for one in questions if one.ask_when})

    @cached_property
    def refutations(self) -> Mapping[str, tuple[Way, ...]]:
        """The ways in which a finding is false, for the findings that some rule needs to be false."""
        needed = [rule for some in self.ways.values() for way in some for rule, wanted in way.findings if not wanted]
        found: dict[str, tuple[Way, ...]] = {}
        while needed:
            rule_id = needed.pop()
            if rule_id not in found:
                found[rule_id] = ways(self.rules[rule_id].when, self.domains, wanted=False)
                needed += [rule for way in found[rule_id] for rule, wanted in way.findings if not wanted]
        return MappingProxyType(found)

    @cached_property
    def strata(self) -> tuple[tuple[str, ...], ...]:
        """Rule ids in layers: a rule stands above every rule that its condition mentions."""
        level: dict[str, int] = {}
        for rule in self.rules.values():
            level[rule.id] = max((level[other] + 1 for other in findings_in(rule.when)), default=0)
        depth = max(level.values(), default=-1) + 1
        return tuple(tuple(rule for rule in self.rules if level[rule] == layer) for layer in range(depth))

    @cached_property
    def capping(self) -> Mapping[str, tuple[str, ...]]:
        """The rules of verdicts that stop a ticked act because it endangers people, each with those before it.

        Such a verdict is given, and caps the score of its theme, where its rule holds and none of these does.
        """
        found = {}
        for rule_id, one in self.verdicts.items():
            if one.verdict.verdict == "stop" and one.verdict.tier == 1 and one.act.ticked:
                stem = rule_id.rpartition(".")[0]
                found[rule_id] = tuple(f"{stem}.{place}" for place in range(one.place))
        return MappingProxyType(found)

    @cached_property
    def capping_rests_on(self) -> tuple[str, ...]:
        """The rules that tell whether a score is capped, and those below them, each after what it mentions."""
        waiting = [one for rule_id, earlier in self.capping.items() for one in (rule_id, *earlier)]
        needed: set[str] = set()
        while waiting:
            rule_id = waiting.pop()
            if rule_id not in needed:
                needed.add(rule_id)
                waiting += findings_in(self.rules[rule_id].when)
        return tuple(rule_id for rule_id in self.rules if rule_id in needed)

    @cached_property
    def reach(self) -> Mapping[str, frozenset[str]]:
        """The questions that each rule rests on, directly or through other rules."""
        found: dict[str, frozenset[str]] = {}
        for rule in self.rules.values():
            found[rule.id] = questions_in(rule.when).union(*(found[other] for other in findings_in(rule.when)))
        return MappingProxyType(found)

    @cached_property
    def leading(self) -> Mapping[str, tuple[str, ...]]:
        """The rules that lead to each lesson."""
        found: dict[str, tuple[str, ...]] = {}
        for rule in self.rules.values():
            if rule.lesson is not None:
                found[rule.lesson] = (*found.get(rule.lesson, ()), rule.id)
        return MappingProxyType(found)

    @cached_property
    def verdicts(self) -> Mapping[str, PossibleVerdict]:
        """Rule id to the verdict that it stands for."""
        return MappingProxyType(possible_verdicts(self.knowledge))

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits that change when any rule or the knowledge base changes."""
        content = [rule.model_dump(mode="json", by_alias=True) for rule in self.rules.values()]
        return hashlib.sha256((self.knowledge.version + json.dumps(content, sort_keys=True)).encode()).hexdigest()[:12]


@cache
def rule_base() -> RuleBase:
    """The rule base of the product. Raises ContentError where its files are not in order."""
    with lasting():
        return load(BASE, knowledge_base())


def load(folder: Path, knowledge: KnowledgeBase) -> RuleBase:
    """Read and check a rule base.

    Raises:
        ContentError: with one problem per mistake: file, line, id, field, what was expected.
    """
    problems: list[Problem] = []
    places: dict[str, tuple[YamlFile, int]] = {}
    rules = {rule_id: one.rule for rule_id, one in possible_verdicts(knowledge).items()}
    for path in sorted(folder.rglob("*.yaml")):
        try:
            document = read_file(path, str(path.relative_to(folder.parent.parent)))
            for index, rule in enumerate(parse(document, list[Rule])):
                if rule.id in rules:
                    problems.append(
                        Problem(document.name, document.line((index,)), rule.id, "expected an id that is not used yet")
                    )
                rules[rule.id] = rule
                places[rule.id] = (document, index)
        except ContentError as error:
            problems.extend(error.problems)
    if problems:
        raise ContentError(problems)

    def refuse(rule_id: str, field: str, expected: str) -> Problem:
        if rule_id not in places:
            return Problem("acts", 0, rule_id, expected)
        document, index = places[rule_id]
        return Problem(document.name, document.line((index, field)), f"{rule_id}: {field}", expected)

    for rule in (rules[rule_id] for rule_id in places):
        problems += [refuse(rule.id, field, expected) for field, expected in _mistakes(rule, rules, knowledge)]
    if problems:
        raise ContentError(problems)
    try:
        order = list(
            TopologicalSorter({rule.id: sorted(findings_in(rule.when)) for rule in rules.values()}).static_order()
        )
    except CycleError as error:
        raise ContentError(
            [refuse(error.args[1][0], "when", f"expected no circle: {' > '.join(error.args[1])}")]
        ) from None
    base = RuleBase(MappingProxyType({rule_id: rules[rule_id] for rule_id in order}), knowledge)
    try:
        known = base.ways
    except TooManyWaysError:  # which rules they are is told below
        known = {}
    for rule_id in order:
        try:
            found = known[rule_id] if known else ways(rules[rule_id].when, base.domains)
            if not any(way.possible for way in found):
                problems.append(refuse(rule_id, "when", "expected a condition that can hold"))
        except TooManyWaysError as error:
            problems.append(refuse(rule_id, "when", str(error)))
    if not problems:
        try:
            _ = base.refutations
        except TooManyWaysError as error:
            problems.append(Problem(folder.name, 0, "", f"the negation of a finding: {error}"))
    if problems:
        raise ContentError(problems)
    return base


def _mistakes(rule: Rule, rules: Mapping[str, Rule], knowledge: KnowledgeBase) -> Iterator[tuple[str, str]]:
    if rule.theme not in knowledge.themes:
        yield "id", f"expected it to begin with a theme, one of {', '.join(knowledge.themes)}"
    for expected in condition_problems(rule.when, knowledge.questions, frozenset(rules)):
        yield "when", expected
    if rule.lesson is not None and rule.lesson not in knowledge.lessons:
        yield "lesson", f"expected the id of a lesson, found {rule.lesson!r}"
