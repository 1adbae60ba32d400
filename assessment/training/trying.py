"""One answer changed: which changes do something here, what they do to the advice, and what keeps it as it is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from assessment.changes.smallest_change import what_if
from assessment.model import ActVerdict, AnswerInWords
from assessment.verdicts import verdicts
from knowledge.acts import CHAPTER, VerdictKind
from knowledge.condition import UNKNOWN
from knowledge.model import Answer, Answers, Question
from knowledge.text import Text
from rules.engine.inference import Inference, reference
from rules.engine.memory import working_memory
from rules.meaning import UNANSWERED
from rules.words import in_words

OFFERED, TRIED = 3, 3
"""How many changes are offered, and of how many per question it is worked out what they do."""
ORDER = ("core.first",)
"""What only says what the company does first."""


@dataclass(frozen=True)
class VerdictChange:
    """What is said of an act before and after; None where nothing is."""

    label: Text
    before: VerdictKind | None
    after: VerdictKind | None
    danger: bool


@dataclass(frozen=True)
class Trial:
    """Another answer to one question, and what it changes."""

    question: str
    asked: Text
    before: Text
    after: Text
    answer: Answer
    changes: tuple[VerdictChange, ...]


@dataclass(frozen=True)
class Kept:
    """An advice that rested on an answer and stays without it: what it still rests on."""

    label: Text
    answers: tuple[AnswerInWords, ...]


def offered(answers: Answers, inference: Inference) -> tuple[Trial, ...]:
    """Changes of an answer, each to another question, that do most to what the company should do; OFFERED at most."""
    questions = inference.base.knowledge.questions
    variants = [
        one
        for one in what_if(inference).variants(answers)
        if one.question in answers and not questions[one.question].frame and one.question not in ORDER
    ]
    variants.sort(
        key=lambda one: (not _is_plain(questions[one.question], one.answer), -len(one.appeared) - len(one.vanished))
    )
    tried = Counter[tuple[str, bool]]()
    before = _verdicts(answers, inference)
    found: dict[str, Trial] = {}
    for one in variants:
        kind = (one.question, _is_plain(questions[one.question], one.answer))
        tried[kind] += 1
        if tried[kind] > TRIED:
            continue
        trial = trial_of(answers, one.question, one.answer, inference, before)
        known = found.get(one.question)
        if trial.changes and (known is None or _weight(trial) > _weight(known)):
            found[one.question] = trial
    best = sorted(
        found.values(),
        key=lambda one: (
            one.question.startswith(f"{CHAPTER}."),
            not _is_plain(questions[one.question], one.answer),
            not questions[one.question].protects,
            -_weight(one),
        ),
    )
    return tuple(best[:OFFERED])


def trial_of(
    answers: Answers,
    question_id: str,
    answer: Answer,
    inference: Inference,
    before: dict[str, ActVerdict] | None = None,
) -> Trial:
    """What one other answer does."""
    question = inference.base.knowledge.questions[question_id]
    was = before if before is not None else _verdicts(answers, inference)
    return Trial(
        question_id,
        question.text,
        in_words(question, answers.get(question_id, UNANSWERED)),
        in_words(question, answer),
        answer,
        _changes(was, _verdicts({**answers, question_id: answer}, inference)),
    )


def changes(before: Answers, after: Answers, inference: Inference) -> tuple[VerdictChange, ...]:
    """What is said of acts after other answers, where it differs."""
    return _changes(_verdicts(before, inference), _verdicts(after, inference))


def kept(before: Answers, after: Answers, inference: Inference) -> tuple[Kept, ...]:
    """What rested on an answer that is another now, and is advised all the same."""
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    now = _verdicts(after, inference)
    return tuple(
        Kept(one.label, tuple(leaf for leaf in now[act].reason.answers() if leaf.is_asked))
        for act, one in _verdicts(before, inference).items()
        if act in now
        and one.verdict == now[act].verdict
        and changed & {leaf.question for leaf in one.reason.answers() if leaf.is_asked}
    )


def _is_plain(question: Question, answer: Answer) -> bool:
    """Whether it is an answer of its own, and not that nothing of all this is so, or that it is not known."""
    alone = {option.id for option in question.options if option.exclusive} | {UNKNOWN}
    return not alone & set(answer if isinstance(answer, tuple) else (str(answer),))


def _weight(trial: Trial) -> int:
    return sum(3 if one.danger else 1 for one in trial.changes)


def _verdicts(answers: Mapping[str, Answer], inference: Inference) -> dict[str, ActVerdict]:
    trace = reference(inference.base, working_memory(answers, inference.base.knowledge.questions))
    return {one.act: one for one in verdicts(trace, inference.base) if one.asks or one.ticked}


def _changes(before: dict[str, ActVerdict], after: dict[str, ActVerdict]) -> tuple[VerdictChange, ...]:
    found = []
    for act in dict.fromkeys((*after, *before)):
        was, now = before.get(act), after.get(act)
        kinds = [one.verdict if one is not None else None for one in (was, now)]
        told = now or was
        if kinds[0] != kinds[1] and told is not None and (kinds != [None, "go-ahead"] and kinds != ["go-ahead", None]):
            danger = any(one is not None and one.asks and one.tier == 1 for one in (was, now))
            found.append(VerdictChange(told.label, kinds[0], kinds[1], danger))
    return tuple(sorted(found, key=lambda one: not one.danger))
