"""The director's page: what it is about, what safety asks, three things to do, and where the company stands."""

from collections.abc import Iterator

from assessment.dossier import Dossier
from assessment.sheets.compose import shared as parts
from assessment.sheets.compose.contents import Item, Sheet
from assessment.sheets.document import Block, Bullets, Document, Fields, Heading, Paragraph
from assessment.sheets.words import clean
from knowledge.text import Language

MOST_SAFETY = 7
THINGS = 3
LONGEST_TITLE = 60
LONGEST_OWNER = 30


def director_sheet(dossier: Dossier, language: Language) -> Document:
    """One page, whatever was answered: nothing on it can grow beyond its room."""
    one = parts.contents(dossier, language)
    words = one.labels
    return Document(
        language=language,
        kind=words["director"],
        title=clean(one.title, LONGEST_TITLE, "…"),
        about=words["director-about"],
        made_on=dossier.advice.made_on,
        blocks=(
            *_purpose(dossier, one),
            *parts.safety(one, MOST_SAFETY),
            *_first(one),
            *parts.scores(one),
            Paragraph(" ".join(one.progress), quiet=True),
            Paragraph(words["director-more"].format(knowledge=dossier.advice.knowledge_version), quiet=True),
        ),
    )


def _purpose(dossier: Dossier, one: Sheet) -> Iterator[Block]:
    questions = dossier.inference.base.knowledge.questions
    rows = tuple(
        (given.asked.in_(one.language), given.answer.in_(one.language))
        for given in dossier.advice.answered
        if given.question in questions and questions[given.question].frame
    )
    if rows:
        yield from (Heading(one.labels["director-purpose"]), Fields(rows))


def _first(one: Sheet) -> Iterator[Block]:
    words = one.labels
    yield Heading(words["director-first"] if len(one.first) == THINGS else words["do-first"])
    if one.first:
        items = tuple(_to_do(item, one) for item in one.first)
        yield Bullets(items, ordered=True, leads=tuple(map(parts.lead, one.first)))
    else:
        yield Paragraph(words["nothing-else"])


def _to_do(item: Item, one: Sheet) -> str:
    planned = next((each for each in one.plan if each.number == item.number), None)
    said = [item.summary]
    if planned is not None and planned.who:
        said.append(one.labels["by-whom"].format(who=clean(planned.who, LONGEST_OWNER, "…")))
    if planned is not None and planned.due:
        said.append(one.labels["by-when"].format(due=planned.due))
    return " ".join(said)
