"""The full advice as a document: the plan tested, a card per act, occasion or party, what to find out, and sources."""

import re
from collections.abc import Iterator

from assessment.dossier import Dossier
from assessment.plan import STATUSES
from assessment.sheets.compose import shared as parts
from assessment.sheets.compose.contents import FullAdvice
from assessment.sheets.compose.opening import drawn_up
from assessment.sheets.document import Block, Bullets, Document, Heading, Paragraph, Table
from knowledge.text import Language

MOST_WORDS = 5
"""With so many words a heading is found again in a publication."""


def full_sheet(dossier: Dossier, language: Language) -> Document:
    """Everything: the plan tested, cards, what to find out, decisions, scores, and on what it rests."""
    one = parts.contents(dossier, language, for_oneself=True)
    blocks: list[Block] = [Paragraph(" ".join(one.progress), quiet=True)]
    for part in (parts.plan_tested, _cards, parts.homework, _plan, parts.scores, _sources, _answers, _method):
        blocks.extend(part(one))
    return drawn_up(dossier, language, "full", "full", blocks)


def _cards(one: FullAdvice) -> Iterator[Block]:
    words = one.labels
    if not one.cards:
        return
    yield Heading(words["cards"])
    yield from parts.cards(one)
    if later := [card for card in one.later if card.lines]:
        yield Heading(words["later"], 2)
        yield Bullets(
            tuple(" ".join(map(parts.brief, card.lines)) for card in later),
            leads=tuple(f"{card.title}." for card in later),
        )


def _plan(one: FullAdvice) -> Iterator[Block]:
    """The plan, once something was decided on it."""
    undecided = STATUSES["proposed"].in_(one.language)
    if any(each.who or each.due or each.remarks or each.status != undecided for each in one.plan):
        yield from parts.plan(one)


def _sources(one: FullAdvice) -> Iterator[Block]:
    """Per publication the headings that cards rest on, and that some of the advice is our own conclusion."""
    words = one.labels
    passages: dict[int, dict[str, list[str]]] = {}
    for number, card in enumerate(one.cards, start=1):
        for each in (*(line.sources[:1] for line in card.lines), *(more.sources[:1] for more in card.more)):
            for cited in each:
                cards = passages.setdefault(cited.number, {}).setdefault(_shortened(cited.places), [])
                cards += [str(number)] if str(number) not in cards else []
    if not passages:
        return
    yield Heading(words["rests-on"])
    titles = {number: title for group in one.publications for number, title in group.titles}
    rows = tuple(
        (titles[number], " · ".join(f"{place} [{', '.join(of)}]" for place, of in places.items()))
        for number, places in sorted(passages.items())
    )
    yield Table(words["rests-on.about"], (words["source"], words["passage"]), rows, dutch=1)
    yield Paragraph(words["sources-at"], quiet=True)
    yield from (Paragraph(group.url, quiet=True, linked=True) for group in one.publications)
    if any(line.own for card in one.cards for line in card.lines):
        yield Paragraph(words["own-conclusion"], quiet=True)


def _shortened(places: str) -> str:
    """The headings with the first words of each, and the item in it: enough to find the passage."""
    return "".join(map(_few_words, re.split(r"( › |; | \([^()]*\)(?=;|$))", places)))


def _few_words(part: str) -> str:
    words = part.split()
    return part if len(words) <= MOST_WORDS or part.startswith(" (") else f"{' '.join(words[:MOST_WORDS])}…"


def _answers(one: FullAdvice) -> Iterator[Block]:
    if not one.answers:
        return
    words = one.labels
    yield Heading(words["answers"])
    rows = tuple((each.asked, each.answer) for theme in one.answers for each in theme.answers)
    yield Table(words["answers-about"], (words["question"], words["answer"]), rows)


def _method(one: FullAdvice) -> Iterator[Block]:
    words = one.labels
    yield from (Heading(words["method"]), Bullets(one.method))
