"""A document as Markdown in which nothing that a user wrote is markup, a link or a formula."""

from collections.abc import Iterable, Iterator

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
from assessment.sheets.words import labels
from assessment.sheets.writers.plain import LINE_TO_WRITE_ON, bar_in_characters, mark_after
from assessment.sheets.writers.prepared import is_address, written_date
from knowledge.markdown import escaped


def to_markdown(document: Document) -> bytes:
    """The Markdown in UTF-8 (CommonMark with tables)."""
    parts = [
        f"# {escaped(document.title)}",
        f"**{escaped(document.kind)}.** {escaped(document.about)}",
        escaped(written_date(document)),
    ]
    parts += ["\n".join(_block(block, document)) for block in document.blocks]
    return ("\n\n".join(parts) + "\n").encode()


def _block(block: Block, document: Document) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * (level + 1)} {escaped(text)}"
        case Paragraph(text, _, linked, dutch):
            yield _address(text) if linked else escaped(f"{text} {dutch}".strip())
        case Bullets():
            for place, (lead, item) in enumerate(block.led, start=1):
                yield f"{f'{place}.' if block.ordered else '-'} {_led(lead, item)}"
        case Checklist(items):
            yield from (f"- [ ] {escaped(item)}" for item in items)
        case Fields(rows):
            yield from (
                f"- **{escaped(name)}{mark_after(name)}** {escaped(value) or LINE_TO_WRITE_ON}" for name, value in rows
            )
        case Table(caption, header, rows, linked):
            yield from (escaped(caption), "")
            yield from _table(header, rows, linked)
        case Alert(title):
            yield f"> **{escaped(title)}**"
            for lead, item in block.led:
                yield from (">", f"> - {_led(lead, item)}")
        case ScoreChart(caption, bars):
            words = labels(document.language)
            rows = tuple((bar.title, bar_in_characters(bar), bar.words) for bar in bars)
            yield from _table((words["theme"], words["bar"], words["score"]), rows)
            yield from ("", escaped(caption))
        case Space(title, lines):
            yield f"**{escaped(title)}**"
            yield from [f"\n{LINE_TO_WRITE_ON}"] * lines
        case PageBreak():
            yield "---"


def _led(lead: str, item: str) -> str:
    return f"**{escaped(lead)}** {escaped(item)}" if lead else escaped(item)


def _table(header: tuple[str, ...], rows: tuple[tuple[str, ...], ...], linked: int | None = None) -> Iterator[str]:
    yield _row(map(escaped, header))
    yield _row("---" for _ in header)
    for row in rows:
        yield _row(_address(cell) if place == linked else escaped(cell) for place, cell in enumerate(row))


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _address(text: str) -> str:
    return f"<{text}>" if is_address(text) else escaped(text)
