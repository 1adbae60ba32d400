"""The same rule base in other rule engines: durable-rules, CLIPS (one template fact per assessment) and zen-engine.

Each is given the tokens that the answers of one assessment stand for, and tells its findings. CLIPS and zen-engine
come with the extra `bench`; one that is not installed is left out.
"""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

from rules.engine.inference import inference
from rules.engine.memory import WorkingMemory
from rules.model import RuleBase
from rules.normal_form import Variable, Way

Findings = Callable[[WorkingMemory], frozenset[str]]


def engines(base: RuleBase) -> dict[str, Findings]:
    """What finds the findings of one assessment, by the name of its engine, for those that are installed."""
    found: dict[str, Findings] = {}
    for name, make in (("durable-rules", _durable), ("CLIPS", _clips), ("zen-engine", _zen)):
        try:
            found[name] = make(base)
        except ImportError:
            print(f"{name} is not installed (extra engine or bench) and left out")
    return found


class _Names:
    """Short names for variables and tokens, since other engines take no id with a point in it."""

    def __init__(self, base: RuleBase):
        self.base = base
        used = {
            literal.variable for ways in (*base.ways.values(), *base.refutations.values())
            for way in ways for literal in way.literals
        }  # fmt: skip
        self.variables = {variable: f"v{number}" for number, variable in enumerate(sorted(used))}
        self.tokens = {
            variable: {token: f"t{number}" for number, token in enumerate(base.domains.tokens[variable])}
            for variable in self.variables
        }
        self.rules = {rule: f"r{number}" for number, rule in enumerate(base.rules)}
        self.back = {short: rule for rule, short in self.rules.items()}

    def allowed(self, variable: Variable, tokens: frozenset[str]) -> list[str]:
        return sorted(self.tokens[variable][token] for token in tokens)

    def facts(self, memory: WorkingMemory) -> dict[str, str]:
        token = self.base.domains.token
        return {
            short: self.tokens[variable][token(variable, memory.facts[variable.question])]
            for variable, short in self.variables.items()
        }

    def ways(self) -> Mapping[tuple[str, bool], tuple[Way, ...]]:
        """The ways of each rule, and of each refutation that some rule needs; impossible ones left out."""
        found = {(rule, True): ways for rule, ways in self.base.ways.items()}
        found |= {(rule, False): ways for rule, ways in self.base.refutations.items()}
        return {key: tuple(way for way in ways if way.possible) for key, ways in found.items()}


def _durable(base: RuleBase) -> Findings:
    running = inference()
    if running.engine is None:
        raise ImportError("durable-rules")
    engine = running.engine if running.base is base else type(running.engine)(base)
    return lambda memory: frozenset(engine.run(memory)[0])


def _clips(base: RuleBase) -> Findings:
    import clips

    names, environment = _Names(base), clips.Environment()
    environment.build(f"(deftemplate answers {' '.join(f'(slot {one})' for one in names.variables.values())})")
    environment.build("(deftemplate finding (slot rule) (slot holds))")
    for (rule, holds), ways in names.ways().items():
        for number, way in enumerate(ways):
            slots = " ".join(
                f"({names.variables[one.variable]} {'|'.join(names.allowed(one.variable, one.true))})"
                for one in way.literals
            )
            needed = "".join(
                f" (finding (rule {names.rules[other]}) (holds {'yes' if wanted else 'no'}))"
                for other, wanted in way.findings
            )
            short, sign = names.rules[rule], "yes" if holds else "no"
            environment.build(
                f"(defrule {short}-{sign}-{number} (answers {slots}){needed} "
                f"=> (assert (finding (rule {short}) (holds {sign}))))"
            )
    answers, finding = environment.find_template("answers"), environment.find_template("finding")
    symbol = clips.Symbol

    def run(memory: WorkingMemory) -> frozenset[str]:
        environment.reset()
        answers.assert_fact(**{variable: symbol(token) for variable, token in names.facts(memory).items()})
        environment.run()
        return frozenset(names.back[fact["rule"]] for fact in finding.facts() if fact["holds"] == "yes")

    return run


def _zen(base: RuleBase) -> Findings:
    import json

    import zen

    names = _Names(base)
    ways = names.ways()

    def expression(rule: str, holds: bool) -> str:
        each = []
        for way in ways[rule, holds]:
            parts = [
                f"{names.variables[one.variable]} in [{', '.join(repr(token) for token in allowed)}]"
                for one in way.literals
                if (allowed := names.allowed(one.variable, one.true))
            ]
            parts += [f"{'' if wanted else 'not_'}{names.rules[other]} == true" for other, wanted in way.findings]
            each.append("(" + " and ".join(parts) + ")")
        return " or ".join(each) or "false"

    nodes: list[dict[str, Any]] = [{"id": "in", "name": "in", "type": "inputNode"}]
    for number, stratum in enumerate(base.strata):
        listed = [(rule, holds) for rule in stratum for holds in (True, False) if (rule, holds) in ways]
        content = [
            {"id": key, "key": key, "value": expression(rule, holds)}
            for rule, holds in listed
            if (key := f"{'' if holds else 'not_'}{names.rules[rule]}")
        ]
        node = {"id": f"n{number}", "name": f"n{number}", "type": "expressionNode"}
        nodes.append({**node, "content": {"expressions": content, "passThrough": True}})
    nodes.append({"id": "out", "name": "out", "type": "outputNode"})
    edges = [
        {"id": f"e{number}", "sourceId": one["id"], "targetId": other["id"], "type": "edge"}
        for number, (one, other) in enumerate(pairwise(nodes))
    ]
    decision: Any = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def run(memory: WorkingMemory) -> frozenset[str]:
        result = decision.evaluate(names.facts(memory))["result"]
        return frozenset(rule for short, rule in names.back.items() if result[short] is True)

    return run
