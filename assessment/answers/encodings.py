"""How the text of a file is encoded: told by its first bytes, or by what its letters look like."""

import codecs
import re
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from charset_normalizer import from_bytes

from knowledge.text import Text

BLOCK = 1 << 20
SAMPLE = 100_000
"""Bytes of lines with other letters than a to z that are looked at."""
END = b"\0\x1a \t\r\n"
"""What old programs leave at the end of a file."""
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_OTHER_WRITING = re.compile(r"[^\x00-\x7f\s‘’“”«»…–—]{3}")
"""In the languages of western Europe such letters stand between others."""


@dataclass(frozen=True)
class Encoding:
    """The name of an encoding, and what is to be told about it where it was guessed."""

    name: str
    told: Text | None = None


class NoTextError(ValueError):
    """The file is no text that can be read; `text` says what to do."""

    def __init__(self, nl: str, en: str):
        self.text = Text(nl=nl, en=en)
        super().__init__(en)


def text_of(content: bytes) -> str:
    """The text of a file with line ends as they are, without what old programs leave at its end.

    Raises:
        NoTextError: it is none, or in an encoding that cannot be told with certainty.
    """
    try:
        return content.decode(encoding_of(BytesIO(content)).name).rstrip("\0\x1a")
    except UnicodeDecodeError as error:
        raise damaged(error) from None


def damaged(error: UnicodeDecodeError) -> NoTextError:
    """The refusal of a file that turns out not to be in the encoding that it names."""
    return NoTextError(
        f"dit bestand zegt dat het {error.encoding} is, maar klopt dan niet; sla het opnieuw op als UTF-8",
        f"this file says that it is {error.encoding}, but is not in order then; save it again as UTF-8",
    )


def encoding_of(stream: BinaryIO) -> Encoding:
    """The encoding of a file, which is read from begin to end.

    Raises:
        NoTextError: it is no text, or in an encoding that cannot be told with certainty.
    """
    first = stream.read(BLOCK)
    for mark, name in _MARKS:
        if first.startswith(mark):
            return Encoding(name)
    if (wide := _wide(first)) is not None:
        return Encoding(wide)
    decoder, unicode, sample, block = codecs.getincrementaldecoder("utf-8")(), True, b"", first
    lines, ended = 1, False
    while block:
        if ended and block.strip(END):
            raise _no_text(lines)
        if b"\0" in (told := block.rstrip(END)):
            raise _no_text(lines + told[: told.index(b"\0")].count(b"\n"))
        ended = ended or b"\0" in block
        lines += block.count(b"\n")
        if unicode:
            try:
                decoder.decode(block)
            except UnicodeDecodeError:
                unicode = False
        if len(sample) < SAMPLE:
            sample += b"\n".join(line for line in block.splitlines() if not line.isascii())[:SAMPLE]
        block = stream.read(BLOCK)
    try:
        decoder.decode(b"", final=unicode)
    except UnicodeDecodeError:
        unicode = False
    return Encoding("utf-8-sig") if unicode else _guessed(sample)


def _guessed(sample: bytes) -> Encoding:
    best = from_bytes(sample).best()
    looks_like = best.encoding if best is not None else "?"
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        text = "\u0100" * 3
    if _OTHER_WRITING.search(text):
        raise NoTextError(
            f"dit bestand is geen UTF-8 en lijkt op {looks_like}; sla het op als UTF-8 (in je rekenblad: 'CSV UTF-8')",
            f"this file is not UTF-8 and looks like {looks_like}; save it as UTF-8 (in a spreadsheet: 'CSV UTF-8')",
        )
    word = next((one for one in text.split() if not one.isascii()), "")[:40]
    return Encoding(
        "cp1252",
        Text(
            nl="dit bestand is geen UTF-8 en is gelezen als Windows-1252; kijk of woorden met accenten kloppen: "
            f"{word}",
            en=f"this file is not UTF-8 and was read as Windows-1252; see whether words with accents are right: {word}",
        ),
    )


def _wide(first: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of plain letters is zero."""
    if len(first) < 8:
        return None
    even, odd = first[0:2000:2], first[1:2000:2]
    if odd.count(0) > 0.8 * len(odd) and not even.count(0):
        return "utf-16-le"
    if even.count(0) > 0.8 * len(even) and not odd.count(0):
        return "utf-16-be"
    return None


def _no_text(line: int) -> NoTextError:
    return NoTextError(
        f"verwacht: tekst; in regel {line} staat een teken dat in geen tekst hoort (NUL): dit is een ander soort "
        "bestand of het is beschadigd; sla het opnieuw op",
        f"expected: text; in line {line} stands a character that belongs in no text (NUL): this is another kind of "
        "file or it is damaged; save it again",
    )
