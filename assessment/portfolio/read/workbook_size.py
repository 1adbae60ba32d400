"""Refuses a workbook that unpacks to more than its reader can hold; it is only looked at as it is unpacked."""

import re
import zipfile
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, fromstring

from assessment.portfolio.batches import TableError

MAXIMUM_UNPACKED = 1_000_000_000
"""Bytes of all parts of a workbook together; its sheets are read as they are unpacked."""
MAXIMUM_KEPT = 60_000_000
"""Bytes of the parts that are kept in memory as a whole: texts, styles, relations."""
MAXIMUM_ROW = 8_000_000
"""Bytes of a sheet in which no row begins or ends: a row is kept in memory as a whole."""
MAXIMUM_TAGS = 3_000_000
"""Begins and ends of rows in a sheet, which has at most 1,048,576 of them; some are read without being told."""
CONTENTS = "[Content_Types].xml"
MAXIMUM_CONTENTS = 1_000_000
BLOCK = 1_000_000
ROW = re.compile(rb"</?(?:\w+:)?row\b")


def refuse_bombs(path: Path) -> None:
    """Look at the sizes; what is not a worksheet, and nothing else besides, is kept in memory as a whole.

    Raises:
        TableError: it unpacks to too much. What else goes wrong, zipfile and the reader of XML raise.
    """
    with zipfile.ZipFile(path) as parts:
        sizes = {part.filename: part.file_size for part in parts.infolist()}
        small = sizes[CONTENTS] <= MAXIMUM_CONTENTS
        root = fromstring(parts.read(CONTENTS)) if small else Element("none")
        kinds = [(str(one.get("PartName"))[1:], str(one.get("ContentType"))) for one in root]
        sheets = {name for name, kind in kinds if kind.endswith(".worksheet+xml")}
        sheets -= {name for name, kind in kinds if not kind.endswith(".worksheet+xml")}
        kept = sum(size for name, size in sizes.items() if name not in sheets)
        if not small or kept > MAXIMUM_KEPT or sum(sizes.values()) > MAXIMUM_UNPACKED:
            raise _too_much()
        for name in sheets & set(sizes):
            with parts.open(name) as part:
                _refuse_long_rows(part)


def _refuse_long_rows(part: IO[bytes]) -> None:
    """Also what could hide a row from this look, a comment or another encoding, and no program writes."""
    since, before, rows = 0, b"", 0
    while block := part.read(BLOCK):
        seen = before + block
        found = len(ROW.findall(seen))
        since, rows = 0 if found else since + len(block), rows + found
        if since > MAXIMUM_ROW or rows > MAXIMUM_TAGS or b"<!" in seen or b"\0" in seen:
            raise _too_much()
        before = block[-64:]


def _too_much() -> TableError:
    return TableError(
        "verwacht: een werkmap van gewone omvang; deze wordt uitgepakt te groot. Gebruik CSV of Parquet",
        "expected: a workbook of ordinary size; this one unpacks to too much. Use CSV or Parquet",
    )
