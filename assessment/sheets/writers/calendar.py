"""Due dates as an iCalendar file, for a calendar program."""

import uuid
from datetime import UTC, datetime, timedelta

import icalendar

from assessment.dossier import Dossier
from assessment.plan import STATUSES
from assessment.sheets.words import clean, labels
from knowledge.text import Language

LONGEST, MOST_LINES = 500, 40
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
"""Versions of events count seconds from here, since every export must have a later one."""
OURS = uuid.UUID("6f1a1a0e-6f0b-5d0b-9a52-3f6d0f8b7c11")
"""The namespace of our events, so that the same action always is the same event."""


def write_calendar(dossier: Dossier, language: Language, now: datetime | None = None) -> bytes:
    """A whole-day event per action that is still to be done and has a date.

    An action keeps its event when it is exported again, with a later version of it, so that a calendar program changes
    it and makes no second one. `now` is the moment of writing, if not this one.
    """
    words, moment = labels(language), now or datetime.now(UTC)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Dialoogwijzer//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _plain(f"Dialoogwijzer: {dossier.assessment.title}"))
    for action in dossier.plan.actions:
        decision = action.decision
        if decision.due is None or not action.open:
            continue
        event = icalendar.Event()
        event.add("uid", f"{uuid.uuid5(OURS, f'{dossier.key or dossier.assessment.title}/{action.key}')}@dialoogwijzer")
        event.add("dtstamp", moment)
        event.add("last-modified", moment)
        event.add("sequence", max(0, int((moment - FIRST).total_seconds())))
        event.add("summary", _plain(action.task.title.in_(language)))
        event.add("dtstart", decision.due)
        event.add("dtend", decision.due + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        said = [STATUSES[decision.status].in_(language), decision.words]
        if decision.owner:
            said.insert(0, words["by-whom"].format(who=decision.owner))
        event.add("description", _lines("\n".join(filter(None, said))))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _plain(text: str) -> str:
    return clean(text, LONGEST, "…")


def _lines(text: str) -> str:
    """The text line by line."""
    return "\n".join(filter(None, (clean(line, LONGEST, "…") for line in text.splitlines()[:MOST_LINES])))
