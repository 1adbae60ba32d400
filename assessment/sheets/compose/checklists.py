"""Short checklists for what the publications give of the tools that they name, each line with its passage."""

from collections import Counter
from collections.abc import Iterator

from assessment.dossier import Dossier
from assessment.sheets.compose.opening import drawn_up
from assessment.sheets.compose.sayings import MARK, Publications
from assessment.sheets.document import Block, Document, Heading, Paragraph, Table
from assessment.sheets.words import labels
from knowledge.adviser_texts import guides
from knowledge.resources import resources
from knowledge.text import Language

LISTS: dict[str, tuple[str, ...]] = {
    "trust": ("ser-tool-trust",),
    "culture": ("ser-tool-culture",),
    "questions": ("ser-tool-questions", "ser-tool-conversation"),
    "meeting": ("ser-checklist-nl", "ser-checklist-country"),
}
"""The lists, each with the tools that it stands for."""
LISTED = frozenset(one for tools in LISTS.values() for one in tools)
BOX = "☐"


def general_pages() -> frozenset[str]:
    """Addresses that several resources share: pages on which one still has to search."""
    return frozenset(url for url, many in Counter(one.url for one in resources() if one.url).items() if many > 1)


def checklists_sheet(dossier: Dossier, language: Language) -> Document:
    """All lists, to tick off."""
    return drawn_up(dossier, language, "checklists", "checklists", _blocks(dossier, language))


def _blocks(dossier: Dossier, language: Language) -> Iterator[Block]:
    words, knowledge, guide = labels(language), dossier.inference.base.knowledge, guides().tools
    header = tuple(words[f"checklists.{one}"] for one in ("done", "line", "source", "place"))
    ours, publications = False, Publications()
    for name in LISTS:
        rows = []
        for piece in getattr(guide, name):
            (first, *_) = piece.sources or knowledge.lessons[piece.lessons[0]].sources
            mark = MARK if piece.basis == "inferred" else ""
            ours = ours or bool(mark)
            number = publications.number(knowledge.sources[first.source].title.in_(language))
            rows.append((BOX, piece.text.in_(language) + mark, number, first.at.replace(" > ", " › ")))
        yield Heading(words[f"checklists.{name}"])
        yield Table(words[f"checklists.{name}.about"], header, tuple(rows), dutch=3)
    yield publications.listed()
    if ours:
        yield Paragraph(words["sayings-ours"], quiet=True)
    yield Paragraph(words["partner-general-page"], quiet=True)
    yield from (Paragraph(url, quiet=True, linked=True) for url in sorted(general_pages()))
