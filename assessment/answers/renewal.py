"""Renewal an assessment under newer knowledge: what that changes, shown before anything is taken over.

changes = renewal(stored, inference)          # None where nothing changed
if changes is not None:
    ...                                       # show it; changes.assessment is what it would become
    adopt(store, stored, changes)
remember(store, stored, advice, inference)    # each time that advice is shown
"""

from collections.abc import Iterator
from datetime import datetime

from assessment.advice import advise
from assessment.model import Advice, Assessment
from assessment.plan import tasks
from assessment.store import Store
from assessment.store.state import Adoption, Advised, Kept, Stored
from knowledge.base import KnowledgeBase
from knowledge.model import Answers, Severity
from knowledge.renames import Carried, SetAside, carry_over, present_id
from knowledge.text import Frozen, Id, Text
from rules.engine.inference import Inference
from rules.engine.memory import asked_questions


class RenamedQuestion(Frozen):
    """A question that has another id now; what was answered, noted and decided on it comes along."""

    old: Id
    new: Id
    asked: Text


class ChangedOption(Frozen):
    """An answer that is stored under other option ids now, as it was and as it is."""

    question: Id
    asked: Text
    before: str | tuple[str, ...] | int
    after: str | tuple[str, ...] | int


class NewQuestion(Frozen):
    """A question without an answer that is asked now and was not asked before."""

    question: Id
    asked: Text


class ChangedAdvice(Frozen):
    """A lesson that is advised now and was not, or the other way round; without a title when it no longer exists."""

    lesson: Id
    title: Text | None
    severity: Severity | None


class Renewal(Frozen):
    """What newer knowledge or rules change in one assessment.

    `made_with` is the version of the knowledge that it was last used with, at the moment `made_at`. `set_aside` are
    answers that fit no present question. `advice_is_known` tells whether the advice of then was stored; without it
    nothing can be said about questions and lessons that appear or vanish. `assessment` is what it becomes.
    """

    made_with: str
    made_at: datetime
    knowledge_version: str
    rules_version: str
    renamed: tuple[RenamedQuestion, ...]
    changed_options: tuple[ChangedOption, ...]
    set_aside: tuple[SetAside, ...]
    new_questions: tuple[NewQuestion, ...]
    advice_is_known: bool
    appeared: tuple[ChangedAdvice, ...]
    vanished: tuple[ChangedAdvice, ...]
    assessment: Assessment
    adoption: Adoption

    @property
    def removed(self) -> tuple[SetAside, ...]:
        """The answers whose question no longer exists."""
        return tuple(one for one in self.set_aside if one.asked is None)


def renewal(stored: Stored, inference: Inference) -> Renewal | None:
    """What the present knowledge changes in a stored assessment; None where it was last used with just this one."""
    knowledge = inference.base.knowledge
    then = stored.advised
    if stored.made_with == knowledge.version and (then is None or then.rules_version == inference.base.version):
        return None
    given = {**stored.set_aside, **stored.assessment.answers}
    carried = carry_over(given, knowledge.questions, knowledge.renamed)
    renamed, notes = _renamed(stored, knowledge), stored.assessment.notes
    assessment = stored.assessment.model_copy(
        update={
            "answers": carried.answers,
            "notes": {renamed[old]: notes[old] for old in notes if old in renamed}
            | {question: note for question, note in notes.items() if question not in renamed},
            "knowledge_version": knowledge.version,
        }
    )
    advised = advised_now(assessment, advise(assessment, inference), knowledge)
    return Renewal(
        made_with=stored.made_with,
        made_at=stored.advised_at or stored.updated,
        knowledge_version=knowledge.version,
        rules_version=inference.base.version,
        renamed=tuple(
            RenamedQuestion(old=old, new=new, asked=knowledge.questions[new].text) for old, new in renamed.items()
        ),
        changed_options=tuple(_changed_options(given, carried, knowledge)),
        set_aside=tuple(one for one in carried.set_aside if one.question not in stored.set_aside),
        new_questions=tuple(_new_questions(then, advised, assessment, renamed, knowledge)),
        advice_is_known=then is not None,
        appeared=_lessons(advised, then, knowledge),
        vanished=_lessons(then, advised, knowledge),
        assessment=assessment,
        adoption=Adoption(
            from_version=stored.made_with,
            answers=carried.answers,
            set_aside={one.question: one.answer for one in carried.set_aside},
            renamed=renamed,
            advised=advised,
        ),
    )


def adopt(store: Store, stored: Stored, changes: Renewal) -> Stored:
    """Take over what `renewal` showed; returns the assessment as it is stored then. Nothing is lost.

    Raises:
        NotFound: the assessment is gone.
        Conflict: it was changed since it was opened; open it again.
    """
    store.adopt(stored.id, changes.adoption, stored.revision)
    return store.open(stored.id)


def kept_from(former: Stored, knowledge: KnowledgeBase) -> dict[str, Kept]:
    """What was answered in a stored assessment, by present question, for one that begins from it."""
    carried = carry_over(former.assessment.answers, knowledge.questions, knowledge.renamed)
    day = former.updated.astimezone().date()
    return {question: Kept(answer=answer, day=day) for question, answer in carried.answers.items()}


def advised_now(assessment: Assessment, advice: Advice, knowledge: KnowledgeBase) -> Advised:
    """What an advice tells us to remember, to compare with the next time that the assessment is opened."""
    return Advised(
        knowledge_version=advice.knowledge_version,
        rules_version=advice.rules_version,
        lessons=tuple(one.lesson.id for card in advice.recommendations for one in card.lessons),
        tasks=tuple(task.key for task in tasks(advice)),
        asked=tuple(question.id for question in asked_questions(assessment.answers, knowledge.questions)),
    )


def remember(store: Store, stored: Stored, advice: Advice, inference: Inference) -> int:
    """Store what is advised, where that is not what was stored last; returns the revision.

    For an assessment that is up to date only: advice under newer knowledge is stored by `adopt`. Nothing is stored for
    a reader.

    Raises:
        NotFound: the assessment is gone.
    """
    if stored.role == "reader":
        return stored.revision
    return store.remember_advice(stored.id, advised_now(stored.assessment, advice, inference.base.knowledge))


def _renamed(stored: Stored, knowledge: KnowledgeBase) -> dict[str, str]:
    """Former ids that this assessment mentions, with the present ones."""
    decided = [one.task.id for one in stored.decisions.values() if one.task.kind == "homework"]
    mentioned = (*stored.assessment.answers, *stored.assessment.notes, *decided, *stored.set_aside)
    asked = stored.advised.asked if stored.advised is not None else ()
    return {old: new for old in (*mentioned, *asked) if (new := present_id(old, knowledge.renamed)) != old}


def _changed_options(given: Answers, carried: Carried, knowledge: KnowledgeBase) -> Iterator[ChangedOption]:
    aside = {one.question for one in carried.set_aside}
    for old, before in given.items():
        new = present_id(old, knowledge.renamed)
        after = carried.answers.get(new)
        if old not in aside and after is not None and after != before:
            yield ChangedOption(question=new, asked=knowledge.questions[new].text, before=before, after=after)


def _new_questions(
    then: Advised | None, now: Advised, assessment: Assessment, renamed: dict[str, str], knowledge: KnowledgeBase
) -> Iterator[NewQuestion]:
    if then is None:
        return
    before = {renamed.get(question, question) for question in then.asked}
    for question in now.asked:
        if question not in before and question not in assessment.answers:
            yield NewQuestion(question=question, asked=knowledge.questions[question].text)


def _lessons(these: Advised | None, those: Advised | None, knowledge: KnowledgeBase) -> tuple[ChangedAdvice, ...]:
    """The lessons in the one advice that are not in the other; none where either is not known."""
    if these is None or those is None:
        return ()
    found = []
    for lesson in these.lessons:
        if lesson not in those.lessons:
            known = knowledge.lessons.get(lesson)
            title = knowledge.card_of[lesson].title if known else None
            found.append(ChangedAdvice(lesson=lesson, title=title, severity=known.severity if known else None))
    return tuple(found)
