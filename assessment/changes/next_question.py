"""Which question to ask next: the one whose answer settles most of what can still be advised."""

from collections.abc import Mapping
from functools import cached_property

import numpy as np

from assessment.advice import SEVERITIES, open_acts, still_open
from assessment.changes.model import NextQuestion
from assessment.plan import SEVERITY
from knowledge.model import Answer, Question
from rules.columns import Columns, Conclusions
from rules.engine.inference import reference
from rules.engine.memory import working_memory
from rules.meaning import UNANSWERED
from rules.model import RuleBase

WEIGHTS = dict(zip(SEVERITIES, (8, 3, 1), strict=True))
"""What it is worth to settle whether a lesson applies or which verdict an act gets, by its severity."""
SCAN = 12
"""How many questions a ten-minute scan asks."""


class NextQuestions:
    """Orders the open questions of any case over one rule base."""

    def __init__(self, rules: RuleBase):
        self._rules = rules
        self._columns = Columns(rules)

    @cached_property
    def _by_lesson(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for rule in self._rules.rules.values():
            if rule.lesson is not None:
                found.setdefault(rule.lesson, []).append(rule.id)
        return found

    @cached_property
    def _by_act(self) -> Mapping[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for rule, possible in self._rules.verdicts.items():
            found.setdefault((possible.act.id, possible.state), []).append(rule)
        return found

    def order(self, answers: Mapping[str, Answer]) -> tuple[NextQuestion, ...]:
        """The asked questions without an answer, the one that settles most first; ties in the order of the interview.

        What an answer settles: the lessons of which it is then known whether they are advised and the acts of which the
        verdict is, weighted by severity, as the mean over the answers that can be given. Questions that cannot change
        the advice come last.
        """
        knowledge = self._rules.knowledge
        trace = reference(self._rules, working_memory(answers, knowledge.questions))
        bringing, acts = still_open(trace, self._rules), open_acts(trace, self._rules)
        waiting = [
            question
            for question in knowledge.questions.values()
            if trace.memory.asked[question.id] and trace.memory.facts[question.id] == UNANSWERED
        ]
        tried = [(question.id, answer) for question in waiting for answer in self.choices(question)]
        places: dict[str, list[int]] = {}
        for row, (question_id, _) in enumerate(tried, start=1):
            places.setdefault(question_id, []).append(row)
        left = self._unsettled(self._columns.evaluate(self._columns.of_changes(answers, tried)), len(tried) + 1)
        found = [
            NextQuestion(
                question=question.id,
                settles=round(float(left[0] - np.mean(left[places[question.id]])), 3),
                lessons=len(bringing.get(question.id, ())),
                acts=len(acts.get(question.id, ())),
            )
            for question in waiting
        ]
        return tuple(sorted(found, key=lambda one: (not one.matters, -one.settles)))

    def choices(self, question: Question) -> list[Answer]:
        """The answers to try: each option, or a number of each interval that rules tell apart."""
        if question.kind == "several":
            return [(option.id,) for option in question.options]
        variable = next(one for one in self._columns.codes if one.question == question.id)
        tokens = self._rules.domains.tokens[variable].values()
        return [one for one in tokens if isinstance(one, int) or (question.option(str(one)) is not None)]

    def _unsettled(self, conclusions: Conclusions, rows: int) -> "np.typing.NDArray[np.float64]":
        """Per row the weight of the lessons of which it is open whether they are advised, and of the open verdicts."""
        total = np.zeros(rows)
        for lesson, rules in self._by_lesson.items():
            advised = np.logical_or.reduce([conclusions.true[rule] for rule in rules])
            ruled_out = np.logical_and.reduce([conclusions.false[rule] for rule in rules])
            total += WEIGHTS[self._rules.knowledge.lessons[lesson].severity] * ~(advised | ruled_out)
        for verdicts in self._by_act.values():
            settled, before = np.zeros(rows, bool), np.ones(rows, bool)
            for rule in verdicts:
                settled |= before & conclusions.true[rule]
                before &= conclusions.false[rule]
            tier = min(self._rules.verdicts[rule].verdict.tier for rule in verdicts)
            total += WEIGHTS[SEVERITY[tier]] * ~(settled | before)
        return total
