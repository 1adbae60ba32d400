"""Due dates as an iCalendar file, for a calendar program."""

import uuid
from datetime import UTC, date, datetime, timedelta

import icalendar

from assessment.dossier import Dossier
from assessment.plan import STATUSES, told_with
from assessment.sheets.words import clean, labels
from knowledge.text import Language

LONGEST, MOST_LINES = 500, 40
MORNING = timedelta(hours=9)
"""The hour of a warning: a whole day begins at midnight."""
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
"""Versions of events count seconds from here, since every export must have a later one."""
OURS = uuid.UUID("6f1a1a0e-6f0b-5d0b-9a52-3f6d0f8b7c11")
"""The namespace of our events, so that the same action always is the same event."""


def write_calendar(dossier: Dossier, language: Language, now: datetime | None = None) -> bytes:
    """A whole-day event per action that is still to be done and has a date, and one for the day of the occasion.

    Each holds what the advice says of it, and warns: an action the day before, the occasion a week before. An event
    stays the same one when it is exported again, with a later version of it, so that a calendar program changes
    it and makes no second one. `now` is the moment of writing, if not this one.
    """
    words, moment = labels(language), now or datetime.now(UTC)
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Dialoogwijzer//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _plain(f"Dialoogwijzer: {dossier.assessment.title}"))

    def add(key: str, title: str, day: date, description: str, warning: timedelta) -> None:
        event = icalendar.Event()
        event.add("uid", f"{uuid.uuid5(OURS, f'{dossier.key or dossier.assessment.title}/{key}')}@dialoogwijzer")
        event.add("dtstamp", moment)
        event.add("last-modified", moment)
        event.add("sequence", max(0, int((moment - FIRST).total_seconds())))
        event.add("summary", _plain(title))
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        event.add("description", _lines(description))
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _plain(title))
        alarm.add("trigger", MORNING - warning)
        event.add_component(alarm)
        calendar.add_component(event)

    on = dossier.plan.occasion_on
    if on is not None:
        add("occasion", words["the-day"], on, "", timedelta(days=7))
    for action in dossier.plan.actions:
        decision = action.decision
        if decision.due is not None and action.open:
            said = [STATUSES[decision.status].in_(language), decision.words]
            if decision.owner:
                said.insert(0, words["by-whom"].format(who=decision.owner))
            said += [text.in_(language) for text in told_with(action.task, dossier.advice)]
            title = action.task.title.in_(language)
            add(action.key, title, decision.due, "\n".join(filter(None, said)), timedelta(days=1))
    return bytes(calendar.to_ical())


def _plain(text: str) -> str:
    return clean(text, LONGEST, "…")


def _lines(text: str) -> str:
    """The text line by line."""
    return "\n".join(filter(None, (clean(line, LONGEST, "…") for line in text.splitlines()[:MOST_LINES])))
