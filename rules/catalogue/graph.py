"""How a lesson hangs together: the rules that lead to it and the findings and questions below them, in layers."""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.condition import AllOf, AnyOf, Concluded, Condition, NoneOf, parts, questions_in
from rules.catalogue.entries import Key
from rules.catalogue.links import Links
from rules.model import RuleBase


@dataclass(frozen=True)
class Edge:
    """One thing that another rests on; `absent` where it must be false for that."""

    lower: Key
    upper: Key
    absent: bool = False


@dataclass(frozen=True)
class Graph:
    """The layers from the questions up to the lesson, and what rests on what."""

    layers: tuple[tuple[Key, ...], ...]
    edges: tuple[Edge, ...]


def graph_of(lesson: str, links: Links) -> Graph:
    """Everything below a lesson. A rule stands one layer above the highest rule that it rests on."""
    base = links.base
    edges: dict[Edge, None] = {}
    level: dict[str, int] = {}

    def climb(rule: str) -> int:
        if rule not in level:
            below = list(_rests_on(rule, base))
            edges.update(dict.fromkeys(below))
            level[rule] = 1 + max((climb(edge.lower.id) for edge in below if edge.lower.kind == "rule"), default=0)
        return level[rule]

    top = Key("lesson", lesson)
    leading = links.advising.get(lesson, ())
    for one in leading:
        climb(one.id)
        edges[Edge(Key("rule", one.id), top)] = None
    asked = {edge.lower.id for edge in edges if edge.lower.kind == "question"}
    questions = tuple(Key("question", one) for one in base.knowledge.questions if one in asked)
    rows = [
        tuple(Key("rule", rule) for rule in base.rules if level.get(rule) == row)
        for row in range(1, 1 + max(level.values(), default=0))
    ]
    return Graph((questions, *rows, (top,)), tuple(edges))


def _rests_on(rule: str, base: RuleBase) -> Iterator[Edge]:
    upper = Key("rule", rule)
    for condition, absent in _tests(base.rules[rule].when):
        if isinstance(condition, Concluded):
            yield Edge(Key("rule", condition.finding), upper, absent)
        else:
            for question in questions_in(condition):
                yield Edge(Key("question", question), upper, absent)


def _tests(condition: Condition, absent: bool = False) -> Iterator[tuple[Condition, bool]]:
    if isinstance(condition, AllOf | AnyOf | NoneOf):
        for part in parts(condition):
            yield from _tests(part, absent ^ isinstance(condition, NoneOf))
    else:
        yield condition, absent
