"""Forward chaining with durable-rules: the only file that imports it.

Only what was measured to be safe reaches its C code: one fact per variable, text equality, conjunctions of patterns,
no Host and so no background threads, one live state under a constant id, freed after each run. Falsity of a finding
is derived by rules of its own, so nothing depends on the order of facts and `none` is never used.
"""

import json
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from types import TracebackType
from typing import Any

import durable_rules_engine as native
from durable.engine import Ruleset

from rules.engine.memory import WorkingMemory
from rules.meaning import Evidence, Fact, Ground, least
from rules.model import RuleBase
from rules.normal_form import Variable, Way

# The C code crashes or hangs above 4,096 rules, 511 first-level tests, 255 rules on one pattern, 64 pending matches of
# one fact and 16 joined patterns; these bounds keep clear of them.
MAXIMUM_RULES = 4000
MAXIMUM_FIRST_TESTS = 500
MAXIMUM_SAME_PATTERN = 250
MAXIMUM_TOKEN_USES = 55
MAXIMUM_JOINS = 15

_START = "start"
_SESSION = "s"
_OK, _NO_RULE_WANTS_IT = 0, 1


class EngineError(RuntimeError):
    """durable-rules cannot hold this rule base, or reported an error during a run."""


class Engine:
    """One compiled rule base. Runs one evaluation at a time; share one engine between threads.

    It is compiled in stages, since one rule set of durable-rules tells only so many questions and findings apart. A
    stage sees the answers and what the stages before it found.
    """

    def __init__(self, base: RuleBase, most: int = MAXIMUM_FIRST_TESTS):
        """Compile. Raises EngineError where a limit of durable-rules would be passed or two ids collide.

        `most` bounds the different questions, options and findings of one stage.
        """
        self._lock = threading.Lock()
        self._base = base
        self._stages = [_Stage(base, rules) for rules in _stages(base, most)]

    def __enter__(self) -> "Engine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Free the compiled rules; the engine must not be used afterwards."""
        with self._lock:
            for stage in self._stages:
                stage.close()

    def run(self, memory: WorkingMemory) -> tuple[dict[str, Evidence], dict[str, Evidence]]:
        """Findings with their evidence, and the findings that were needed false with theirs.

        Raises:
            EngineError: durable-rules reported an error.
        """
        grounds: dict[bool, dict[str, list[Ground]]] = {True: {}, False: {}}
        with self._lock:
            known: dict[str, bool] = {}
            for stage in self._stages:
                for rule_id, wanted, ground in stage.run(memory, known):
                    grounds[wanted].setdefault(rule_id, []).append(ground)
                    known[rule_id] = wanted
        found, refuted = ({rule: least(some) for rule, some in grounds[wanted].items()} for wanted in (True, False))
        return found, refuted


def _stages(base: RuleBase, most: int) -> list[list[str]]:
    """The rules in the order of the rule base, in as few stages as the bound on different names allows."""
    stages: list[list[str]] = [[]]
    names: set[str] = set()
    for rule_id in base.rules:
        more = {
            name
            for way in (*base.ways[rule_id], *base.refutations.get(rule_id, ()))
            for name in (
                *(literal.variable.name for literal in way.literals),
                *(_finding(other) for other, _ in way.findings),
            )
        }
        if len(names | more) >= most and stages[-1]:
            stages.append([])
            names = set()
        stages[-1].append(rule_id)
        names |= more
    return stages


class _Stage:
    """Rules that are compiled into one rule set of durable-rules."""

    def __init__(self, base: RuleBase, rules: list[str]):
        self._base = base
        self._wanted: set[str] = set()
        self._facts: dict[str, Fact] = {}
        self._variables: dict[str, Variable] = {}
        self._tested: set[tuple[str, str]] = set()
        self._matches: list[tuple[str, bool, Ground]] = []
        self._asserted: set[str] = set()
        self._errors: list[BaseException] = []
        definition: dict[str, Any] = {_START: {"all": [{"p0": {"q": _START}}], "run": lambda context: None}}
        for wanted, ways_of in ((True, base.ways), (False, base.refutations)):
            for rule_id in rules:
                for number, way in enumerate(way for way in ways_of.get(rule_id, ()) if way.possible):
                    name = f"{rule_id}{'+' if wanted else '-'}{number}"
                    definition[name] = {"all": self._patterns(name, way), "run": self._action(rule_id, wanted)}
        _check_limits(definition)
        names = [_START, f"sid-{_SESSION}", "$pulse", *self._variables, *(_finding(rule) for rule in base.rules)]
        _check_collisions([*names, *definition])
        self._rules = Ruleset("rules", None, definition)
        self._handle: Any = self._rules._handle

    def close(self) -> None:
        if self._handle is not None:
            native.delete_ruleset(self._handle)
            self._handle = None

    def run(self, memory: WorkingMemory, known: Mapping[str, bool]) -> list[tuple[str, bool, Ground]]:
        """Each match: the rule, whether it is found or refuted, and the ground. `known` comes from earlier stages."""
        if self._handle is None:
            raise EngineError("the engine is closed")
        self._matches, self._asserted, self._errors = [], set(), []
        try:
            # A rule must have fired before the state is deleted, or the C code frees memory that it never set.
            self._settle(self._assert(_START, "1"))
            offset = None
            for name, variable in self._variables.items():
                token = self._base.domains.token(variable, memory.facts[variable.question])
                if (name, token) in self._tested:  # most are not, and asserting them takes most of the time
                    offset = self._assert(name, token)
            for rule_id in self._wanted & known.keys():
                offset = self._assert(_finding(rule_id), "1" if known[rule_id] else "0")
            if offset is not None:
                self._settle(offset)
            exception = self._rules.get_state(_SESSION).get("exception")
            if self._errors:
                raise EngineError(str(self._errors[0])) from self._errors[0]
            if exception:
                raise EngineError(str(exception))
            return self._matches
        finally:
            self._rules.delete_state(_SESSION)

    def _patterns(self, name: str, way: Way) -> list[dict[str, Any]]:
        tests: list[tuple[str, list[str]]] = []
        for literal in way.literals:
            variable = literal.variable
            self._variables[variable.name] = variable
            self._facts[variable.name] = Fact("answer", variable.question, variable.option)
            tests.append((variable.name, sorted(literal.true)))
            self._tested.update((variable.name, token) for token in literal.true)
        for rule_id, wanted in way.findings:
            self._wanted.add(rule_id)
            tests.append((_finding(rule_id), ["1" if wanted else "0"]))
        if len(tests) > MAXIMUM_JOINS:
            raise EngineError(
                f"{name}: more than {MAXIMUM_JOINS} tests together; name a part as an intermediate finding"
            )
        return [{f"p{number}": _pattern(about, tokens)} for number, (about, tokens) in enumerate(tests)]

    def _action(self, rule_id: str, wanted: bool) -> Callable[[Any], None]:
        def run(context: Any) -> None:  # durable-rules takes a second parameter for a sign of asynchrony
            try:
                ground = frozenset(self._fact(matched["q"], matched["v"]) for matched in context._m.values())
                self._matches.append((rule_id, wanted, ground))
                if rule_id in self._wanted and rule_id not in self._asserted:
                    self._asserted.add(rule_id)
                    self._assert(_finding(rule_id), "1" if wanted else "0")
            except BaseException as error:  # durable-rules would swallow it
                self._errors.append(error)

        return run

    def _fact(self, name: str, token: str) -> Fact:
        return self._facts[name] if name in self._facts else Fact("finding", name.removeprefix("="), holds=token == "1")

    def _assert(self, name: str, token: str) -> Any:
        code, offset = native.assert_fact(self._handle, _written(name, token))
        if code not in (_OK, _NO_RULE_WANTS_IT):
            raise EngineError(f"durable-rules refused the fact {name} = {token} with code {code}")
        return offset

    def _settle(self, offset: Any) -> None:
        def done(error: BaseException | None, state: Any) -> None:
            if error is not None:
                self._errors.append(error)

        self._rules.do_actions(offset, done)


@lru_cache(8192)
def _written(name: str, token: str) -> str:
    return json.dumps({"sid": _SESSION, "id": name, "q": name, "v": token}, ensure_ascii=False)


def _finding(rule_id: str) -> str:
    return "=" + rule_id


def _pattern(about: str, tokens: list[str]) -> dict[str, Any]:
    values = {"v": tokens[0]} if len(tokens) == 1 else {"$or": [{"v": token} for token in tokens]}
    return {"$and": [{"q": about}, values]}


def _check_limits(definition: dict[str, Any]) -> None:
    patterns = [pattern for rule in definition.values() for entry in rule["all"] for pattern in entry.values()]
    same = Counter(json.dumps(pattern) for pattern in patterns)
    lists = [json.loads(pattern)["$and"] for pattern in same if "$or" in pattern]
    uses = Counter((about["q"], value["v"]) for about, values in lists for value in values["$or"])
    first = {pattern["$and"][0]["q"] for pattern in patterns if "$and" in pattern}
    for count, limit, what in (
        (len(definition), MAXIMUM_RULES, "rules"),
        (len(first) + 1, MAXIMUM_FIRST_TESTS, "different questions, options and findings"),
        (max(same.values(), default=0), MAXIMUM_SAME_PATTERN, "rules on one test"),
        (max(uses.values(), default=0), MAXIMUM_TOKEN_USES, "different lists with one option"),
    ):
        if count > limit:
            raise EngineError(f"durable-rules holds at most {limit} {what}; this rule base has {count}")


def _check_collisions(names: list[str]) -> None:
    """durable-rules takes two texts with one FNV-1a hash of 32 bits for the same."""
    seen: dict[int, str] = {}
    for name in dict.fromkeys(names):
        value = 2166136261
        for byte in name.encode():
            value = ((value ^ ((byte - 256 if byte > 127 else byte) & 0xFFFFFFFF)) * 16777619) & 0xFFFFFFFF
        if value in seen:
            raise EngineError(f"durable-rules cannot tell {name!r} from {seen[value]!r}; rename one of them")
        seen[value] = name
