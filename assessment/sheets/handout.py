"""The trainer's handout for a case: a page for who takes part, and one for the trainer."""

from collections.abc import Iterator

from assessment.sheets import parts
from assessment.sheets.contents import Sheet
from assessment.sheets.document import Block, Bullets, Document, Fields, Heading, PageBreak, Paragraph, Table
from assessment.sheets.dossier import Dossier
from assessment.sheets.problem import SheetError
from assessment.sheets.words import labels
from knowledge.model import Scenario
from knowledge.text import LANGUAGES, Language, Text

NO_CASE = Text(**{language: labels(language)["handout-no-case"] for language in LANGUAGES})


def handout_sheet(dossier: Dossier, language: Language) -> Document:
    """Story and task first; what is advised, what happened and what it teaches after them.

    Raises:
        SheetError: the assessment does not play a case.
    """
    case = dossier.case
    if case is None:
        raise SheetError(NO_CASE)
    one = parts.contents(dossier, language)
    words = one.labels
    return Document(
        language=language,
        kind=words["handout"],
        title=case.title.in_(language),
        about=words["handout-about"],
        made_on=dossier.advice.made_on,
        blocks=(*_for_everyone(case, one), PageBreak(), *_for_the_trainer(case, one, dossier)),
    )


def _for_everyone(case: Scenario, one: Sheet) -> Iterator[Block]:
    words = one.labels
    yield Heading(words["handout-story"])
    yield from (Paragraph(text.in_(one.language)) for text in case.story)
    if case.invented:
        yield Paragraph(words["handout-invented"], quiet=True)
    yield Heading(words["handout-task"])
    yield Bullets(tuple(words[f"handout-task-{number}"] for number in (1, 2, 3)), ordered=True)
    yield Fields(tuple((words[key], "") for key in ("handout-first", "handout-leave", "handout-danger")))


def _for_the_trainer(case: Scenario, one: Sheet, dossier: Dossier) -> Iterator[Block]:
    words, language = one.labels, one.language
    yield Heading(words["handout-trainer"])
    yield from (Heading(words["handout-advice"], 2), Paragraph(words["handout-listed"]))
    yield Bullets(
        tuple(
            f"{each.title.in_(language)} ({words[f'severity.{each.severity}'].lower()})"
            for each in dossier.advice.recommendations
        ),
        ordered=True,
    )
    advised = {each.lesson.id for card in dossier.advice.recommendations for each in card.lessons}
    lessons = dossier.inference.base.knowledge.lessons
    others = [lessons[name] for name in case.lessons if name in lessons and name not in advised]
    if others:
        yield Paragraph(words["handout-taught"])
        yield Bullets(tuple(lesson.advice.in_(language) for lesson in others))
    for name in ("decided", "happened", "teaching"):
        yield Heading(words[f"handout-{name}"], 2)
        yield Paragraph(getattr(case, name).in_(language))
    rows = tuple((each.asked.in_(language), each.answer.in_(language)) for each in dossier.advice.answered)
    if rows:
        yield Table(words["handout-answers"], (words["question"], words["answer"]), rows)
