"""Which changed answers brought a lesson or took it away, checked by putting only these answers back."""

from collections.abc import Iterable, Mapping

from knowledge.condition import findings_in, questions_in
from knowledge.model import Answer
from rules.engine.inference import Trace
from rules.engine.memory import working_memory
from rules.meaning import Fact, Truth, evidence, truth
from rules.model import RuleBase


class Attribution:
    """The differences between two sets of answers under one rule base, with the trace of each."""

    def __init__(
        self,
        rules: RuleBase,
        before: Trace,
        first: Mapping[str, Answer],
        after: Trace,
        second: Mapping[str, Answer],
    ):
        self.before = before
        self.after = after
        self._rules = rules
        self._first = first
        self._second = second
        self._different = {one for one in rules.knowledge.questions if first.get(one) != second.get(one)}

    def of_question(self, question: str) -> tuple[str, ...]:
        """The different answers that make the rules see another answer here: its own, and those that it is asked on."""
        return self._in_order(self._causes(question))

    def of_lesson(self, lesson: str) -> tuple[str, ...]:
        """The questions whose other answers made this lesson appear or vanish.

        They are those that differ in the evidence of the rules that lead to it. Where something else would bring the
        same again, these are completed with the fewest others.
        """
        leading = [rule.id for rule in self._rules.rules.values() if rule.lesson == lesson]
        advised_before = any(rule in self.before.findings for rule in leading)
        trace = self.before if advised_before else self.after
        found: set[str] = set()
        seen: set[tuple[str, bool]] = set()
        for rule in leading:
            if rule in trace.findings:
                self._collect(rule, True, trace, found, seen)
        if self._advised(leading, found) is not advised_before:
            found |= self._completed(leading, found, advised_before)
        return self._in_order(found)

    def _collect(self, rule: str, holds: bool, trace: Trace, found: set[str], seen: set[tuple[str, bool]]) -> None:
        """Add the questions that differ in the evidence of a finding and of those below it."""
        if (rule, holds) in seen:
            return
        seen.add((rule, holds))
        if holds:
            grounds = trace.findings[rule]
        else:
            known: dict[str, Truth] = {
                other: None if other in trace.undetermined else other in trace.findings for other in self._rules.rules
            }
            grounds = evidence(self._rules.rules[rule].when, trace.memory.facts, known, wanted=False)
        for fact in frozenset().union(*grounds):
            if fact.kind == "finding":
                self._collect(fact.about, fact.holds, trace, found, seen)
            elif self._differs(fact):
                found |= self._causes(fact.about)

    def _differs(self, fact: Fact) -> bool:
        before, after = self.before.memory.facts[fact.about], self.after.memory.facts[fact.about]
        if fact.option and isinstance(before, tuple) and isinstance(after, tuple):
            return (fact.option in before) is not (fact.option in after)
        return before != after

    def _causes(self, question: str) -> set[str]:
        if self.before.memory.facts[question] == self.after.memory.facts[question]:
            return set()
        found = {question} & self._different
        condition = self._rules.knowledge.questions[question].ask_when
        if condition is not None and self.before.memory.asked[question] is not self.after.memory.asked[question]:
            for earlier in questions_in(condition):
                found |= self._causes(earlier)
        return found

    def _completed(self, leading: list[str], found: set[str], wanted: bool) -> set[str]:
        """All that differ, without those that can be left out; putting back all of them is the first set itself."""
        needed = set(self._different)
        for question in self._in_order(self._different - found):
            if self._advised(leading, needed - {question}) is wanted:
                needed.discard(question)
        return needed

    def _advised(self, leading: list[str], put_back: Iterable[str]) -> bool:
        """Whether the lesson is advised on the second answers, with those to these questions as they were first."""
        answers = dict(self._second)
        for question in put_back:
            answers.pop(question, None)
            if question in self._first:
                answers[question] = self._first[question]
        facts = working_memory(answers, self._rules.knowledge.questions).facts
        known: dict[str, Truth] = {}
        for rule in self._below(leading):
            known[rule] = truth(self._rules.rules[rule].when, facts, known)
        return any(known[rule] for rule in leading)

    def _below(self, leading: list[str]) -> list[str]:
        """These rules and all that they rest on, in the order of the rule base."""
        needed, waiting = set(leading), list(leading)
        while waiting:
            more = findings_in(self._rules.rules[waiting.pop()].when) - needed
            needed |= more
            waiting += more
        return [rule for rule in self._rules.rules if rule in needed]

    def _in_order(self, questions: set[str]) -> tuple[str, ...]:
        return tuple(question for question in self._rules.knowledge.questions if question in questions)
