"""The director's page: the situation, the decision asked, the one change in the plan, and three actions with dates."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import takewhile

from babel.dates import format_date
from babel.lists import format_list

from assessment.dossier import UNSAID, Dossier
from assessment.plan import STATUSES, task_key
from assessment.sheets.compose import shared as parts
from assessment.sheets.compose.contents import FullAdvice, Line, Planned
from assessment.sheets.compose.opening import notice, opening
from assessment.sheets.compose.situation import Told
from assessment.sheets.document import Alert, Block, Document, Fields, Heading, Paragraph, Space, Table
from assessment.sheets.words import clean
from assessment.verdicts import OWED
from knowledge.text import LOCALES, Language

MOST_SAFETY = 2
WEEK, TODAY = timedelta(days=7), "vandaag"
WHICH = ("supplier-talk", "event", "partner")
"""Occasions of which the page asks more than the place."""
THINGS = 3
LONGEST_TITLE, LONGEST_OWNER, LONGEST_ACTION, LONGEST_CHANGE, LONGEST_NAMED = 76, 20, 150, 230, 90
OTHERWISE: Mapping[Language, str] = {"nl": "Of ", "en": "Or "}
"""With what a sentence begins that offers something else: who signs must know for what."""


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
    third = words["situation.waits"] if waits and verdict in ("as-planned", "changed") else ""
    if not third and verdict == "as-planned" and one.lines and not one.shortened:
        third = words["situation.changed"]
    before, known = _decide_before(dossier, one), told.before()
    which = f"director-which.{told.first}" if told.first in WHICH else "director-which"
    fields = opening(
        dossier,
        one.language,
        "director",
        words[f"director-asked.{_asked(verdict, waits, one)}"].format(this=told.this()),
        before,
        third,
        (which if known else f"{which}-day",),
    )
    last = "" if one.shortened or one.safety else told.last_talk()  # what endangers people takes the room
    happened = ((words["director-last-talk"], f"{last[:1].upper()}{last[1:]}."),) if last else ()
    return Fields((*fields.rows[:1], *happened, *fields.rows[1:]))


def _decide_before(dossier: Dossier, one: FullAdvice) -> str:
    """The day before which to decide: that of what is asked for, where the occasion comes later or has no day."""
    told, made_on = Told(dossier, one.language), dossier.advice.made_on
    change = [_due(dossier, one, task_key("act", _changed(dossier, one).act))] if one.lines else []
    dues = (*change, *(due for _, _, due in _to_do(dossier, one)))
    first = min((due for due in dues if due is not None and due >= made_on), default=date.max)
    if first >= (told.day() or date.max):
        return told.before()
    key = "opening.due-today" if first == made_on else "opening.due-day"
    return one.labels[key].format(date=_written(first, one.language, "long"))


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
    """What endangers people and why, framed; beyond the most urgent it is only named, as far as there is room."""
    if one.safety:
        shown = one.safety[:MOST_SAFETY]
        items = [_sentences(line.because) for line in shown]
        if more := one.safety[MOST_SAFETY:]:
            items.append(one.labels["and-more"].format(things=_named(more, one)))
        yield Alert(one.labels["safety-about"], tuple(items), tuple(map(parts.lead, shown)))
    elif one.safety_open and not one.shortened:
        unknown = format_list(
            [one.labels[f"director-open.{name}"] for name in one.safety_open], locale=LOCALES[one.language]
        )
        yield Paragraph(one.labels["director-safety-open"].format(unknown=unknown))


def _named(more: Sequence[Line], one: FullAdvice) -> str:
    """Further acts by their names; of those that have no room, how many there are."""
    named: list[str] = []
    for line in more:
        if sum(map(len, named)) + len(line.short) > LONGEST_NAMED:
            break
        named.append(line.short)
    if rest := len(more) - len(named):
        named.append(one.labels["and-more.count"].format(count=rest))
    return format_list(named, locale=LOCALES[one.language])


def _change(dossier: Dossier, one: FullAdvice) -> Iterator[Block]:
    """The one change in the plan, with its risk, time, cost and owner; what is not known is a line to write on."""
    if not one.lines:
        return
    words, line = one.labels, _changed(dossier, one)
    planned = _planned(line, one)
    who = planned.who if planned is not None else ""
    told = line in one.safety[:MOST_SAFETY]
    yield Heading(words["director-change"])
    yield Fields(
        (
            (words["director-now"], line.short),
            (words["director-instead"], _sentences(_one_way(line, one.language), LONGEST_CHANGE)),
            *(() if told else ((words["director-risk"], _sentences(line.because, LONGEST_CHANGE)),)),
            (words["director-time"], _written(_due(dossier, one, task_key("act", line.act)), one.language)),
            (words["director-cost"], ""),
            (words["director-owner"], clean(who, LONGEST_OWNER, "…")),
        )
    )


def _one_way(line: Line, language: Language) -> str:
    """What to do instead, without other ways to do it."""
    sentences = re.split(r"(?<=[.?!]) ", line.instead)
    return " ".join(takewhile(lambda one: not one.startswith(OTHERWISE[language]), sentences)) or line.instead


def _changed(dossier: Dossier, one: FullAdvice) -> Line:
    """The first that endangers people or must stop on the occasion that is decided on, or on any other; or the first.

    What was done and is put right is no change of the plan.
    """
    first = Told(dossier, one.language).first
    of_first = {each.act for each in dossier.advice.verdicts if each.occasion in (None, first)}
    grave = [line for line in one.lines if line.kind == "stop" or (line.stops and line.kind != "repair")]
    return next((line for line in grave if line.act in of_first), next(iter(grave), one.lines[0]))


def _actions(dossier: Dossier, one: FullAdvice) -> Iterator[Block]:
    """Three actions, with who and when to fill in where not decided."""
    words = one.labels
    yield Heading(words["director-first"])
    yield Table(
        words["director-first.about"],
        tuple(words[key] for key in ("number", "action", "who", "due")),
        tuple(
            (str(number), action, clean(who, LONGEST_OWNER, "…"), _written(due, one.language))
            for number, (action, who, due) in enumerate(_to_do(dossier, one), start=1)
        ),
    )


def _to_do(dossier: Dossier, one: FullAdvice) -> tuple[tuple[str, str, date | None], ...]:
    """The first actions in the order of the plan, after the change, with who does each and before which day."""
    words, done = one.labels, STATUSES["done"].in_(one.language)
    told = f"act.{_changed(dossier, one).act}" if one.lines else ""
    to_do = [each for each in one.plan if each.status != done and each.key != told]
    day = Told(dossier, one.language).day()
    rows = [
        (_sentences(each.action), each.who, _due(dossier, one, each.key))
        for each in sorted(to_do, key=lambda each: not each.key.startswith("act."))
    ]
    if one.safety_open and not one.safety and not one.shortened:
        rows.insert(0, (words["director-find-out"], "", min(dossier.advice.made_on + WEEK, day or date.max)))
    rows += [
        (_sentences(each.find_out), each.who, _due(dossier, one, each.key)) for each in one.homework if each.find_out
    ]
    return (*rows, (words["director-report"], "", day))[:THINGS]


def _due(dossier: Dossier, one: FullAdvice, key: str) -> date | None:
    """Before which day an action is due, as decided; or else, as far as a day is known, by what it is about.

    What says itself that it is for today is due then, what endangers people or is owed within a week, the rest before
    the day of its occasion.
    """
    action = dossier.plan.action(key)
    if action is not None and action.decision.due is not None:
        return action.decision.due
    given = next((each for each in dossier.advice.verdicts if task_key("act", each.act) == key), None)
    if given is None:
        return None
    told, made_on = Told(dossier, one.language), dossier.advice.made_on
    at_once = given.instead is not None and TODAY in given.instead.nl.lower()
    soon = made_on if at_once else made_on + WEEK if given.tier <= OWED else None
    day = told.day() if given.occasion in (None, told.first) else None
    return min(filter(None, (soon, day)), default=None)


def _written(day: date | None, language: Language, form: str = "d MMM y") -> str:
    return format_date(day, form, locale=LOCALES[language]).replace(" ", "\u00a0") if day else ""


def _planned(line: Line, one: FullAdvice) -> Planned | None:
    return next((each for each in one.plan if each.key == f"act.{line.act}"), None)
