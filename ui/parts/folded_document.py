"""A sheet on a page, of which the reasons and the sources of each part are folded away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise

import streamlit as st

from assessment.advisers.situation import Saying
from assessment.sheets.compose.sayings import Sayings
from assessment.sheets.document import Block, Document, Heading, Paragraph
from knowledge.base import knowledge_base
from ui.parts.document_view import show
from ui.visit.session import language, t
from ui.words import escaped


def show_folded(document: Document, cards: str = "") -> None:
    """Draw the document; what is only said in passing stands in a fold under its part.

    Below the heading `cards` each part is a card, one line until it is opened.
    """
    headings = [place for place, one in enumerate(document.blocks) if isinstance(one, Heading)]
    begin = next((place + 1 for place in headings if cards and _heading(document.blocks[place]) == (cards, 1)), None)
    if begin is None:
        _parts(document)
        return
    _parts(replace(document, blocks=document.blocks[:begin]))
    ends = [*(place for place in headings if place >= begin and _heading(document.blocks[place])[1] <= 2), None]
    for start, end in pairwise(ends):
        title, level = _heading(document.blocks[start or 0])
        part = replace(document, blocks=document.blocks[start:end])
        if level == 1:
            _parts(part)
            continue
        with st.expander(escaped(title)):
            _parts(replace(part, blocks=part.blocks[1:]))


def _heading(block: Block) -> tuple[str, int]:
    return (block.text, block.level) if isinstance(block, Heading) else ("", 0)


def _parts(document: Document) -> None:
    for quiet, blocks in groupby(document.blocks, key=_in_passing):
        part = replace(document, blocks=tuple(blocks))
        if quiet:
            with st.expander(t("adviser.why"), type="compact"):
                show(part)
        else:
            show(part)


def folded_reasons(sayings: Sequence[Saying]) -> None:
    """A fold with why these sayings stand here and where they come from."""
    blocks = tuple(Sayings(language(), knowledge_base(), on_screen=True).rests_on(sayings))
    show_folded(Document(language(), "", "", "", date.today(), blocks))


def _in_passing(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.quiet
