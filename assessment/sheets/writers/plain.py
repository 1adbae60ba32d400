"""A document as plain text, for a terminal or an e-mail."""

from collections.abc import Iterator
from textwrap import fill

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
    ScoreBar,
    ScoreChart,
    Space,
    Table,
)
from assessment.sheets.words import COLUMNS
from assessment.sheets.writers.prepared import written_date

BAR_WIDTH = 20
"""The columns of a score from 0 to 100."""
UNDERLINES = {1: "=", 2: "-"}
LINE_TO_WRITE_ON = "." * 40


def to_text(document: Document) -> bytes:
    """The text in UTF-8; no line is wider than COLUMNS."""
    lines = ["=" * COLUMNS, *wrapped(document.title.upper()), "=" * COLUMNS]
    lines += wrapped(f"{document.kind}. {document.about}")
    lines += wrapped(written_date(document))
    for block in document.blocks:
        lines += ["", *_block(block)]
    return ("\n".join(lines) + "\n").encode()


def bar_in_characters(bar: ScoreBar) -> str:
    """`[######.....     ]`: certain, possible, out of reach."""
    lowest, highest = round(bar.lowest * BAR_WIDTH / 100), round(bar.highest * BAR_WIDTH / 100)
    return f"[{'#' * lowest + '.' * (highest - lowest):{BAR_WIDTH}}]"


def mark_after(name: str) -> str:
    """The colon between a name and what belongs to it, where the name has no mark of its own."""
    return "" if name.endswith(("?", ":", "!", ".")) else ":"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            lines = list(wrapped(text.upper() if level == 1 else text))
            yield from ("", *lines) if level == 1 else lines
            if level in UNDERLINES:
                yield UNDERLINES[level] * max(map(len, lines))
        case Paragraph(text, dutch=dutch):
            yield from wrapped(f"{text} {dutch}".strip())
        case Bullets():
            for place, (lead, item) in enumerate(block.led, start=1):
                mark = f"{place}. " if block.ordered else "- "
                yield from wrapped(f"{lead} {item}".strip(), mark, " " * len(mark))
        case Checklist(items):
            for item in items:
                yield from wrapped(item, "[ ] ", "    ")
        case Fields(rows):
            for name, value in rows:
                yield from wrapped(f"{name}{mark_after(name)} {value or LINE_TO_WRITE_ON}", "", "  ")
        case Table(caption, header, rows):
            yield from wrapped(caption)
            for row in rows:
                yield ""
                for place, (name, cell) in enumerate(zip(header, row, strict=True)):
                    yield from wrapped(f"{name}: {cell}", "  " if place else "- ", "    ")
        case Alert(title):
            yield from wrapped(title.upper())
            for lead, item in block.led:
                yield from wrapped(f"{lead} {item}".strip(), "! ", "  ")
        case ScoreChart(caption, bars):
            for bar in bars:
                yield from wrapped(f"{bar.title}: {bar.words}")
                yield f"  {bar_in_characters(bar)}"
            yield from wrapped(caption)
        case Space(title, lines):
            yield from wrapped(f"{title}{mark_after(title)}")
            yield from [LINE_TO_WRITE_ON] * lines
        case PageBreak():
            yield ""


def wrapped(text: str, first: str = "", then: str = "") -> Iterator[str]:
    """Lines of at most COLUMNS characters. The first begins with `first`, the others with `then`."""
    yield from fill(text, COLUMNS, initial_indent=first, subsequent_indent=then, break_on_hyphens=False).splitlines()
