"""Two assessments side by side: two moments, two suppliers, or two people who answered about the same case.

Each lesson that appeared or vanished is attributed: to changed rules, or to the changed answers that its evidence rests
on. The attribution is checked: with only these answers put back, the difference is gone.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from assessment.changes.attribution import Attribution
from assessment.model import Assessment, Score, Standing
from assessment.scoring import scores
from knowledge.condition import UNKNOWN
from knowledge.model import Answer, Severity
from knowledge.renames import carry_over
from knowledge.text import Frozen, Id, Text
from rules.engine.inference import Inference, Trace, reference
from rules.engine.memory import working_memory
from rules.meaning import NOT_ASKED, UNANSWERED
from rules.model import RuleBase
from rules.words import in_words

ChangeKind = Literal["changed", "answered", "taken-back", "unknown", "known", "asked", "not-asked"]
ScoreOf = Literal["overall", "theme", "element"]


class ChangedAnswer(Frozen):
    """A question on which the two differ, in words, and that is answered in at least one of them.

    `kind` 'asked' and 'not-asked': it is asked in the second or in the first only; `because_of` are then the questions
    whose answers brought that about.
    """

    question: Id
    asked: Text
    kind: ChangeKind
    before: Text
    after: Text
    because_of: tuple[Id, ...]


class ChangedLesson(Frozen):
    """A lesson that is advised in one of the two only: it appeared in the second, or vanished from it.

    `whole_card` tells that its recommendation appeared or vanished altogether. It is `due_to` changed rules, or to the
    other answers to `questions`.
    """

    lesson: Id
    card: Id
    title: Text
    advice: Text
    severity: Severity
    appeared: bool
    whole_card: bool
    due_to: Literal["answers", "rules"]
    questions: tuple[Id, ...]


class ScorePair(Frozen):
    """One score in the two, as conditions met; None where too few are known to say anything."""

    of: ScoreOf
    about: Id
    title: Text
    before: Standing | None
    after: Standing | None


class Topic(Frozen):
    """A difference to talk about: the two answers, and how many lessons of each severity hang on them."""

    question: Id
    asked: Text
    before: Text
    after: Text
    lessons: tuple[Id, ...]
    critical: int
    high: int
    normal: int


class Comparison(Frozen):
    """All differences between a first and a second assessment.

    `agenda` holds the different answers as topics for a talk, the one with most consequences first.
    """

    titles: tuple[str, str]
    rules_versions: tuple[str, str]
    answers: tuple[ChangedAnswer, ...]
    lessons: tuple[ChangedLesson, ...]
    scores: tuple[ScorePair, ...]
    agenda: tuple[Topic, ...]

    @property
    def empty(self) -> bool:
        """Whether the two do not differ in answers, lessons or scores."""
        return not self.answers and not self.lessons and all(one.before == one.after for one in self.scores)


def compare(
    first: Assessment, second: Assessment, inference: Inference, earlier: Inference | None = None
) -> Comparison:
    """The differences between two assessments under one knowledge base; with `earlier` the first had other rules then.

    Answers of the first that the present questions do not take count as unanswered.
    """
    rules = inference.base
    one, two = _answers(first, rules), _answers(second, rules)
    before, after = _trace(one, rules), _trace(two, rules)
    attribution = Attribution(rules, before, one, after, two)
    old_rules = earlier.base if earlier is not None else rules
    then = before if old_rules.version == rules.version else _trace(_answers(first, old_rules), old_rules)
    lessons = tuple(_changed_lessons(_lessons(then, old_rules), old_rules, attribution, rules))
    answers = tuple(_changed_answers(attribution, rules))
    return Comparison(
        titles=(first.title, second.title),
        rules_versions=(old_rules.version, rules.version),
        answers=answers,
        lessons=lessons,
        scores=tuple(_score_pairs(_scores(then, old_rules), _scores(after, rules))),
        agenda=_agenda(answers, lessons),
    )


def _answers(assessment: Assessment, rules: RuleBase) -> Mapping[str, Answer]:
    return carry_over(assessment.answers, rules.knowledge.questions, rules.knowledge.renamed).answers


def _trace(answers: Mapping[str, Answer], rules: RuleBase) -> Trace:
    return reference(rules, working_memory(answers, rules.knowledge.questions))


def _lessons(trace: Trace, rules: RuleBase) -> frozenset[str]:
    return frozenset(lesson for rule in trace.findings if (lesson := rules.rules[rule].lesson) is not None)


def _changed_lessons(
    then: frozenset[str], old_rules: RuleBase, attribution: Attribution, rules: RuleBase
) -> Iterator[ChangedLesson]:
    """In the order of the cards; `then` are the lessons of the first assessment under the rules of then."""
    before, after = _lessons(attribution.before, rules), _lessons(attribution.after, rules)
    order = {**old_rules.knowledge.card_of, **rules.knowledge.card_of}
    for lesson_id, card in order.items():
        if (lesson_id in then) is (lesson_id in after):
            continue
        due_to_answers = (lesson_id in before) is not (lesson_id in after)
        lesson = next(one for one in card.lessons if one.id == lesson_id)
        without = then if lesson_id in after else after
        yield ChangedLesson(
            lesson=lesson_id,
            card=card.card,
            title=card.title,
            advice=lesson.advice,
            severity=lesson.severity,
            appeared=lesson_id in after,
            whole_card=not any(one.id in without for one in card.lessons),
            due_to="answers" if due_to_answers else "rules",
            questions=attribution.of_lesson(lesson_id) if due_to_answers else (),
        )


def _changed_answers(attribution: Attribution, rules: RuleBase) -> Iterator[ChangedAnswer]:
    for question in rules.knowledge.questions.values():
        before = attribution.before.memory.facts[question.id]
        after = attribution.after.memory.facts[question.id]
        if before != after and not {before, after} <= {UNANSWERED, NOT_ASKED}:
            yield ChangedAnswer(
                question=question.id,
                asked=question.text,
                kind=_kind(before, after),
                before=in_words(question, before),
                after=in_words(question, after),
                because_of=tuple(one for one in attribution.of_question(question.id) if one != question.id),
            )


def _kind(before: Answer, after: Answer) -> ChangeKind:
    if NOT_ASKED in (before, after):
        return "not-asked" if after == NOT_ASKED else "asked"
    if UNKNOWN in (before, after):
        return "unknown" if after == UNKNOWN else "known"
    if UNANSWERED in (before, after):
        return "taken-back" if after == UNANSWERED else "answered"
    return "changed"


def _scores(trace: Trace, rules: RuleBase) -> dict[tuple[ScoreOf, str], Score]:
    found = scores(trace, rules)
    kinds: dict[ScoreOf, tuple[Score, ...]] = {
        "overall": (found.overall,) if found.overall else (),
        "theme": found.themes,
        "element": found.elements,
    }
    return {(kind, one.about): one for kind, some in kinds.items() for one in some}


def _score_pairs(
    before: Mapping[tuple[ScoreOf, str], Score], after: Mapping[tuple[ScoreOf, str], Score]
) -> Iterator[ScorePair]:
    for key in sorted({*before, *after}, key=[*after, *before].index):
        then, now = before.get(key), after.get(key)
        yield ScorePair(
            of=key[0],
            about=key[1],
            title=(now or before[key]).title,
            before=then.standing if then else None,
            after=now.standing if now else None,
        )


def _agenda(answers: tuple[ChangedAnswer, ...], lessons: tuple[ChangedLesson, ...]) -> tuple[Topic, ...]:
    """Most lessons of the highest severity first; a question that is asked in one of the two only is no topic."""
    found = []
    for answer in answers:
        if answer.because_of:
            continue
        hanging = [one for one in lessons if answer.question in one.questions]
        found.append(
            Topic(
                question=answer.question,
                asked=answer.asked,
                before=answer.before,
                after=answer.after,
                lessons=tuple(one.lesson for one in hanging),
                critical=sum(one.severity == "critical" for one in hanging),
                high=sum(one.severity == "high" for one in hanging),
                normal=sum(one.severity == "normal" for one in hanging),
            )
        )
    return tuple(sorted(found, key=lambda one: (-one.critical, -one.high, -one.normal)))
