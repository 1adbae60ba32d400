"""Whether a source must stay hidden, and the dossier for readers elsewhere, in which nothing shows that it exists."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from assessment.advice import advise
from assessment.dossier import Dossier
from assessment.model import Advice, Assessment, Reason
from assessment.plan import Action, Decision, Plan, plan_for
from knowledge.base import KnowledgeBase
from knowledge.condition import UNKNOWN
from knowledge.model import Answer, Answers, Question
from knowledge.text import Frozen, Id
from knowledge.yaml_files import parse, read_file
from rules.engine.inference import Inference
from rules.engine.memory import working_memory

FILE = Path(__file__).parent / "source.yaml"
FIRST, WEEKS = "core.first", "core.first-date"


class Withheld(Frozen):
    """The file that tells which answers show that there is a source, and which finding shows that it may be known."""

    open: Id
    findings: tuple[Id, ...]
    themes: tuple[Id, ...]
    chapters: tuple[Id, ...]
    questions: tuple[Id, ...]
    options: dict[Id, tuple[Id, ...]]


@cache
def withheld() -> Withheld:
    """The file, read and checked."""
    read: Withheld = parse(read_file(FILE, FILE.name), Withheld)
    return read


def must_be_default(about: Dossier | Advice) -> bool:
    """Whether the version without names goes first: always, unless it is found that the source may be known.

    What was not answered finds nothing, so then a source is hidden. Of an advice only the reasons can be seen: the
    finding counts where it stands in one of them.
    """
    if isinstance(about, Dossier):
        return source_hidden(about.assessment.answers, about.inference)
    reasons = [reason for one in about.recommendations for advised in one.lessons for reason in advised.reasons]
    return not _rests_on((*reasons, *(one.reason for one in about.verdicts)), withheld().open)


def source_hidden(answers: Answers, inference: Inference) -> bool:
    """Whether a source must stay hidden: unless these answers say that it may be known."""
    memory = working_memory(answers, inference.base.knowledge.questions)
    return withheld().open not in inference.run(memory).findings


def without_source(dossier: Dossier) -> Dossier:
    """The dossier as it would be had nobody said anything: for readers elsewhere, such as the supplier.

    The answers that show a source are taken away and the advice is made anew, so that nothing in it can rest on them.
    """
    before = dossier.assessment
    answers = answers_without_source(before.answers, dossier.inference.base.knowledge)
    dated = answers.get(FIRST) not in (None, UNKNOWN)
    notes = {question: note for question, note in before.notes.items() if question in answers}
    assessment = Assessment(
        title=before.title, answers=answers, notes=notes, knowledge_version=before.knowledge_version
    )
    advice = advise(assessment, dossier.inference, dossier.advice.made_on)
    plan = plan_for(advice, {}, occasion_on=dossier.plan.occasion_on if dated else None)
    decided = {action.key: action.decision for action in dossier.plan.actions if action.advised}
    # What an action is about comes from the new advice: with the former advice it could weigh more.
    actions = tuple(
        action.model_copy(update={"decision": decided[action.key].model_copy(update={"task": action.task})})
        if action.key in decided
        else action
        for action in (*plan.actions, *_kept(dossier.plan, plan, advice))
    )
    return Dossier(assessment, advice, plan.model_copy(update={"actions": actions}), dossier.inference, key=dossier.key)


def answers_without_source(answers: Answers, knowledge: KnowledgeBase) -> Answers:
    """The answers that readers elsewhere may know."""
    shown = {name: _shown(knowledge.questions.get(name), answer) for name, answer in answers.items()}
    if shown.get(FIRST) in (None, UNKNOWN):  # the day may be that of something that they do not know of
        shown.pop(WEEKS, None)
    return _asked({name: answer for name, answer in shown.items() if answer is not None}, knowledge)


def _kept(before: Plan, plan: Plan, advice: Advice) -> Iterator[Action]:
    """What was decided on a recommendation that the new advice gives too, though it is not on its first page."""
    there = {action.key for action in plan.actions}
    given = {one.card: one for one in advice.recommendations}
    for action in before.actions:
        task, decided = action.task, action.decision != Decision(task=action.task)
        if task.kind == "recommendation" and decided and task.id in given and task.key not in there:
            now = task.model_copy(update={"severity": given[task.id].severity})
            yield Action(task=now, decision=action.decision.model_copy(update={"task": now}))


def shows_source(question: Question) -> bool:
    """Whether any answer to a question can show that there is a source."""
    hidden = withheld()
    return question.id in hidden.questions or question.theme in hidden.themes or question.chapter in hidden.chapters


def _shown(question: Question | None, answer: Answer) -> Answer | None:
    """The answer as readers elsewhere may know it; None where they may not."""
    if question is None or shows_source(question):
        return None
    hidden = withheld().options.get(question.id, ())
    if not isinstance(answer, tuple):
        return None if answer in hidden else answer
    return tuple(one for one in answer if one not in hidden) or None


def _asked(answers: Answers, knowledge: KnowledgeBase) -> Answers:
    """Only answers to questions that these answers bring up: another question shows what was answered before it."""
    asked = working_memory(answers, knowledge.questions).asked
    return {question: answer for question, answer in answers.items() if asked.get(question)}


def _rests_on(reasons: Iterable[Reason], finding: str) -> bool:
    return any(
        reason.holds
        and (reason.rule == finding or any(_rests_on(ground.findings, finding) for ground in reason.grounds))
        for reason in reasons
    )
