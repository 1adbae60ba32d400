"""Which answers an open rule still waits for."""

from collections.abc import Mapping

from knowledge.model import Answer
from rules.engine.inference import Trace
from rules.model import RuleBase
from rules.normal_form import Literal, Way


class Relevance:
    """For one trace: the questions whose answer can still decide a rule that is undetermined."""

    def __init__(self, base: RuleBase, trace: Trace):
        self._base = base
        self._trace = trace
        self._facts: Mapping[str, Answer] = trace.memory.facts
        self._waiting: dict[str, frozenset[str]] = {}
        self._asking: dict[str, frozenset[str]] = {}

    def deciding(self, rule: str) -> frozenset[str]:
        """The asked questions, unanswered or answered with 'don't know', that an undetermined rule waits for."""
        if rule not in self._waiting:
            found: set[str] = set()
            if rule in self._trace.undetermined:
                for way in self._base.ways[rule]:
                    if not self._fails(way):
                        found |= self._open_parts(way)
            self._waiting[rule] = frozenset(found)
        return self._waiting[rule]

    def _open_parts(self, way: Way) -> set[str]:
        found: set[str] = set()
        for literal in way.literals:
            token = self._token(literal)
            if token not in literal.true and token not in literal.false:
                found |= self._to_ask(literal.variable.question)
        for rule, _ in way.findings:
            found |= self.deciding(rule)
        return found

    def _to_ask(self, question: str) -> frozenset[str]:
        """The question itself where it is asked; otherwise the earlier ones that tell whether it will be."""
        if question not in self._asking:
            found: set[str] = set()
            if self._trace.memory.asked[question]:
                found.add(question)
            else:
                for way in self._base.asking[question]:
                    if not self._fails(way):
                        found |= self._open_parts(way)
            self._asking[question] = frozenset(found)
        return self._asking[question]

    def _token(self, literal: Literal) -> str:
        return self._base.domains.token(literal.variable, self._facts[literal.variable.question])

    def _fails(self, way: Way) -> bool:
        for rule, wanted in way.findings:
            if rule not in self._trace.undetermined and (rule in self._trace.findings) is not wanted:
                return True
        for literal in way.literals:  # noqa: SIM110  # a generator for each way takes longer than what it looks at
            if self._token(literal) in literal.false:
                return True
        return False
