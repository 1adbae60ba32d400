"""The director's page: what it is about, the plan tested, three things to do, and where the company stands."""

from collections.abc import Iterator

from assessment.dossier import Dossier
from assessment.sheets.compose import shared as parts
from assessment.sheets.compose.contents import FullAdvice, Line
from assessment.sheets.document import Alert, Block, Bullets, Document, Fields, Heading, Paragraph
from assessment.sheets.words import clean
from knowledge.text import Language

MOST_SAFETY = 5
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
            Paragraph(words["for-yourself"], quiet=True),
            *_purpose(dossier, one),
            *_occasions(one),
            *_stops(one),
            *_first(one),
            *parts.scores(one),
            Paragraph(" ".join(one.progress), quiet=True),
        ),
    )


def _purpose(dossier: Dossier, one: FullAdvice) -> Iterator[Block]:
    questions = dossier.inference.base.knowledge.questions
    rows = tuple(
        (given.asked.in_(one.language), given.answer.in_(one.language))
        for given in dossier.advice.answered
        if given.question in questions and questions[given.question].frame
    )
    if dossier.plan.occasion_on is not None:
        rows = (*rows, (one.labels["the-day"], f"{dossier.plan.occasion_on:%d-%m-%Y}"))
    if rows:
        yield from (Heading(one.labels["director-purpose"]), Fields(rows))


def _occasions(one: FullAdvice) -> Iterator[Block]:
    if one.occasions:
        yield Heading(one.labels["plan-tested"])
        yield Bullets(
            tuple(verdict for _, verdict in one.occasions), leads=tuple(f"{title}:" for title, _ in one.occasions)
        )


def _stops(one: FullAdvice) -> Iterator[Block]:
    """What endangers people, framed; beyond the most urgent it is only counted."""
    if one.safety:
        shown = one.safety[:MOST_SAFETY]
        items = [line.instead for line in shown]
        if one.safety[MOST_SAFETY:]:
            items.append(one.labels["and-more"].format(count=len(one.safety) - MOST_SAFETY))
        yield Alert(one.labels["safety-about"], tuple(items), tuple(map(parts.lead, shown)))


def _first(one: FullAdvice) -> Iterator[Block]:
    words = one.labels
    if one.other:
        first = one.other[:THINGS]
        yield Heading(words["director-first"])
        yield Bullets(tuple(_to_do(line, one) for line in first), leads=tuple(map(parts.lead, first)))


def _to_do(line: Line, one: FullAdvice) -> str:
    planned = next((each for each in one.plan if each.number == line.number), None)
    said = [line.instead]
    if planned is not None and planned.who:
        said.append(one.labels["by-whom"].format(who=clean(planned.who, LONGEST_OWNER, "…")))
    if planned is not None and planned.due:
        said.append(one.labels["by-when"].format(due=planned.due))
    return " ".join(said)
