"""The handout of a case: the story and the questions to the group, to fill in; or with all answers, to read afterwards.

The trainer's notes never stand in it.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assessment.advice import advise
from assessment.dossier import Dossier
from assessment.model import Advice, Assessment
from assessment.sheets.compose.opening import opening
from assessment.sheets.document import Alert, Block, Bullets, Checklist, Document, Fields, Heading, Paragraph, Table
from assessment.sheets.problem import SheetError
from assessment.sheets.words import clean, labels
from assessment.training.course import course, points
from knowledge.base import knowledge_base
from knowledge.model import Citation, Scenario, Vote
from knowledge.text import LANGUAGES, Language, Text
from rules.engine.inference import inference

NO_CASE = Text(**{language: labels(language)["handout-no-case"] for language in LANGUAGES})
LONGEST = 4000


def handout_sheet(case: Scenario, language: Language, with_answers: bool, made_on: date | None = None) -> Document:
    """The handout in one language. Without answers nothing in it tells how the case ended or what is advised."""
    writer = _Writer(case, language)
    blocks = tuple(writer.with_answers() if with_answers else writer.without_answers())
    return Document(
        language=language,
        kind=writer.words["handout"],
        title=writer.text(case.title),
        about=writer.words["handout-about-answers" if with_answers else "handout-about"],
        made_on=made_on or date.today(),
        blocks=blocks,
    )


def case_sheet(dossier: Dossier, language: Language) -> Document:
    """The handout with all answers, of the case that an assessment plays.

    Raises:
        SheetError: the assessment does not play a case.
    """
    if dossier.case is None:
        raise SheetError(NO_CASE)
    whole = handout_sheet(dossier.case, language, with_answers=True, made_on=dossier.advice.made_on)
    return replace(whole, blocks=(opening(dossier, language, "trainer"), *whole.blocks))


class _Writer:
    def __init__(self, case: Scenario, language: Language):
        self.case, self.language = case, language
        self.words = labels(language)
        answers = Assessment(
            title=case.title.in_(language), answers=case.answers, knowledge_version=knowledge_base().version
        )
        self.advice: Advice = advise(answers, inference())

    def text(self, text: Text) -> str:
        return clean(text.in_(self.language), LONGEST, self.words["cut"])

    def without_answers(self) -> Iterator[Block]:
        for block in self._story():
            if isinstance(block, Vote):
                yield Heading(self.words["handout-choose"].format(question=self.text(block.question)), 3)
                yield Checklist(tuple(self.text(choice.text) for choice in block.choices))
                yield Fields(((self.words["handout-why"], ""),))
            else:
                yield block
        yield from self._facts()
        yield Heading(self.words["handout-own"])
        yield Fields(((self.words["handout-first"], ""), (self.words["handout-mine"], "")))

    def with_answers(self) -> Iterator[Block]:
        yield from self._opening()
        for block in self._story():
            if isinstance(block, Vote):
                yield Heading(self.text(block.question), 3)
                yield Bullets(tuple(self.text(choice.text) for choice in block.choices))
                chosen = next(choice for choice in block.choices if choice.id == block.concluded)
                conclusion = self.words["handout-concluded"].format(choice=self.text(chosen.text))
                yield Paragraph(f"{conclusion}. {self.text(block.why)}")
                yield from self._sources(block.sources)
            else:
                yield block
        yield from self._facts()
        yield from self._advice()
        yield Heading(self.words["handout-happened"])
        yield Fields(
            (
                (self.words["handout-decided"], self.text(self.case.decided)),
                (self.words["handout-then"], self.text(self.case.happened)),
            )
        )
        yield Heading(self.words["handout-lesson"])
        yield Paragraph(self.text(self.case.teaching))
        if self.case.sources:
            yield Heading(self.words["handout-sources"])
            yield from self._sources(self.case.sources)

    def _opening(self) -> Iterator[Block]:
        if self.case.training is not None:
            yield Heading(self.words["handout-aim"])
            yield Paragraph(self.text(self.case.training.aim))

    def _story(self) -> Iterator[Block | Vote]:
        yield Heading(self.words["handout-story"])
        for slide in course(self.case, self.advice):
            if slide.kind == "story":
                if slide.title is not None:
                    yield Heading(self.text(slide.title), 2)
                yield from (Paragraph(self.text(text)) for text in slide.text)
            elif slide.vote is not None:
                yield slide.vote

    def _facts(self) -> Iterator[Block]:
        rows = tuple((self.text(one.asked), self.text(one.answer)) for one in self.advice.answered)
        if rows:
            yield Heading(self.words["handout-facts"])
            header = (self.words["handout-question"], self.words["handout-answer"])
            yield Table(self.words["handout-facts-caption"], header, rows)

    def _advice(self) -> Iterator[Block]:
        some = points(self.case, self.advice)
        danger = tuple(self.text(one.says) for one in some if one.danger)
        if danger:
            yield Alert(self.words["handout-safety"], danger)
        if some:
            yield Heading(self.words["handout-advice"])
        for place, one in enumerate(some, start=1):
            yield Heading(f"{place}. {self.text(one.says)}", 3)
            really = ((self.words["handout-really"], self.text(one.really)),) if one.really is not None else ()
            yield Fields(((self.words["handout-why-here"], self.text(one.why)), *really))

    def _sources(self, sources: tuple[Citation, ...]) -> Iterator[Block]:
        known = knowledge_base().sources
        told = dict.fromkeys((self.text(known[one.source].title), one.at.split(" > ")[-1]) for one in sources)
        for title, heading in told:
            yield Paragraph(self.words["sayings-source"].format(source=title), quiet=True, dutch=heading)
