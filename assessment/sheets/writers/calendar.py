"""Due dates as an iCalendar file, for a calendar program."""

import uuid
from datetime import UTC, datetime, time, timedelta

import icalendar

from assessment.dossier import Dossier
from assessment.plan import STATUSES
from assessment.sheets.words import clean, labels
from knowledge.text import Language

LONGEST = 500
OURS = uuid.UUID("6f1a1a0e-6f0b-5d0b-9a52-3f6d0f8b7c11")
"""The namespace of our events, so that the same action always is the same event."""


def write_calendar(dossier: Dossier, language: Language) -> bytes:
    """A whole-day event per action that is still to be done and has a date.

    An action keeps its event when it is exported again, so that a calendar program moves it and makes no second one.
    """
    words = labels(language)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Dialoogwijzer//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _plain(f"Dialoogwijzer: {dossier.assessment.title}"))
    made = datetime.combine(dossier.advice.made_on, time(12), UTC)
    for action in dossier.plan.actions:
        decision = action.decision
        if decision.due is None or not action.open:
            continue
        event = icalendar.Event()
        event.add("uid", f"{uuid.uuid5(OURS, f'{dossier.key or dossier.assessment.title}/{action.key}')}@dialoogwijzer")
        event.add("dtstamp", made)
        event.add("summary", _plain(action.task.title.in_(language)))
        event.add("dtstart", decision.due)
        event.add("dtend", decision.due + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        said = [STATUSES[decision.status].in_(language), decision.words]
        if decision.owner:
            said.insert(0, words["by-whom"].format(who=decision.owner))
        event.add("description", _plain(" ".join(filter(None, said))))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _plain(text: str) -> str:
    return clean(text, LONGEST, "…")
