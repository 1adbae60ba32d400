"""Whether a source must stay hidden, and the dossier for readers elsewhere, in which nothing shows that it exists."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from assessment.advice import advise
from assessment.dossier import Dossier
from assessment.model import Advice, Assessment, Reason
from assessment.plan import Plan, plan_for
from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Answers
from knowledge.text import Frozen, Id
from knowledge.yaml_files import parse, read_file
from rules.engine.memory import working_memory

FILE = Path(__file__).parent / "source.yaml"


class Withheld(Frozen):
    """The file that tells which answers show that there is a source."""

    findings: tuple[Id, ...]
    themes: tuple[Id, ...]
    questions: tuple[Id, ...]
    options: dict[Id, tuple[Id, ...]]


@cache
def withheld() -> Withheld:
    """The file, read and checked."""
    read: Withheld = parse(read_file(FILE, FILE.name), Withheld)
    return read


def must_be_default(advice: Advice) -> bool:
    """Whether a finding says that a source must stay hidden, so that the version without names goes first."""
    reasons = (reason for one in advice.recommendations for advised in one.lessons for reason in advised.reasons)
    return _rests_on(reasons, frozenset(withheld().findings))


def without_source(dossier: Dossier) -> Dossier:
    """The dossier as it would be had nobody said anything: for readers elsewhere, such as the supplier.

    The answers that show a source are taken away and the advice is made anew, so that nothing in it can rest on them.
    """
    knowledge = dossier.inference.base.knowledge
    before = dossier.assessment
    answers = _asked({q: a for q, answer in before.answers.items() if (a := _shown(q, answer)) is not None}, knowledge)
    notes = {question: note for question, note in before.notes.items() if question in answers}
    assessment = Assessment(
        title=before.title, answers=answers, notes=notes, knowledge_version=before.knowledge_version
    )
    advice = advise(assessment, dossier.inference, dossier.advice.made_on)
    plan = plan_for(advice, {})
    decided = {action.key: action.decision for action in dossier.plan.actions if action.advised}
    # What an action is about comes from the new advice: with the former advice it could weigh more.
    actions = tuple(
        action.model_copy(update={"decision": decided[action.key].model_copy(update={"task": action.task})})
        if action.key in decided
        else action
        for action in plan.actions
    )
    return Dossier(assessment, advice, Plan(actions=actions), dossier.inference, key=dossier.key)


def _shown(question: str, answer: Answer) -> Answer | None:
    """The answer as readers elsewhere may know it; None where they may not."""
    if question in withheld().questions or question.split(".")[0] in withheld().themes:
        return None
    hidden = withheld().options.get(question, ())
    if not hidden:
        return answer
    if not isinstance(answer, tuple):
        return None
    return tuple(one for one in answer if one not in hidden) or None


def _asked(answers: Answers, knowledge: KnowledgeBase) -> Answers:
    """Only answers to questions that these answers bring up: another question shows what was answered before it."""
    asked = working_memory(answers, knowledge.questions).asked
    return {question: answer for question, answer in answers.items() if asked.get(question)}


def _rests_on(reasons: Iterable[Reason], findings: frozenset[str]) -> bool:
    return any(
        (reason.holds and reason.rule in findings)
        or any(_rests_on(ground.findings, findings) for ground in reason.grounds)
        for reason in reasons
    )
