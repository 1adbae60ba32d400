"""The answer space, as Z3 sees it: every set of answers that a user could give, partial ones included.

For each variable of the normal form one Boolean per token says that it holds that token; exactly one of them is true.
Booleans only, since Z3 has a solver for finite domains that is many times as fast as the general one. What is asked
follows from `ask_when`: a question that is not asked holds `-`, one that is perhaps asked holds `?`. Each rule has two
truths, that it holds and that it is false, by the same ways that the engines read.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Any

import z3

from knowledge.condition import AllOf, AnyOf, Concluded, Condition, NoneOf
from knowledge.model import Answer, Answers, Question
from rules.meaning import NOT_ASKED, UNANSWERED
from rules.model import RuleBase
from rules.normal_form import GIVEN, YES, Literal, Variable, Way

OPEN = (UNANSWERED, NOT_ASKED)


def finite_solver() -> Any:
    """An empty solver for Booleans and counts of them, Z3's logic QF_FD."""
    return z3.SolverFor("QF_FD")


def either(terms: Iterable[Any]) -> Any:
    """That one of these holds, as `z3.Or` says it.

    That all are Booleans is not looked at for each of them: that takes longer than the rest.
    """
    return _joined(z3.Z3_mk_or, terms)


def every(terms: Iterable[Any]) -> Any:
    """That all of these hold, as `z3.And` says it."""
    return _joined(z3.Z3_mk_and, terms)


def _joined(make: Any, terms: Iterable[Any]) -> Any:
    held = list(terms)  # Z3 forgets what nothing refers to
    context = z3.main_ctx()
    asts = (z3.Ast * len(held))(*(term.as_ast() for term in held))
    return z3.BoolRef(make(context.ref(), len(held), asts), context)


class AnswerSpace:
    """The answer space and the rules over it, as constraints of one solver."""

    def __init__(self, base: RuleBase):
        self.base = base
        self.at = {
            variable: {token: z3.Bool(f"{variable.name} {token}") for token in tokens}
            for variable, tokens in base.domains.tokens.items()
        }
        self.true = {rule: z3.Bool(f"true {rule}") for rule in base.rules}
        self.false = {rule: z3.Bool(f"false {rule}") for rule in base.rules}
        self._unfolded: dict[tuple[str, bool], Any] = {}
        self._held: dict[tuple[Variable, tuple[str, ...]], Any] = {}
        self.solver = finite_solver()
        possible = [one for question in base.knowledge.questions.values() for one in self._possible(question)]
        self.possible = every(possible)
        self.solver.add(self.possible)
        for rule, ways in base.ways.items():
            self.solver.add(self.true[rule] == either([self._holds(way) for way in ways]))
            self.solver.add(self.false[rule] == every([self._fails(way) for way in ways]))

    def is_(self, variable: Variable, tokens: Iterable[str]) -> Any:
        """That a variable holds one of these tokens; said once to Z3, as nearly all of it is asked for often."""
        asked = variable, tuple(tokens)
        if asked not in self._held:
            self._held[asked] = either([self.at[variable][token] for token in asked[1]])
        return self._held[asked]

    def truth(self, condition: Condition, wanted: bool = True) -> Any:
        """That a condition is true, or false where `wanted` is False; both are wrong where it is undetermined."""
        match condition:
            case AllOf():
                each = [self.truth(part, wanted) for part in condition.all]
                return every(each) if wanted else either(each)
            case AnyOf():
                each = [self.truth(part, wanted) for part in condition.any]
                return either(each) if wanted else every(each)
            case NoneOf():
                each = [self.truth(part, not wanted) for part in condition.none]
                return every(each) if wanted else either(each)
            case Concluded():
                return (self.true if wanted else self.false)[condition.finding]
            case _:
                literal = self.base.domains.literal(condition)
                return self.is_(literal.variable, literal.true if wanted else literal.false)

    def advised(self, lesson: str) -> Any:
        """That some rule with this lesson holds."""
        return either([self.true[rule.id] for rule in self.base.rules.values() if rule.lesson == lesson])

    def witness(self, *demands: Any) -> Answers | None:
        """Answers that meet the demands, or None where there are none."""
        if self.solver.check(*demands) != z3.sat:
            return None
        return self.answers(self.solver.model())

    def some_model(self, *demands: Any) -> Any:
        """A model that meets the demands and is else arbitrary, or None where there is none."""
        self.solver.set("phase", "random")
        found = self.solver.model() if self.solver.check(*demands) == z3.sat else None
        self.solver.set("phase", "caching")
        return found

    def smallest(self, *demands: Any) -> Answers | None:
        """A set of answers that meets the demands with as few answers as possible, or None where there is none."""
        found = self.witness(*demands)
        given = [z3.Not(self.is_(Variable(one), self.unanswered(one))) for one in self.base.knowledge.questions]
        while found:
            smaller = self.witness(*demands, z3.AtMost(*given, len(found) - 1))
            if smaller is None:
                return found
            found = smaller
        return found

    def unanswered(self, question: str) -> list[str]:
        """The tokens with which a question has no answer."""
        return [token for token in OPEN if token in self.at[Variable(question)]]

    def answers(self, model: Any) -> Answers:
        """The answers that a model of the solver stands for."""
        answers: Answers = {}
        for question in self.base.knowledge.questions.values():
            variable = Variable(question.id)
            token = self._token(model, variable)
            if token in OPEN:
                continue
            answer: Answer = self.base.domains.tokens[variable][token]
            if token == GIVEN:
                chosen = (option.id for option in question.options)
                answer = tuple(one for one in chosen if self._token(model, Variable(question.id, one)) == YES)
            answers[question.id] = answer
        return answers

    def _token(self, model: Any, variable: Variable) -> str:
        return next(token for token, holds in self.at[variable].items() if z3.is_true(model.eval(holds)))

    def _possible(self, question: Question) -> Iterator[Any]:
        variable = Variable(question.id)
        for one in (variable, *(Variable(question.id, option.id) for option in question.options)):
            if one in self.at:
                held = list(self.at[one].values())
                not_held = map(z3.Not, held)
                yield every([either(held), *(either(pair) for pair in combinations(not_held, 2))])
        if question.ask_when is not None:
            asked, hidden = self.truth(question.ask_when), self.truth(question.ask_when, wanted=False)
            yield hidden == self.is_(variable, [NOT_ASKED])
            yield z3.Or(asked, hidden, self.is_(variable, [UNANSWERED]))
        if question.kind == "several":
            yield from self._several(question, variable)

    def _several(self, question: Question, variable: Variable) -> Iterator[Any]:
        chosen = {option.id: self.is_(Variable(question.id, option.id), [YES]) for option in question.options}
        for option in question.options:
            part = Variable(question.id, option.id)
            for token in self.at[variable]:
                if token != GIVEN:
                    yield self.is_(part, [token]) == self.is_(variable, [token])
            if option.exclusive:
                others = [other for name, other in chosen.items() if name != option.id]
                yield z3.Implies(chosen[option.id], z3.Not(either(others)))
        yield z3.Implies(self.is_(variable, [GIVEN]), either(chosen.values()))

    def unfolded(self, rule: str, wanted: bool = True) -> Any:
        """The truth (or falsity) of a rule in terms of answers only, its findings written out."""
        if (rule, wanted) not in self._unfolded:
            self._unfolded[rule, wanted] = self._written_out(rule, wanted)
        return self._unfolded[rule, wanted]

    def _written_out(self, rule: str, wanted: bool) -> Any:
        each = [
            [self._literal(literal, wanted) for literal in way.literals]
            + [self.unfolded(other, sign is wanted) for other, sign in way.findings]
            for way in self.base.ways[rule]
        ]
        return either(map(every, each)) if wanted else every(map(either, each))

    def given(self, rule: str, earlier: Iterable[str]) -> Any:
        """That the verdict of this rule is given: it holds and none of the earlier ones does, in terms of answers."""
        return every([self.unfolded(rule), *(z3.Not(self.unfolded(one)) for one in earlier)])

    def _literal(self, literal: Literal, wanted: bool) -> Any:
        return self.is_(literal.variable, literal.true if wanted else literal.false)

    def _holds(self, way: Way) -> Any:
        parts = [self._literal(literal, True) for literal in way.literals]
        return every(parts + [(self.true if wanted else self.false)[rule] for rule, wanted in way.findings])

    def _fails(self, way: Way) -> Any:
        parts = [self._literal(literal, False) for literal in way.literals]
        return either(parts + [(self.false if wanted else self.true)[rule] for rule, wanted in way.findings])
