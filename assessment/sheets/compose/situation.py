"""The situation of a dossier in three sentences, without names."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from babel.dates import format_date
from babel.lists import format_list

from assessment.dossier import UNSAID, Dossier
from assessment.sheets.words import labels
from knowledge.condition import UNKNOWN
from knowledge.text import LOCALES, Language

OCCASIONS, FIRST, WEEKS, OVER = "core.occasions", "core.first", "core.first-date", "over.what"
PLACES = {"event": "event.form", "supplier-talk": "talk.channel"}
UNDER_WAY = ("means", "partner", "over", "publicity")
"""Occasions that have no day while they go on."""
LETTERS = {"letter-of-intent": "partner", "invitation": "event", "chair-report": "event"}
"""What a letter is about; what else is planned, and what the company wants from it, is not for its readers."""
HELD, WOMEN = "chair-report", "women"
UNTOLD = ("families", "paid-for-job", "no-papers")
"""Groups of people who are named in no letter: that we know of them tells that somebody spoke, or harms them."""
MOST = 3
"""So many groups of people, and goals, are named."""


def first_day(dossier: Dossier) -> date | None:
    """The day of what comes first, as far as it is known and to come: a date, or about so many weeks from now."""
    weeks, today = dossier.assessment.answers.get(WEEKS), dossier.advice.made_on
    day = dossier.plan.occasion_on
    if day is None and isinstance(weeks, int):
        day = today + timedelta(weeks=weeks)
    return day if day is not None and day >= today else None


def situation(dossier: Dossier, language: Language, purpose: str) -> str:
    """What is planned, where and when; whom it concerns and to what end; and whether it can go on. Without names.

    A letter, and what is told to others, says what holds for its readers instead of the last.
    """
    told = _Told(dossier, language)
    if purpose in LETTERS:
        return " ".join(told.letter(purpose))
    third = told.words.get(f"situation.third.{purpose}") or told.verdict()
    return " ".join(filter(None, (told.planned(), told.concerned(), third)))


class _Told:
    def __init__(self, dossier: Dossier, language: Language):
        self.dossier, self.language, self.words = dossier, language, labels(language)
        self.asked = {one.question for one in dossier.advice.answered}
        occasions = self.chosen(OCCASIONS)
        first = self.chosen(FIRST)
        self.first = first[0] if first else occasions[0] if occasions else ""
        self.others = [one for one in occasions if one != self.first]

    def chosen(self, question: str) -> tuple[str, ...]:
        """The options chosen, without 'don't know'."""
        answer = self.dossier.assessment.answers.get(question) if question in self.asked else None
        given = answer if isinstance(answer, tuple) else (answer,)
        return tuple(one for one in given if isinstance(one, str) and one != UNKNOWN)

    def said(self, about: str, options: Iterable[str]) -> list[str]:
        """The words for these options, as far as there are any."""
        return [self.words[key] for one in options if (key := f"situation.{about}.{one}") in self.words]

    def joined(self, some: Iterable[str]) -> str:
        return format_list(list(some), locale=LOCALES[self.language])

    def letter(self, purpose: str) -> Iterator[str]:
        own = f"situation.first.{purpose}"
        if purpose == HELD:
            yield f"{self.words['situation.held'].format(thing=self.thing(LETTERS[purpose]))}."
        else:
            yield f"{self.words[own] if own in self.words else self.occasion(LETTERS[purpose])}."
        who = self.who(one for one in self.chosen("core.people") if one not in UNTOLD)
        yield f"{who}." if who else self.words[f"situation.second.{purpose}"]
        yield self.words[f"situation.third.{purpose}"]

    def planned(self) -> str:
        """What comes first, and what else is going on."""
        said = self.occasion(self.first)
        if said and self.others:
            things = self.joined(map(self.thing, self.others))
            said = self.words["situation.also"].format(first=said, things=things)
        return f"{said}." if said else ""

    def thing(self, occasion: str) -> str:
        """An occasion within a sentence, with its place where that is known."""
        keys = [f"situation.thing.{occasion}.{one}" for one in self.chosen(PLACES.get(occasion, ""))]
        key = next((one for one in keys if one in self.words), f"situation.thing.{occasion}")
        return self.words.get(key, "").format(past=self.past())

    def past(self) -> str:
        """What took place."""
        return self.joined(self.said("past", self.chosen(OVER))) or self.words["situation.past"]

    def occasion(self, occasion: str) -> str:
        """A sentence on an occasion with its place and, where it comes first, its day."""
        when = self.when() if occasion == self.first else ""
        about = "situation.dated" if when else "situation.planned"
        said = self.words.get(f"{about}.{occasion}", self.words[about])
        told = said.format(thing=self.thing(occasion), past=self.past(), when=when) if occasion else ""
        return told[:1].upper() + told[1:]

    def when(self) -> str:
        """The day of what comes first; this week where that is all that is known."""
        day, known = first_day(self.dossier), self.dossier.plan.occasion_on
        if day is None or not (known or WEEKS in self.asked):
            return ""
        if known is None and day == self.dossier.advice.made_on:
            return "" if self.first in UNDER_WAY else self.words["situation.this-week"]
        written = format_date(day, "long", locale=LOCALES[self.language])
        return self.words["situation.on" if known else "situation.around"].format(date=written)

    def concerned(self) -> str:
        """Which people it concerns, and what is wanted."""
        who, wanted = self.who(self.chosen("core.people")), self.said("want", self.chosen("core.goal"))
        want = self.words["situation.want-more" if wanted[MOST:] else "situation.want"]
        wish = want.format(goals=self.joined(wanted[:MOST])) if wanted else ""
        if not who and not wish:
            return "" if self.dossier.shortened else self.words["situation.not-said"]
        whole = self.words["situation.and"].format(one=who, other=wish) if who and wish else who or wish
        return f"{whole[:1].upper()}{whole[1:]}."

    def who(self, people: Iterable[str]) -> str:
        """Which people it concerns; nothing where that is not known."""
        groups = tuple(people)
        named = self.said("who", groups)
        if not named:
            return self.words["situation.women"] if WOMEN in groups else ""
        told = self.joined(named[:MOST])
        if WOMEN in groups:
            told = self.words["situation.mainly-women"].format(people=told)
        return self.words["situation.who-more" if named[MOST:] else "situation.who"].format(people=told)

    def verdict(self) -> str:
        """Whether what comes first can go on."""
        for one in self.dossier.advice.occasions:
            if one.occasion == self.first:
                unsaid = self.dossier.shortened and one.verdict in UNSAID
                return self.words["situation.shortened" if unsaid else f"situation.{one.verdict}"]
        return ""
