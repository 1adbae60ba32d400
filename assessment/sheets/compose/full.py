"""The full advice as a document, for formats that people edit or read on a screen."""

from collections.abc import Iterator

from assessment.dossier import Dossier
from assessment.sheets.compose import shared as parts
from assessment.sheets.compose.contents import Item, Sheet
from assessment.sheets.document import Block, Bullets, Document, Fields, Heading, PageBreak, Paragraph, Table
from knowledge.text import Language


def full_sheet(dossier: Dossier, language: Language) -> Document:
    """Everything: summary, advice per phase with its reasons and sources, homework, plan, answers and method."""
    one = parts.contents(dossier, language)
    blocks: list[Block] = [Paragraph(" ".join(one.progress), quiet=True)]
    for part in (parts.safety, parts.first, parts.scores, _advice, parts.homework, parts.plan, _answers, _method):
        blocks.extend(part(one))
    return Document(
        language=language,
        kind=one.labels["sheet"],
        title=one.title,
        about=one.labels["about"],
        made_on=dossier.advice.made_on,
        blocks=tuple(blocks),
    )


def _advice(one: Sheet) -> Iterator[Block]:
    words = one.labels
    yield from (PageBreak(), Heading(words["advice"]))
    yield Paragraph(words["advice-about"] if one.phases else words["advice-none"])
    for phase in one.phases:
        yield Heading(phase.title, 2)
        for item in phase.items:
            yield from _item(item, words)


def _item(item: Item, words: dict[str, str]) -> Iterator[Block]:
    yield Heading(f"{item.number}. {item.title}", 3)
    yield Paragraph(f"{item.severity}. {item.theme}.", quiet=True)
    for lesson in item.lessons:
        yield Paragraph(f"{lesson.phase}: {lesson.advice}" if lesson.phase else lesson.advice)
        rows = [(words["why"], " ".join(parts.reason(why, words) for why in lesson.why))]
        if lesson.cautions:
            rows.append((words["caution"], lesson.cautions))
        rows.append((words["in-practice"], f"{lesson.evidence} {parts.cited(lesson.sources, words)}."))
        yield Fields(tuple(rows))


def _answers(one: Sheet) -> Iterator[Block]:
    if not one.with_answers:
        return
    words = one.labels
    yield Heading(words["answers"])
    rows = tuple((each.asked, each.answer, theme.title) for theme in one.answers for each in theme.answers)
    if rows:
        yield Table(words["answers-about"], (words["question"], words["answer"], words["theme"]), rows)
    else:
        yield Paragraph(words["answers-rest-none" if one.any_answer else "answers-none"])


def _method(one: Sheet) -> Iterator[Block]:
    words = one.labels
    yield from (Heading(words["method"]), Bullets(one.method))
    if one.publications:
        yield Heading(words["sources"], 2)
        for group in one.publications:
            yield Bullets(tuple(f"{words['source']} {number}: {title}" for number, title in group.titles))
            yield Paragraph(group.url, quiet=True, linked=True)
