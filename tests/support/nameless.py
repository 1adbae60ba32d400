"""A dossier with texts of a user in every place, for the tests of sharing without names."""

from dataclasses import replace
from datetime import date
from functools import cache

from assessment.dossier import Dossier, dossier
from assessment.model import Assessment
from assessment.plan import Decision, Plan
from knowledge.base import knowledge_base
from knowledge.model import Answers
from rules.engine.inference import inference

DAY = date(2026, 11, 20)
SEEDED = 4
"""So many questions, and so many actions, get the text."""
NOTED = ("conversation.heard-from", "conversation.script", "dialogue.goals")
"""These questions get it too."""


@cache
def bare(case: str) -> Dossier:
    return on(knowledge_base().scenarios[case].answers)


def on(answers: Answers) -> Dossier:
    assessment = Assessment(title="Gesprek", answers=answers, knowledge_version=knowledge_base().version)
    return dossier(assessment, inference(), today=DAY)


def seeded(case: str, text: str) -> Dossier:
    """The dossier of a case with this text as title, at some questions, and in each part of some actions."""
    whole = bare(case)
    decided = [
        action.model_copy(
            update={
                "decision": Decision(
                    task=action.task, status="adapted", owner=text, due=DAY, words=text, reason=text, note=text
                )
            }
        )
        for action in whole.plan.actions[:SEEDED]
    ]
    questions = (*list(whole.assessment.answers)[:SEEDED], *(one for one in NOTED if one in whole.assessment.answers))
    notes = dict.fromkeys(questions, text)
    return replace(
        whole,
        assessment=whole.assessment.model_copy(update={"title": text[:200], "notes": notes}),
        advice=whole.advice.model_copy(update={"title": text[:200]}),
        plan=Plan(actions=(*decided, *whole.plan.actions[SEEDED:])),
    )


def as_json(one: Dossier) -> str:
    return "\n".join(part.model_dump_json() for part in (one.assessment, one.advice, one.plan))
