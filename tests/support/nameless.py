"""A dossier with texts of a user in every place, for the tests of sharing without names."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from assessment.dossier import Dossier, dossier
from assessment.model import Assessment
from assessment.plan import Decision, Plan
from knowledge.acts import NONE
from knowledge.base import knowledge_base
from knowledge.model import Answers
from rules.engine.inference import inference

DAY = date(2026, 11, 20)
SEEDED = 4
"""So many questions, and so many actions, get the text."""
NOTED = ("core.heard-through", "core.may-pass-on", "core.goal")
"""These questions get it too."""
HIDDEN, KNOWN, MEETING = "hidden-source", "source-may-be-known", "meeting"
"""Three situations that the tests need whatever the cases of the product are."""
ANSWERS: Mapping[str, Answers] = {
    HIDDEN: {
        "core.occasions": ("supplier-talk", "partner"),
        "core.first": "supplier-talk",
        "core.first-date": 5,
        "core.goal": ("know", "fix"),
        "core.people": ("employees", "women"),
        "core.danger-events": ("coached",),
        "core.danger-setting": ("hostile",),
        "core.reached-by": ("union", "ngo"),
        "core.heard-through": ("union", "people"),
        "core.may-pass-on": "not-asked",
        "core.waiting": ("heard", "for-weeks"),
        "core.pressed-by": ("customer",),
        "core.promised": ("secret",),
        "core.representation": ("free-union",),
        "core.weight": 6,
        "core.allies": ("buyers",),
        "core.organisations": ("local-ngo", "dutch-ngo"),
        "core.home-knows": ("buyer", "director"),
        "talk.subjects": ("complaint", "programme"),
        "talk.opening": "source",
        "talk.counterpart": "staff",
        "talk.channel": ("poor-line",),
        "talk.bond": 2,
        "talk.happened": ("denied", "has-others", "late"),
        "talk.sent": ("nothing",),
        "org.met": "year",
        "org.asked": ("names", "training"),
        "org.maybe-source": "not-asked",
        "acts.signal": (NONE,),
        "acts.talk-setup": ("short-talk", "decision-process-not-asked"),
        "acts.talk-words": ("tell-who-told-us", "show-messages-or-photos"),
        "acts.partner-terms": ("organisation-works-unpaid", "nothing-on-paper"),
    },
    KNOWN: {
        "core.occasions": ("supplier-talk",),
        "core.first": "supplier-talk",
        "core.goal": ("agree",),
        "core.danger-events": ("none",),
        "core.danger-setting": ("none",),
        "core.pressed-by": ("nobody",),
        "core.reached-by": ("ngo",),
        "core.heard-through": ("complaint",),
        "core.may-pass-on": "all",
        "core.promised": ("nothing",),
        "talk.subjects": ("complaint",),
        "talk.opening": "direct",
        "talk.counterpart": "owner",
        "talk.happened": ("no-talk",),
    },
    MEETING: {
        "core.occasions": ("event",),
        "core.first": "event",
        "core.first-date": 12,
        "core.goal": ("know", "agree"),
        "core.people": ("employees", "home-workers", "women"),
        "core.danger-events": ("none",),
        "core.danger-setting": ("none",),
        "core.pressed-by": ("nobody",),
        "core.reached-by": ("ngo",),
        "core.heard-through": ("public",),
        "core.promised": ("nothing",),
        "core.representation": ("nobody",),
        "core.allies": ("initiative",),
        "core.organisations": ("local-ngo",),
        "event.parties": ("suppliers", "delegates", "ngo", "competitors"),
        "event.organisers": ("local",),
        "event.lead": ("independent", "newcomer"),
        "event.form": "days-there",
        "event.parts": ("visit", "hearing", "training-asked"),
        "event.picks-places": "local-own",
        "event.voice": "organisation",
        "event.prepared": ("law", "via-customer"),
        "hear.leads": "trusted",
        "report.plan": ("nothing",),
        "acts.event-programme": (
            "three-hours-or-less",
            "half-is-presentation",
            "closing-under-half-hour",
            "working-group-too-large",
            "near-holiday-there",
        ),
    },
}


@cache
def bare(case: str) -> Dossier:
    return on(ANSWERS[case] if case in ANSWERS else knowledge_base().scenarios[case].answers)


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
                    task=action.task,
                    status="adapted",
                    owner=text,
                    due=DAY,
                    words=text,
                    reason=text,
                    note=text,
                    reference=text,
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
