"""The situation of a dossier in three sentences, without names."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from babel.dates import format_date, format_skeleton, format_timedelta
from babel.lists import format_list

from assessment.dossier import UNSAID, Dossier
from assessment.model import Going
from assessment.sheets.words import labels
from knowledge.condition import UNKNOWN
from knowledge.text import LOCALES, Language
from rules.engine.memory import working_memory
from rules.meaning import UNANSWERED

OCCASIONS, FIRST, WEEKS, OVER = "core.occasions", "core.first", "core.first-date", "over.what"
PLACES = {"event": "event.form", "supplier-talk": "talk.channel"}
UNDER_WAY = ("means", "partner", "over", "publicity")
"""Occasions that have no day while they go on."""
SUBJECTS, TALK = "talk.subjects", "supplier-talk"
HAPPENED = "talk.happened"
REQUEST = "partner-request"
LETTERS = {"letter-of-intent": "partner", "invitation": "event", "chair-report": "event", REQUEST: "partner"}
"""What a letter is about; what else is planned, and what the company wants from it, is not for its readers."""
SHARED = (TALK, "event")
"""What a partner may be asked to help with, and so reads of."""
OPEN_TO_PARTNERS = ("acquaint", "programme", "norm-checked", "norm-unchecked")
"""The subjects of a talk that a partner reads of; any other could tell that somebody spoke, or is not its business."""
HELD, WOMEN = "chair-report", "women"
UNTOLD = ("families", "paid-for-job", "no-papers")
"""Groups of people who are named in no letter: that we know of them tells that somebody spoke, or harms them."""
WORSE: tuple[Going, ...] = ("as-planned", "changed", "not-known", "later", "stopped", "not-like-this")
"""What can be said of an occasion, from good to bad."""
GOING_ON: tuple[Going, ...] = ("as-planned", "changed")
A_YEAR = timedelta(days=365)
MOST = 3
"""So many groups of people, and goals, are named."""


def first_day(dossier: Dossier) -> date | None:
    """The day of what comes first, as far as it is known and to come: a date, or about so many weeks from now."""
    weeks, today = dossier.assessment.answers.get(WEEKS), dossier.advice.made_on
    day = dossier.plan.occasion_on
    if day is None and isinstance(weeks, int):
        day = today + timedelta(weeks=weeks)
    return day if day is not None and day >= today else None


def safety_open(dossier: Dossier) -> tuple[str, ...]:
    """The questions on the safety of people that are asked and have no answer."""
    questions = dossier.inference.base.knowledge.questions
    memory = working_memory(dossier.assessment.answers, questions)
    return tuple(
        one.id
        for one in questions.values()
        if one.protects and memory.asked[one.id] and memory.facts[one.id] == UNANSWERED
    )


def situation(dossier: Dossier, language: Language, purpose: str, third: str = "") -> str:
    """What is planned, where and when; whom it concerns and to what end; and whether it can go on. Without names.

    A letter, and what is told to others, says what holds for its readers instead of the last; so does a `third`.
    """
    told = Told(dossier, language)
    if purpose in LETTERS:
        return " ".join(told.request() if purpose == REQUEST else told.letter(purpose))
    last = third or told.words.get(f"situation.third.{purpose}") or told.verdict()
    return " ".join(filter(None, (told.planned(), told.concerned(), last)))


class Told:
    """What a dossier tells of its situation, in one language: `first` is the occasion that comes first."""

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

    def shared(self) -> str:
        """What a partner is asked to help with; empty where there is no such occasion."""
        return next((one for one in (self.first, *self.others) if one in SHARED), "")

    def reply(self, purpose: str) -> str:
        """Before which day a letter asks for an answer: that of what it is about, where that comes first."""
        about = (LETTERS[purpose], self.shared()) if purpose == REQUEST else (LETTERS[purpose],)
        return self.before() if self.first in about else ""

    def request(self) -> Iterator[str]:
        """What a partner is asked for: with what, for whom and to what end, and that it is free to say no."""
        shared = self.shared()
        when = self.when() if shared == self.first else ""
        about = "alone" if not shared else "dated" if when else "with"
        thing = self.thing(shared, self.subjects(elsewhere=True))
        yield f"{self.words[f'situation.request.{about}'].format(thing=thing, when=when)}."
        who = self.who(one for one in self.chosen("core.people") if one not in UNTOLD)
        yield f"{who}." if who else self.words["situation.second.partner-request"]
        yield self.words["situation.third.partner-request"]

    def day(self) -> date | None:
        """The day of what comes first, where that is known and to come."""
        return first_day(self.dossier) if self.when() else None

    def before(self) -> str:
        """That day as the one before which something must be done; empty where it is not known."""
        day, known = self.day(), self.dossier.plan.occasion_on
        if day is None:
            return ""
        if day == self.dossier.advice.made_on and known is None:
            return self.words["opening.this-week"]
        written = self.day_in_words(day)
        return self.words["opening.day" if known else "opening.about-day"].format(date=written)

    def day_in_words(self, day: date) -> str:
        """The day; with its year only where that is not the first to come, as users seldom give it."""
        if day < self.dossier.advice.made_on + A_YEAR:
            return format_skeleton("MMMMd", day, locale=LOCALES[self.language])
        return format_date(day, "long", locale=LOCALES[self.language])

    def this(self) -> str:
        """What comes first, as something that was named already: 'the talk with the supplier'."""
        return self.words.get(f"situation.this.{self.first}", self.words["situation.this"])

    def last_talk(self) -> str:
        """What happened in the last talk; nothing where that is not known."""
        known = self.dossier.inference.base.knowledge.questions[HAPPENED].options
        chosen = self.chosen(HAPPENED)
        said = [one.label.in_(self.language).strip() for one in known if one.id in chosen and not one.exclusive]
        return self.joined(one[0].lower() + one[1:] for one in said)

    def had(self) -> str:
        """What took place, in a sentence; nothing where that is not known."""
        past = self.said("past", self.chosen(OVER))
        if not past and self.last_talk():
            past = [self.words["situation.past.talk"]]
        return f"{self.words['situation.held'].format(thing=self.joined(past))}." if past else ""

    def planned(self) -> str:
        """What comes first, and what else is going on."""
        said = self.occasion(self.first)
        if said and self.others:
            things = self.joined(map(self.thing, self.others))
            said = self.words["situation.also"].format(first=said, things=things)
        return f"{said}." if said else ""

    def thing(self, occasion: str, subjects: Iterable[str] | None = None) -> str:
        """An occasion within a sentence, with its place where that is known, and of a talk the subjects."""
        keys = [f"situation.thing.{occasion}.{one}" for one in self.chosen(PLACES.get(occasion, ""))]
        key = next((one for one in keys if one in self.words), f"situation.thing.{occasion}")
        thing = self.words.get(key, "").format(past=self.past())
        about = self.said("about", self.subjects() if subjects is None else subjects)[:MOST]
        if occasion != TALK or not about:
            return thing
        return self.words["situation.thing-about"].format(thing=thing, subjects=self.joined(about))

    def subjects(self, elsewhere: bool = False) -> Iterable[str]:
        """The subjects of a talk; only what readers elsewhere may know, where it is for them."""
        chosen = self.chosen(SUBJECTS)
        return [one for one in chosen if one in OPEN_TO_PARTNERS] if elsewhere or self.dossier.shortened else chosen

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
        if known is None:
            weeks = format_timedelta(day - self.dossier.advice.made_on, "week", threshold=1e9, locale=self.language)
            return self.words["situation.around"].format(weeks=weeks)
        return self.words["situation.on"].format(date=self.day_in_words(day))

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
        """Whether the plan can go on: what is said of the occasion of which it is worst."""
        found = [one.verdict for one in self.dossier.advice.occasions]
        if not found:
            return ""
        worst = max(found, key=WORSE.index)
        if worst in GOING_ON and safety_open(self.dossier) and not self.dossier.shortened:
            return self.words["situation.waits"]
        going_on = sum(one in GOING_ON for one in found)
        if f"situation.mostly.{worst}" in self.words and 2 * going_on > len(found) and not self.dossier.shortened:
            return self.words[f"situation.mostly.{worst}"]
        unsaid = self.dossier.shortened and worst in UNSAID
        return self.words["situation.shortened" if unsaid else f"situation.{worst}"]
