"""Files that are hard to read: each kind grows with a number, and a reader takes no more time than in proportion."""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

import openpyxl
from sqlalchemy import create_engine

from assessment.store import Store
from assessment.store.tables import events
from knowledge.base import knowledge_base
from knowledge.private import scratch
from tests.support import foreign_word


class Hard(NamedTuple):
    """How the name of such a file ends, and its content for a size; `most` is a size that is still let in."""

    suffix: str
    made: Callable[[int], bytes]
    most: int


def _questions() -> list[str]:
    return list(knowledge_base().questions)


def _keys(before: str, indent: str = "  ") -> Callable[[int], bytes]:
    return lambda size: (before + "".join(f"{indent}k{number}: x\n" for number in range(size))).encode()


def sheet(rows: str, after: str = "") -> bytes:
    """A workbook in which this stands as the rows below the header, and behind the rows."""
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["id", *_questions()])
    saved, changed = io.BytesIO(), io.BytesIO()
    book.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as made:
        for name in parts.namelist():
            content = parts.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"</sheetData>", f"{rows}</sheetData>{after}".encode())
            made.writestr(name, content)
    return changed.getvalue()


def cell(row: int, text: str) -> str:
    """A row of a workbook with one text in it."""
    return f'<row r="{row}"><c r="A{row}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def _merged(*places: str) -> bytes:
    """A workbook with one long text, and these cells merged."""
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in places)
    return sheet(cell(2, "x" * 20_000), f"<mergeCells>{cells}</mergeCells>")


def _table(*lines: str) -> bytes:
    return "\n".join((",".join(("id", *_questions())), *lines)).encode()


def _in_pieces(size: int) -> str:
    runs = f"<r><t>{'x' * 1000}</t></r>" * size
    return f'<row r="2"><c r="A2" t="inlineStr"><is>{runs}</is></c></row>'


def _backup(size: int) -> bytes:
    """A backup with so many changes of one note."""
    with scratch() as folder:
        store = Store(f"sqlite:///{folder / 'dialoogwijzer.sqlite'}")
        made = store.create("A", "v")
        with create_engine(f"sqlite:///{folder / 'dialoogwijzer.sqlite'}").begin() as connection:
            more = {"assessment": made, "made_at": datetime.now(UTC), "made_by": "local", "knowledge_version": "v"}
            rows = [
                more | {"number": one + 2, "kind": "note", "question": "q.a", "value": f"{one}"} for one in range(size)
            ]
            connection.execute(events.insert(), rows)
        store.copies.backup(folder / "backup.zip")
        store.close()
        return (folder / "backup.zip").read_bytes()


HARD: dict[str, Hard] = {
    "unknown questions": Hard(".yaml", _keys("answers:\n"), 32_000),
    "unknown notes": Hard(".yaml", _keys("answers: {}\nnotes:\n"), 32_000),
    "unknown fields": Hard(".yaml", _keys("answers: {}\n", ""), 32_000),
    "unknown fields of a case": Hard(".yaml", _keys("story: x\n", ""), 32_000),
    "a long answer": Hard(".yaml", lambda n: f"answers: {{{_questions()[0]}: [{'x, ' * n}]}}".encode(), 32_000),
    "a long word": Hard(".yaml", lambda n: f"answers: {{{_questions()[0]}: {'x' * n}}}".encode(), 1_900_000),
    "comments": Hard(".yaml", lambda n: b"# x\n" * n + b"answers: {}", 400_000),
    "unknown fields of an advice": Hard(
        ".json",
        lambda n: ('{"format": "dialoogwijzer-advice"' + "".join(f', "k{one}": 1' for one in range(n)) + "}").encode(),
        64_000,
    ),
    "empty lines": Hard(".csv", lambda n: _table(*[""] * n), 1_000_000),
    "lines that are too short": Hard(".csv", lambda n: _table(*["a,b"] * n), 400_000),
    "a long cell": Hard(".csv", lambda n: _table("x" * n), 4_000_000),
    "an open quote": Hard(".csv", lambda n: _table('"' + "a,b\n" * n), 400_000),
    "many columns": Hard(".csv", lambda n: ",".join(f"c{one}" for one in range(n)).encode(), 64_000),
    "only a last row": Hard(".xlsx", lambda n: sheet(cell(n, "a")), 1_000_000),
    "empty rows": Hard(".xlsx", lambda n: sheet("".join(f'<row r="{one + 2}"/>' for one in range(n))), 200_000),
    "rows with one cell far away": Hard(
        ".xlsx", lambda n: sheet("".join(f'<row><c r="XFD{one + 2}"><v>1</v></c></row>' for one in range(n))), 200_000
    ),
    "rows of which one is meant": Hard(".xlsx", lambda n: sheet('<row r="2"/>' * n), 1_000_000),
    "a merged cell": Hard(".xlsx", lambda n: _merged(f"A2:CV{n}"), 16_000),
    "merged cells": Hard(".xlsx", lambda n: _merged(*(f"A{one}:B{one}" for one in range(2, n))), 64_000),
    "all cells merged": Hard(".xlsx", lambda n: _merged(*["A1:XFD1048576"] * n), 16_000),
    "a cell": Hard(".xlsx", lambda n: sheet(cell(2, "x" * n)), 8_000_000),
    "a cell in pieces": Hard(".xlsx", lambda n: sheet(_in_pieces(n)), 8_000),
    "a long history": Hard(".zip", _backup, 64_000),
    "a header of paragraphs": Hard(
        ".docx", lambda n: foreign_word.document(foreign_word.STRIP + foreign_word.PLAIN * n), 32_000
    ),
}
