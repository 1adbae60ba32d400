"""What would change the advice: other answers tried, the smallest change for a lesson, why a lesson is not given."""

from collections.abc import Mapping
from functools import cache

from assessment.changes.model import Change, Variant, WhyNot
from assessment.changes.next_question import NextQuestions
from assessment.explanation import reason
from assessment.model import AnswerInWords
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answer, Question
from rules.columns import Columns, Conclusions
from rules.engine.inference import Inference, conclusions, reference
from rules.engine.memory import working_memory
from rules.model import RuleBase
from rules.proofs.change import ChangeFinder
from rules.words import in_words


class WhatIf:
    """Tries other answers over one rule base."""

    def __init__(self, rules: RuleBase):
        self._rules = rules
        self._columns = Columns(rules)
        self._next = NextQuestions(rules)
        self._finder = ChangeFinder(rules)

    def variants(self, answers: Mapping[str, Answer]) -> tuple[Variant, ...]:
        """For every other answer to every asked question: the lessons that appear and those that vanish."""
        questions = self._rules.knowledge.questions
        asked = working_memory(answers, questions).asked
        tried = [
            (question.id, answer)
            for question in questions.values()
            if asked[question.id]
            for answer in self.alternatives(question, answers.get(question.id))
        ]
        conclusions = self._columns.evaluate(self._columns.of_changes(answers, tried))
        now = self._lessons(conclusions, 0)
        found = []
        for row, (question, answer) in enumerate(tried, start=1):
            then = self._lessons(conclusions, row)
            found.append(
                Variant(
                    question=question,
                    answer=answer,
                    appeared=tuple(sorted(then - now)),
                    vanished=tuple(sorted(now - then)),
                )
            )
        return tuple(found)

    def alternatives(self, question: Question, answer: Answer | None) -> list[Answer]:
        """Every other answer to a question; of several choices, each option added or dropped."""
        others: list[Answer] = [UNKNOWN, *([NOT_APPLICABLE] if question.not_applicable else [])]
        if question.kind != "several":
            others = [*self._next.choices(question), *others]
        else:
            chosen = set(answer) if isinstance(answer, tuple) else set()
            alone = {option.id for option in question.options if option.exclusive}
            for option in question.options:
                changed = {option.id} if option.id in alone else (chosen - alone) ^ {option.id}
                if changed:
                    others.insert(-1, tuple(one.id for one in question.options if one.id in changed))
        return [other for other in dict.fromkeys(others) if other != answer]

    def smallest_change(self, answers: Mapping[str, Answer], lesson: str) -> Change | None:
        """The fewest other answers that bring a lesson, or remove it where it is advised now.

        Exact, and run through the rules again before it is given. None where no answers do so while the assessment
        stays about the same thing.
        """
        questions = self._rules.knowledge.questions
        advised = lesson in self.advised(answers)
        new = self._finder.find(answers, lesson, not advised)
        if new is None:
            return None
        if (lesson in self.advised({**answers, **new})) is advised:
            raise AssertionError(f"the change {new} for {lesson} does not change it by the reference meaning")
        before = working_memory(answers, questions).facts
        return Change(
            lesson=lesson,
            removes=advised,
            answers=new,
            words=tuple(
                AnswerInWords(question=one, asked=questions[one].text, answer=in_words(questions[one], answer))
                for one, answer in new.items()
            ),
            instead_of=tuple(in_words(questions[one], before[one]) for one in new),
        )

    def why_not(self, answers: Mapping[str, Answer], lesson: str) -> WhyNot:
        """Why a lesson is not advised: the rule that is nearest to applying, why it does not, what would bring it.

        Raises:
            ValueError: the lesson is advised, or no rule leads to it.
        """
        rules = self._rules
        if lesson in self.advised(answers):
            raise ValueError(f"{lesson} is advised")
        change = self.smallest_change(answers, lesson)
        trace = reference(rules, working_memory(answers, rules.knowledge.questions))
        leading = [rule.id for rule in rules.rules.values() if rule.lesson == lesson]
        if not leading:
            raise ValueError(f"{lesson} is no lesson of this rule base")
        if change is not None:
            then = reference(rules, working_memory({**answers, **change.answers}, rules.knowledge.questions))
            leading = [rule for rule in leading if rule in then.findings] or leading
        nearest = leading[0]
        return WhyNot(
            lesson=lesson,
            rule=nearest,
            says=rules.rules[nearest].says,
            undecided=nearest in trace.undetermined,
            because=None if nearest in trace.undetermined else reason(nearest, trace, rules, holds=False),
            change=change,
        )

    def advised(self, answers: Mapping[str, Answer]) -> set[str]:
        """The lessons that are advised, by the reference meaning."""
        facts = working_memory(answers, self._rules.knowledge.questions).facts
        known = conclusions(self._rules, facts, self._rules.rules)
        return {lesson for lesson, rules in self._rules.leading.items() if any(known[rule] for rule in rules)}

    def _lessons(self, conclusions: Conclusions, row: int) -> set[str]:
        rules = self._rules.rules
        return {lesson for rule in conclusions.findings(row) if (lesson := rules[rule].lesson) is not None}


@cache
def what_if(inference: Inference) -> WhatIf:
    """The one WhatIf of an inference; making it takes a moment."""
    return WhatIf(inference.base)
