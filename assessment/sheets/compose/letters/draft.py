"""What every letter is written with: fixed words, the answers that fill it, and the lessons that it rests on."""

from collections.abc import Iterable, Iterator, Mapping

from babel.dates import format_date
from babel.lists import format_list

from assessment.advisers.partners import partner_plan
from assessment.dossier import Dossier
from assessment.sheets.compose.opening import opening
from assessment.sheets.compose.sayings import Publications
from assessment.sheets.compose.situation import Told, first_day
from assessment.sheets.document import Block, Document, Fields, Table
from assessment.sheets.words import labels
from knowledge.model import Lesson
from knowledge.text import LOCALES, Language
from rules.engine.memory import working_memory

PART_OF: Mapping[str, str] = {
    "visit": "visit",
    "training-asked": "training",
    "training-ours": "training",
    "training-instead": "training",
}
"""The words for the parts of a programme, by option; a talk with workers is never among them."""
Part = tuple[str, tuple[str, ...]]
"""The key of a part's title, and the lessons that the part rests on."""


class Draft:
    """A letter on one dossier in one language."""

    def __init__(self, dossier: Dossier, language: Language):
        self.dossier, self.language = dossier, language
        self.knowledge = dossier.inference.base.knowledge
        self._words = labels(language)
        self._facts = working_memory(dossier.assessment.answers, self.knowledge.questions).facts
        self._advised = {a.lesson.id for one in dossier.advice.recommendations for a in one.lessons}

    def t(self, key: str, **filled: object) -> str:
        """A fixed text of the letters."""
        return self._words[f"letter.{key}"].format(**filled)

    def document(self, name: str, purpose: str, blocks: Iterable[Block], ask: str = "") -> Document:
        """The letter; its title is never the user's, which could say too much. `ask`, where it depends on answers."""
        before = Told(self.dossier, self.language).reply(purpose)
        return Document(
            language=self.language,
            kind=self.t(f"{name}.kind"),
            title=self.t(f"{name}.title"),
            about=self.t(f"{name}.about"),
            made_on=self.dossier.advice.made_on,
            blocks=(opening(self.dossier, self.language, purpose, ask, before), *blocks),
        )

    def joined(self, some: Iterable[str]) -> str:
        """Several things within a sentence."""
        return format_list(list(some), locale=LOCALES[self.language])

    def chosen(self, question: str) -> tuple[str, ...]:
        """The options chosen at a question that is asked, without 'none of these' and 'don't know'."""
        answer = self._facts[question]
        given = answer if isinstance(answer, tuple) else (str(answer),)
        options = self.knowledge.questions[question].options
        return tuple(one.id for one in options if one.id in given and not one.exclusive)

    def said(self, question: str, about: str) -> tuple[str, ...]:
        """What the letter says for each option chosen; nothing for an option that it has no words for."""
        keys = (f"letter.{about}.{option}" for option in self.chosen(question))
        return tuple(self._words[key] for key in keys if key in self._words)

    def partner_goals(self) -> tuple[str, ...]:
        """What cooperation is sought for, as the answers show it; none where they show nothing."""
        plan = partner_plan(self.dossier.assessment.answers, self.dossier.inference)
        return tuple(one.goal for one in plan.goals) if plan.chosen else ()

    def lines(self, *keys: str) -> Fields:
        """Names with a line to write on behind each."""
        return Fields(tuple((self.t(key), "") for key in keys))

    def where(self) -> tuple[str, str]:
        """'Place', with what was answered on where the parties meet."""
        return self.t("line.place"), "; ".join(self.said("event.form", "form"))

    def parts(self) -> tuple[str, ...]:
        """What stands on the programme beside the dialogue, by the words that the letters have for it."""
        chosen = self.chosen("event.parts")
        return tuple(dict.fromkeys(PART_OF[one] for one in chosen if one in PART_OF))

    def reporting_agreed(self) -> bool:
        """Whether it is agreed who reports back, and when."""
        return {"who", "when"} <= set(self.chosen("report.plan"))

    def date(self) -> str:
        """About when it is, where that is known."""
        day, given = first_day(self.dossier), self.dossier.plan.occasion_on
        if day is None or "event" not in self.chosen("core.first"):
            return ""
        written = format_date(day, "long", locale=LOCALES[self.language])
        return written if given else self.t("around", date=written)

    def resting_on(self, parts: Iterable[Part], publications: Publications) -> Iterator[Block]:
        """The lesson and the passage of each part, and which of them stand in this advice."""
        taught = [(self.t(key), self.knowledge.lessons[one]) for key, some in parts for one in some]
        rows = tuple(
            (part, self._lesson(lesson), " ".join(self._places(lesson, publications))) for part, lesson in taught
        )
        header = tuple(self.t(f"rests-on.{one}") for one in ("part", "lesson", "place"))
        yield Table(self.t("rests-on.caption"), header, rows, dutch=2)

    def _lesson(self, lesson: Lesson) -> str:
        advice = lesson.advice.in_(self.language)
        return self.t("rests-on.advised", advice=advice) if lesson.id in self._advised else advice

    def _places(self, lesson: Lesson, publications: Publications) -> Iterator[str]:
        places: dict[str, list[str]] = {}
        for one in lesson.sources:
            places.setdefault(one.source, []).append(one.at.replace(" > ", " › "))
        for source, some in places.items():
            title = self.knowledge.sources[source].title.in_(self.language)
            yield f"{publications.number(title)} {'; '.join(dict.fromkeys(some))}"
