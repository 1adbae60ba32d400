"""The smallest change of answers that brings or removes a lesson, found exactly by the solver."""

import threading
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import z3

from knowledge.condition import UNKNOWN
from knowledge.model import Answer, Answers, Question
from rules.meaning import UNANSWERED
from rules.model import RuleBase
from rules.normal_form import YES, Variable
from rules.proofs.space import AnswerSpace, every

MAXIMUM_CHANGES, REMEMBERED = 12, 4096


class ChangeFinder:
    """Finds smallest changes over one rule base; one search at a time, so it may be shared between threads."""

    def __init__(self, base: RuleBase):
        self._base = base
        self._space = AnswerSpace(base)
        self._lock = threading.Lock()
        self._changed = {one: z3.Bool(f"changed {one}") for one in base.knowledge.questions}
        self._toggled = {
            Variable(question.id, option.id): z3.Bool(f"toggled {question.id}:{option.id}")
            for question in base.knowledge.questions.values()
            if question.kind == "several"
            for option in question.options
        }
        # most of a search was to put this into Z3's words, and from one search to the next few answers differ
        self._remembered = lru_cache(REMEMBERED)(self._kept_or_changed)

    def find(self, answers: Mapping[str, Answer], lesson: str, advised: bool) -> Answers | None:
        """The fewest new answers after which `lesson` is advised (or, with `advised` False, no longer is).

        Only answers that a user could give: to questions that are then asked, and real ones, since a 'don't know'
        changes what we know and not the situation. Questions that frame the assessment are left as they are. A former
        answer to a question that comes to be asked again counts as given. Of several choices, as few as possible are
        added or dropped. None where no change of at most twelve answers does it.
        """
        space, solver = self._space, self._space.solver
        with self._lock:
            solver.push()
            try:
                for question in self._base.knowledge.questions:
                    solver.add(self._remembered(question, answers.get(question, UNANSWERED)))
                wanted = space.advised(lesson)
                solver.add(wanted if advised else z3.Not(wanted))
                if not self._bound(self._changed.values(), MAXIMUM_CHANGES):
                    return None
                nearest = self._nearest()
                self._bound(self._toggled.values(), len(self._toggled))
                self._best(nearest)
                return self._new()
            finally:
                solver.pop()

    def _bound(self, flags: Iterable[Any], most: int) -> bool:
        """Hold the solver to the smallest number of these flags; False where more than `most` are needed."""
        some = list(flags)
        for count in range(most + 1):
            fewest = z3.AtMost(*some, count)
            if self._space.solver.check(fewest) == z3.sat:
                self._space.solver.add(fewest)
                return True
        return False

    def _kept_or_changed(self, question_id: str, answer: Answer) -> Any:
        """Where a question is surely asked it holds its answer or, changed, a real one; otherwise its place is set."""
        space, base = self._space, self._base
        question = base.knowledge.questions[question_id]
        status = Variable(question_id)
        kept = {
            one: space.is_(one, [base.domains.token(one, answer)])
            for one in (status, *(Variable(question_id, option.id) for option in question.options))
            if one in space.at
        }
        asked = space.truth(question.ask_when) if question.ask_when is not None else z3.BoolVal(True)
        real = z3.Not(space.is_(status, [UNKNOWN, *space.unanswered(question_id)]))
        same = every(kept.values())
        changed = self._changed[question_id]
        chosen_before = isinstance(answer, tuple)
        toggled = {
            one: z3.Not(as_before) if chosen_before else space.is_(one, [YES])
            for one, as_before in kept.items()
            if one in self._toggled
        }
        return z3.And(
            z3.Implies(z3.And(asked, z3.Not(changed)), same),
            z3.Implies(changed, z3.And(asked, real, z3.Not(same), z3.BoolVal(not question.frame))),
            *(self._toggled[one] == z3.And(changed, differs) for one, differs in toggled.items()),
        )

    def _nearest(self) -> list[Question]:
        """Hold the solver to the changes nearest to the lesson: later questions are more specific.

        To close a gap explains more than to make the whole matter vanish.
        """
        found = []
        for question in reversed(list(self._base.knowledge.questions.values())):
            flag = self._changed[question.id]
            if self._space.solver.check(flag) == z3.sat:
                self._space.solver.add(flag)
                found.append(question)
        return found

    def _best(self, questions: list[Question]) -> None:
        """Hold the solver to the answers with the most points, and of equal ones to those that come first.

        What is left open after this could be another answer each time that it is asked.
        """
        for question in questions:
            status = Variable(question.id)
            best = sorted(question.options, key=lambda one: -(one.points or 0))
            if question.kind == "several":
                options = [Variable(question.id, option.id) for option in best]
                self._first_possible(self._space.is_(one, [YES]) for one in options)
                for one in options:
                    self._first_possible([z3.Not(self._toggled[one])])
            elif question.kind == "one":
                self._first_possible(self._space.is_(status, [option.id]) for option in best)
            else:
                self._first_possible(self._space.is_(status, [one]) for one in self._base.domains.tokens[status])

    def _first_possible(self, wishes: Iterable[Any]) -> None:
        """Hold the solver to the first of these that is possible, if any."""
        for wish in wishes:
            if self._space.solver.check(wish) == z3.sat:
                self._space.solver.add(wish)
                return

    def _new(self) -> Answers:
        self._space.solver.check()
        model = self._space.solver.model()
        given = self._space.answers(model)
        return {one: given[one] for one, flag in self._changed.items() if z3.is_true(model.eval(flag))}
