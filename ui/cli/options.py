"""What the commands share: options, how they write, and how they stop on input that is not in order."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

BAD_INPUT = 2
"""The status with which a command ends on input that is not in order."""


class Lang(StrEnum):
    """The language of what is written."""

    nl = "nl"
    en = "en"


class Format(StrEnum):
    """The forms in which `assess` gives the full advice; `sheet` has more."""

    text = "text"
    json = "json"
    pdf = "pdf"


LangOption = Annotated[Lang, typer.Option("--lang", help="Taal / language.")]
OutOption = Annotated[Path | None, typer.Option("-o", "--output", help="Bestand om te schrijven / file to write.")]


def stop(*lines: str, status: int = BAD_INPUT) -> NoReturn:
    """End the command with a line for each thing that is wrong."""
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(status)


def write(content: str | bytes, output: Path | None) -> None:
    """Write to a file, or to the terminal where none is named."""
    data = content.encode() if isinstance(content, str) else content
    if output is None:
        sys.stdout.buffer.write(data)
        return
    try:
        output.write_bytes(data)
    except OSError as error:
        stop(f"{output}: {error.strerror}")
