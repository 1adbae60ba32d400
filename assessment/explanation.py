"""The evidence in words: why a finding holds, or why it is ruled out."""

from assessment.model import AnswerInWords, Ground, Reason
from knowledge.condition import findings_in
from rules.engine.inference import Trace
from rules.meaning import Fact, evidence
from rules.meaning import Ground as Facts
from rules.model import RuleBase
from rules.words import in_words


def reason(rule_id: str, trace: Trace, rules: RuleBase, holds: bool = True) -> Reason:
    """Why the finding of `rule_id` holds, as a tree down to the answers; with `holds` False, why it does not.

    Contains only facts of this case, and each ground is enough to derive the finding again.
    """
    rule = rules.rules[rule_id]
    if holds:
        grounds = trace.findings[rule_id]
    elif rule_id in trace.refuted:
        grounds = trace.refuted[rule_id]
    else:
        below = findings_in(rule.when)
        known = {other: None if other in trace.undetermined else other in trace.findings for other in below}
        grounds = evidence(rule.when, trace.memory.facts, known, wanted=False)
    ordered = sorted(grounds, key=lambda ground: (len(ground), sorted(ground)))
    return Reason(
        rule=rule_id,
        says=rule.says,
        holds=holds,
        grounds=tuple(ground_in_words(ground, trace, rules) for ground in ordered),
    )


def ground_in_words(facts: Facts, trace: Trace, rules: RuleBase) -> Ground:
    """One ground of a conclusion: its answers in the order of the questionnaire, and the findings below it."""
    order = {question_id: place for place, question_id in enumerate(rules.knowledge.questions)}
    answers = sorted(
        (fact for fact in facts if fact.kind == "answer"), key=lambda fact: (order[fact.about], fact.option)
    )
    return Ground(
        answers=tuple(dict.fromkeys(_answer(fact, trace, rules) for fact in answers)),
        findings=tuple(
            reason(fact.about, trace, rules, fact.holds) for fact in sorted(facts) if fact.kind == "finding"
        ),
    )


def _answer(fact: Fact, trace: Trace, rules: RuleBase) -> AnswerInWords:
    question = rules.knowledge.questions[fact.about]
    return AnswerInWords(
        question=question.id,
        asked=question.text,
        answer=in_words(question, trace.memory.facts[question.id], fact.option),
    )
