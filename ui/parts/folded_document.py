"""A sheet on a page, of which the reasons and the sources of each part are folded away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby

import streamlit as st

from assessment.advisers.situation import Saying
from assessment.sheets.compose.sayings import Sayings
from assessment.sheets.document import Block, Document, Paragraph
from knowledge.base import knowledge_base
from ui.parts.document_view import show
from ui.visit.session import language, t


def show_folded(document: Document) -> None:
    """Draw the document; what is only said in passing stands in a fold under its part."""
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
