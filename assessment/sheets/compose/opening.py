"""What a sheet begins with: whose it is, the situation in three sentences, and what is asked of its reader."""

from collections.abc import Iterable

from assessment.dossier import Dossier
from assessment.model import LONGEST_TITLE
from assessment.sheets.document import Block, Document, Fields
from assessment.sheets.words import clean, labels
from knowledge.condition import UNKNOWN
from knowledge.text import Language

OCCASIONS, FIRST, WEEKS = "core.occasions", "core.first", "core.first-date"
PLACES = {"event": "event.form", "supplier-talk": "talk.channel"}
LETTERS = {"letter-of-intent": "partner", "invitation": "event", "chair-report": "event-held"}
"""What a letter is about; what else is planned, and what the company wants from it, is not for its readers."""
MOST = 3
"""So many groups of people, and goals, are named."""


def drawn_up(
    dossier: Dossier,
    language: Language,
    purpose: str,
    kind: str,
    blocks: Iterable[Block],
    own_use: bool = True,
    on_screen: bool = False,
) -> Document:
    """The sheet with the title of the assessment; `on_screen`, without what the page itself tells."""
    words = labels(language)
    return Document(
        language=language,
        kind=words[f"{kind}-kind"],
        title=clean(dossier.advice.title, LONGEST_TITLE, words["cut"]) or words["untitled"],
        about=words[f"{kind}-about"],
        made_on=dossier.advice.made_on,
        blocks=tuple(blocks) if on_screen else (opening(dossier, language, purpose), *blocks),
        notice=notice(dossier, language, own_use),
    )


def notice(dossier: Dossier, language: Language, own_use: bool) -> str:
    """Whose sheet it is, said on every page; nothing where it is whole and for anybody."""
    if dossier.shortened:
        return labels(language)["notice.shortened"]
    return labels(language)["notice.own"] if own_use else ""


def opening(dossier: Dossier, language: Language, purpose: str, ask: str = "") -> Fields:
    """The situation and what is asked; `ask`, where the purpose alone does not tell it, in words."""
    words = labels(language)
    return Fields(
        (
            (words["opening.situation"], situation(dossier, language, purpose)),
            (words["opening.ask"], ask or words[f"ask.{purpose}"]),
        )
    )


def situation(dossier: Dossier, language: Language, purpose: str) -> str:
    """What is planned, where and when; whom it concerns and to what end; and whether it can go on. Without names.

    A letter says what holds for its readers instead of the last. What was not answered is left out.
    """
    told = _Told(dossier, language)
    if (occasion := LETTERS.get(purpose)) is not None:
        said = (told.occasion(occasion), told.concerned(goals=False), told.words[f"situation.third.{purpose}"])
    else:
        said = (told.planned(), told.concerned(), told.verdict())
    return " ".join(filter(None, said))


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

    def labelled(self, question: str, options: Iterable[str]) -> list[str]:
        known = self.dossier.inference.base.knowledge.questions[question]
        found = [known.option(one) for one in options]
        texts = [one.label.in_(self.language) for one in found if one is not None and not one.exclusive]
        return [text[:1].lower() + text[1:] for text in texts]

    def planned(self) -> str:
        """What comes first, and what else is going on."""
        said = self.occasion(self.first).removesuffix(".")
        if said and (others := self.labelled(OCCASIONS, self.others)):
            said += f"; {self.words['situation.also'].format(others='; '.join(others))}"
        return f"{said}." if said else ""

    def occasion(self, occasion: str) -> str:
        """One occasion with its place and, where it comes first, when it is."""
        if f"situation.{occasion}" not in self.words:
            return ""
        parts = [self.words[f"situation.{occasion}"]]
        place = self.chosen(PLACES.get(occasion.removesuffix("-held"), ""))
        parts += [self.words[key] for one in place if (key := f"situation.where.{one}") in self.words]
        weeks = self.dossier.assessment.answers.get(WEEKS) if WEEKS in self.asked else None
        if isinstance(weeks, int) and occasion == self.first:
            when = {0: "now", 1: "one"}.get(weeks, "more")
            parts.append(self.words[f"situation.weeks.{when}"].format(weeks=weeks))
        return f"{', '.join(parts)}."

    def concerned(self, goals: bool = True) -> str:
        """Which people it concerns, and what it is for."""
        people = self.labelled("core.people", self.chosen("core.people"))[:MOST]
        wanted = self.labelled("core.goal", self.chosen("core.goal"))[:MOST] if goals else []
        said = [self.words["situation.people"].format(people="; ".join(people))] if people else []
        said += [self.words["situation.goal"].format(goals="; ".join(wanted))] if wanted else []
        whole = "; ".join(said)
        return f"{whole[0].upper()}{whole[1:]}." if whole else ""

    def verdict(self) -> str:
        """Whether what comes first can go on."""
        for one in self.dossier.advice.occasions:
            if one.occasion == self.first and not (self.dossier.shortened and one.verdict == "not-known"):
                return self.words[f"situation.{one.verdict}"]
        return ""
