"""Dossiers to write sheets from: cases, decided on, and with texts that somebody wrote."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from assessment.anonymity.removal import shareable
from assessment.dossier import Dossier, dossier
from assessment.model import Assessment
from assessment.plan import Changes, Decision, Task, decide, plan_for
from knowledge.base import knowledge_base
from knowledge.text import Language
from rules.engine.inference import inference

DAY = date(2026, 11, 20)


@cache
def of_case(case: str, language: Language = "nl") -> Dossier:
    """A case on which nothing was decided; in another language only what it is called differs."""
    knowledge = knowledge_base()
    if language != "nl":
        dutch, title = of_case(case), knowledge.scenarios[case].title.in_(language)
        assessment = dutch.assessment.model_copy(update={"title": title})
        return replace(dutch, assessment=assessment, advice=dutch.advice.model_copy(update={"title": title}))
    given = knowledge.scenarios[case]
    assessment = Assessment(title=given.title.in_(language), answers=given.answers, knowledge_version=knowledge.version)
    return replace(dossier(assessment, inference(), today=DAY), case=given)


@cache
def shortened(case: str, language: Language = "nl") -> Dossier:
    """The same case as others may read it, with its title and what is removed in words of this language."""
    return shareable(of_case(case, language), language=language)


def decided(given: Dossier, decisions: Mapping[int, Decision] | None = None) -> Dossier:
    """The same dossier with two actions that have an owner and a date, and one that is done, as far as there are."""
    actions = given.plan.actions
    usual: list[Changes] = [
        {"status": "accepted", "owner": "Inkoop", "due": date(2026, 12, 4)},
        {"status": "adapted", "owner": "Directie", "due": date(2027, 1, 15), "words": "Eerst bellen."},
        {"status": "done", "owner": "MVO"},
    ]
    chosen = decisions or {at: decide(actions[at], **one) for at, one in enumerate(usual[: len(actions)])}
    return replace(given, plan=plan_for(given.advice, {actions[at].key: one for at, one in chosen.items()}))


def written_by_somebody(given: Dossier, text: str) -> Dossier:
    """The same dossier with `text` wherever a user can write."""
    (action, *_) = given.plan.actions
    decision = Decision(
        task=action.task, status="adapted", owner=text[:200], due=date(2026, 12, 4), words=text, reason=text, note=text
    )
    question = given.advice.answered[0].question
    assessment = given.assessment.model_copy(update={"title": text[:200], "notes": {question: text}})
    return replace(
        given,
        assessment=assessment,
        advice=given.advice.model_copy(update={"title": text[:200]}),
        plan=plan_for(given.advice, {action.key: decision}),
    )


def with_lapsed(given: Dossier) -> Dossier:
    """The same dossier with a decision on advice that is no longer given since an earlier day."""
    advised = {one.card for one in given.advice.recommendations}
    card = next(one for one in knowledge_base().cards.values() if one.card not in advised)
    theme = knowledge_base().card_themes[card.card]
    task = Task(kind="recommendation", id=card.card, theme=theme, title=card.title, severity="normal")
    before = {one.key: one.decision for one in given.plan.actions if one.decision != Decision(task=one.task)}
    kept = Decision(task=task, status="accepted", owner="Inkoop", note="Al begonnen.")
    return replace(given, plan=plan_for(given.advice, {**before, task.key: kept}, {task.key: date(2026, 3, 9)}))
