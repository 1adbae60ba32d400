"""What a sheet is written from: one assessment with its advice and its plan."""

from dataclasses import dataclass
from datetime import date

from assessment.advice import advise
from assessment.answers.files import Given
from assessment.model import Advice, Assessment, Going
from assessment.plan import Plan, plan_for
from assessment.store import Stored
from knowledge.model import Scenario
from rules.engine.inference import Inference
from rules.engine.inference import inference as products_inference

UNSAID: frozenset[Going] = frozenset({"as-planned", "changed", "not-known"})
"""What a shortened advice does not say of an occasion: what was left out may stop it."""


@dataclass(frozen=True)
class Dossier:
    """An assessment, what is advised on it, what was decided, and the case that it plays, if any.

    `key` tells it from others where it is stored. Without `with_answers` the full advice leaves out what was answered;
    with `with_notes` a sheet for own use has the user's notes below it. A `shortened` one is for others: it may lack
    advice, so no sheet of it says that there is none of something.
    """

    assessment: Assessment
    advice: Advice
    plan: Plan
    inference: Inference
    case: Scenario | None = None
    key: str = ""
    with_answers: bool = True
    with_notes: bool = False
    shortened: bool = False


def plan_of(advice: Advice, stored: Stored) -> Plan:
    """The plan of what is stored, with an advice on it."""
    return plan_for(advice, stored.decisions, stored.lapsed, stored.occasion_on)


def from_file(given: Given, inference: Inference, today: date | None = None) -> Dossier:
    """The dossier of what stands in a file."""
    advice = advise(given.assessment, inference, today)
    plan = plan_for(advice, given.decisions, given.lapsed, given.occasion_on)
    return Dossier(given.assessment, advice, plan, inference, inference.base.knowledge.scenarios.get(given.case or ""))


def dossier(
    assessment: Assessment, inference: Inference | None = None, stored: Stored | None = None, today: date | None = None
) -> Dossier:
    """The dossier of an assessment; `stored`, where it is kept, brings what was decided and the case that it plays.

    `inference` is that of the product where it is not given.
    """
    inference = inference or products_inference()
    advice = advise(assessment, inference, today)
    plan = plan_for(advice, {}) if stored is None else plan_of(advice, stored)
    case = inference.base.knowledge.scenarios.get(stored.case or "") if stored else None
    return Dossier(assessment, advice, plan, inference, case, stored.id if stored else "")
