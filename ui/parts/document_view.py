"""Shows a sheet on a page, block by block, as the formats to download show it."""

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from assessment.sheets.document import (
    Alert,
    Block,
    Bullets,
    Checklist,
    Document,
    Fields,
    Heading,
    PageBreak,
    Paragraph,
    ScoreChart,
    Space,
    Table,
)
from knowledge.model import Answers
from ui.parts.gate import gate, offer
from ui.parts.markup import draw, dutch, table, tag
from ui.parts.widgets import link_out
from ui.visit.record import recorded
from ui.visit.session import t
from ui.words import escaped

Writer = Callable[[Document], bytes]


def show(document: Document) -> None:
    """Draw what the document says, without its title; its parts become headings under the title of the page."""
    for block in document.blocks:
        _draw(block)


def downloads(answers: Answers, document: Document, name: str, forms: Mapping[str, tuple[str, Writer]]) -> None:
    """A row of buttons on the open assessment, one per form: its suffix with its MIME type and what writes it.

    They stand behind the gate, since the document rests on these answers. Files are made on a click.
    """
    passed = gate(f"document:{document.kind}", answers)
    if passed is None:
        return
    with st.container(horizontal=True):
        for suffix, (mime, write) in forms.items():
            offer(
                passed,
                t("document.download", form=suffix.upper()),
                recorded(partial(write, document), f"{document.kind.lower()}.{suffix}"),
                f"{name}.{suffix}",
                f"download:{name}:{suffix}",
                mime=mime,
            )


def _draw(block: Block) -> None:
    match block:
        case Heading():
            (st.header if block.level == 1 else st.subheader)(escaped(block.text), anchor=False)
        case Paragraph() if block.dutch:
            draw(tag("p", block.text, " ", dutch(block.dutch), cls="soft" if block.quiet else ""))
        case Paragraph() if block.linked:
            st.markdown(link_out(escaped(block.text), block.text))
        case Paragraph():
            (st.caption if block.quiet else st.markdown)(escaped(block.text))
        case Bullets():
            marks = (f"{number}." if block.ordered else "-" for number in range(1, len(block.items) + 1))
            st.markdown("\n".join(f"{mark} {escaped(item)}" for mark, item in zip(marks, block.items, strict=True)))
        case Checklist():
            with st.container(key=f"checklist:{hash(block.items)}"):
                st.markdown("\n".join(f"- ☐ {escaped(item)}" for item in block.items))
        case Fields():
            filled = (f"**{escaped(name)}** {escaped(value) or '…'}" for name, value in block.rows)
            st.markdown("\n\n".join(filled))
        case Table():
            st.caption(escaped(block.caption))
            rows = ((dutch(cell) if at == block.dutch else cell for at, cell in enumerate(row)) for row in block.rows)
            draw(table(block.header, rows))
        case Alert():
            with st.container(key=f"safety:{hash(block)}"), st.container(key=f"card:alert:{hash(block)}", border=True):
                st.subheader(escaped(block.title), anchor=False)
                st.markdown("\n".join(f"- {escaped(item)}" for item in block.items))
        case ScoreChart():
            st.caption(escaped(block.caption))
            st.markdown("\n".join(f"- {escaped(bar.title)}: {escaped(bar.words)}" for bar in block.bars))
        case Space():
            st.markdown(f"**{escaped(block.title)}** …")
        case PageBreak():
            pass
