"""The director's page: the situation, the decision asked, the one change in the plan, and three actions with dates."""

import re
from collections.abc import Iterator

from babel.dates import format_date
from babel.lists import format_list

from assessment.dossier import Dossier
from assessment.plan import STATUSES
from assessment.sheets.compose import shared as parts
from assessment.sheets.compose.contents import FullAdvice, Line, Planned
from assessment.sheets.compose.opening import notice, opening
from assessment.sheets.compose.situation import FIRST, first_day
from assessment.sheets.document import Alert, Block, Document, Fields, Heading, Paragraph, Space, Table
from assessment.sheets.words import clean
from knowledge.text import LOCALES, Language

MOST_SAFETY = 2
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
            opening(dossier, language, "director", _asked(dossier, one), _before(dossier, one)),
            *_stops(one),
            *_change(one),
            *_actions(one),
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


def _asked(dossier: Dossier, one: FullAdvice) -> str:
    """The decision that is asked."""
    going = {each.occasion: each.verdict for each in dossier.advice.occasions}
    first = dossier.assessment.answers.get(FIRST)
    verdict: str = next(iter(going.values()), "as-planned")
    if isinstance(first, str):
        verdict = going.get(first, verdict)
    changed: dict[str, str] = {"as-planned": "changed", "not-known": "not-known-changed"} if one.lines else {}
    if one.safety_open and not one.lines and not one.shortened:
        changed = {"as-planned": "as-planned-open"}
    return one.labels[f"director-asked.{changed.get(verdict, verdict)}"]


def _before(dossier: Dossier, one: FullAdvice) -> str:
    """By when: the day of what comes first, where that is known."""
    day = first_day(dossier)
    if day is None:
        return ""
    return one.labels["director-before"].format(date=format_date(day, "long", locale=LOCALES[one.language]))


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


def _change(one: FullAdvice) -> Iterator[Block]:
    """The one change in the plan, with its risk, time, cost and owner; what is not known is a line to write on."""
    if not one.lines:
        return
    words, line = one.labels, _changed(one)
    planned = _planned(line, one)
    who, due = (planned.who, planned.due) if planned is not None else ("", "")
    told = line in one.safety[:MOST_SAFETY]
    yield Heading(words["director-change"])
    yield Paragraph(words["director-change.about"], quiet=True)
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


def _changed(one: FullAdvice) -> Line:
    """What the change is about: the first that must stop, or else the most urgent."""
    return next((line for line in one.lines if line.verdict == one.labels["verdict.stop"]), one.lines[0])


def _actions(one: FullAdvice) -> Iterator[Block]:
    """Three actions of the plan in its order, after the change, with who and when to fill in where not decided."""
    words, done = one.labels, STATUSES["done"].in_(one.language)
    told = f"act.{_changed(one).act}" if one.lines else ""
    to_do = [each for each in one.plan if each.status != done and each.key != told]
    first = ([each for each in to_do if each.key.startswith("act.")] or to_do)[:THINGS]
    if not first:
        return
    yield Heading(words["director-first"])
    rows = tuple(
        (
            str(number),
            _sentences(each.action),
            clean(each.who, LONGEST_OWNER, "…"),
            each.due,
        )
        for number, each in enumerate(first, start=1)
    )
    yield Table(words["director-first.about"], tuple(words[key] for key in ("number", "action", "who", "due")), rows)


def _planned(line: Line, one: FullAdvice) -> Planned | None:
    return next((each for each in one.plan if each.key == f"act.{line.act}"), None)
