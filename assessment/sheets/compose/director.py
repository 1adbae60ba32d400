"""The director's page: the situation, the decision asked, the one change in the plan, and three actions with dates."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from babel.dates import format_date
from babel.lists import format_list

from assessment.dossier import UNSAID, Dossier
from assessment.plan import STATUSES
from assessment.sheets.compose import shared as parts
from assessment.sheets.compose.contents import FullAdvice, Line, Planned
from assessment.sheets.compose.opening import notice, opening
from assessment.sheets.compose.situation import Told
from assessment.sheets.document import Alert, Block, Document, Fields, Heading, Paragraph, Space, Table
from assessment.sheets.words import clean
from assessment.verdicts import OWED
from knowledge.text import LOCALES, Language

MOST_SAFETY = 2
NOW, WEEK = timedelta(days=0), timedelta(days=7)
WHICH = ("supplier-talk", "event", "partner")
"""Occasions of which the page asks more than the place."""
THINGS = 3
LONGEST_TITLE, LONGEST_OWNER, LONGEST_ACTION, LONGEST_CHANGE = 76, 20, 150, 230


def director_sheet(dossier: Dossier, language: Language) -> Document:
    """One page, whatever was answered: nothing on it can grow beyond its room."""
    one = parts.contents(dossier, language)
    words = one.labels
    return Document(
        language=language,
        kind=words["director-kind"],
        title=clean(one.title, LONGEST_TITLE, "…"),
        about=words["director-about"],
        made_on=dossier.advice.made_on,
        blocks=(
            _opening(dossier, one),
            *_stops(one),
            *_change(dossier, one),
            *_actions(dossier, one),
            Table(
                f"{words['director-decision']}. {words['director-decision.about']}",
                tuple(words[f"director-decision.{key}"] for key in ("yes", "other", "no", "signed")),
                (("☐", "☐", "☐", ""),),
                signed=(0,),
            ),
            Space(words["director-remarks"], 2, rest=True),
        ),
        notice=notice(dossier, language, own_use=False) or words["notice.director"],
    )


def _opening(dossier: Dossier, one: FullAdvice) -> Fields:
    """The situation, the decision that is asked, by when and by whom, and what of the occasion is to be filled in."""
    told, words = Told(dossier, one.language), one.labels
    going = {each.occasion: each.verdict for each in dossier.advice.occasions}
    verdict: str = going.get(told.first, "as-planned")
    waits = bool(one.safety_open) and not one.shortened
    third = words["director-waits"] if waits and verdict in ("as-planned", "changed") else ""
    if not third and verdict == "as-planned" and one.lines and not one.shortened:
        third = words["situation.changed"]
    before = told.before()
    which = f"director-which.{told.first}" if told.first in WHICH else "director-which"
    fields = opening(
        dossier,
        one.language,
        "director",
        words[f"director-asked.{_asked(verdict, waits, one)}"].format(this=told.this()),
        before,
        third,
        (which if before else f"{which}-day",),
    )
    last = "" if one.shortened or one.safety else told.last_talk()  # what endangers people takes the room
    happened = ((words["director-last-talk"], f"{last[:1].upper()}{last[1:]}."),) if last else ()
    return Fields((*fields.rows[:1], *happened, *fields.rows[1:]))


def _asked(verdict: str, waits: bool, one: FullAdvice) -> str:
    """The decision that is asked. Of a shortened advice none that it goes on: what was left out may stop it."""
    if one.shortened and verdict in UNSAID:
        return "changed" if one.lines else "shortened"
    if one.lines:
        return {"as-planned": "changed", "not-known": "not-known-changed"}.get(verdict, verdict)
    return "as-planned-open" if waits and verdict == "as-planned" else verdict


def _sentences(text: str, longest: int = LONGEST_ACTION) -> str:
    """The first sentences of a text that have room; one that has none by itself is cut."""
    told = ""
    for sentence in re.split(r"(?<=[.?!]) ", text):
        if len(told) + len(sentence) >= longest:
            break
        told = f"{told} {sentence}".strip()
    return told or clean(text, longest, "…")


def _stops(one: FullAdvice) -> Iterator[Block]:
    """What endangers people and why, framed; beyond the most urgent it is only counted."""
    if one.safety:
        shown = one.safety[:MOST_SAFETY]
        items = [_sentences(line.because) for line in shown]
        if one.safety[MOST_SAFETY:]:
            items.append(one.labels["and-more"].format(count=len(one.safety) - MOST_SAFETY))
        yield Alert(one.labels["safety-about"], tuple(items), tuple(map(parts.lead, shown)))
    elif one.safety_open and not one.shortened:
        unknown = format_list(
            [one.labels[f"director-open.{name}"] for name in one.safety_open], locale=LOCALES[one.language]
        )
        yield Paragraph(one.labels["director-safety-open"].format(unknown=unknown))


def _change(dossier: Dossier, one: FullAdvice) -> Iterator[Block]:
    """The one change in the plan, with its risk, time, cost and owner; what is not known is a line to write on."""
    if not one.lines:
        return
    words, line = one.labels, _changed(dossier, one)
    planned = _planned(line, one)
    who = planned.who if planned is not None else ""
    due = (planned.due if planned is not None else "") or _until(dossier, one, line.act)
    told = line in one.safety[:MOST_SAFETY]
    yield Heading(words["director-change"])
    yield Fields(
        (
            (words["director-now"], line.label),
            (words["director-instead"], _sentences(line.instead, LONGEST_CHANGE)),
            *(() if told else ((words["director-risk"], _sentences(line.because, LONGEST_CHANGE)),)),
            (words["director-time"], due),
            (words["director-cost"], ""),
            (words["director-owner"], clean(who, LONGEST_OWNER, "…")),
        )
    )


def _changed(dossier: Dossier, one: FullAdvice) -> Line:
    """The first that endangers people or must stop on the occasion that is decided on, or on any other; or the first.

    What was done and is put right is no change of the plan.
    """
    first = Told(dossier, one.language).first
    of_first = {each.act for each in dossier.advice.verdicts if each.occasion in (None, first)}
    repair, stop = one.labels["verdict.repair"], one.labels["verdict.stop"]
    grave = [line for line in one.lines if line.verdict == stop or (line.stops and line.verdict != repair)]
    return next((line for line in grave if line.act in of_first), next(iter(grave), one.lines[0]))


def _actions(dossier: Dossier, one: FullAdvice) -> Iterator[Block]:
    """Three actions in the order of the plan, after the change, with who and when to fill in where not decided."""
    words, done = one.labels, STATUSES["done"].in_(one.language)
    told = f"act.{_changed(dossier, one).act}" if one.lines else ""
    to_do = [each for each in one.plan if each.status != done and each.key != told]
    rows = [
        (_sentences(each.action), each.who, each.due or _until(dossier, one, each.key.removeprefix("act.")))
        for each in sorted(to_do, key=lambda each: not each.key.startswith("act."))
    ]
    if one.safety_open and not one.safety and not one.shortened:
        rows.insert(0, (words["director-find-out"], "", ""))
    rows += [(_sentences(each.find_out), each.who, each.due) for each in one.homework if each.find_out]
    rows.append((words["director-report"], "", _day(dossier, one.language)))
    yield Heading(words["director-first"])
    yield Table(
        words["director-first.about"],
        tuple(words[key] for key in ("number", "action", "who", "due")),
        tuple(
            (str(number), action, clean(who, LONGEST_OWNER, "…"), due)
            for number, (action, who, due) in enumerate(rows[:THINGS], start=1)
        ),
    )


def _until(dossier: Dossier, one: FullAdvice, act: str) -> str:
    """Before which day an act is due, where nothing was decided; empty where no day is known.

    What has to be put right is due at once, what endangers people or is owed within a week, the rest before the day.
    """
    given = next((each for each in dossier.advice.verdicts if each.act == act), None)
    told = Told(dossier, one.language)
    if given is None:
        return ""
    soon = dossier.advice.made_on + (WEEK if given.verdict != "repair" else NOW) if given.tier <= OWED else None
    day = told.day() if given.occasion in (None, told.first) else None
    return _written(min(filter(None, (soon, day)), default=None), one.language)


def _day(dossier: Dossier, language: Language) -> str:
    """The day of what comes first, as it stands in a table; empty where it is not known."""
    return _written(Told(dossier, language).day(), language)


def _written(day: date | None, language: Language) -> str:
    return format_date(day, "d MMM y", locale=LOCALES[language]).replace(" ", "\u00a0") if day else ""


def _planned(line: Line, one: FullAdvice) -> Planned | None:
    return next((each for each in one.plan if each.key == f"act.{line.act}"), None)
