"""`adviser` on the command line: what one of the four advisers says, as text; the sheet of that purpose."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from assessment.sheets.writers import Form
from ui.cli.names import HideOption, Readers, ReadersOption, WithoutOption
from ui.cli.options import Lang, LangOption, stop
from ui.cli.sheet import NamedArgument, sheet

PURPOSE: Mapping[str, str] = {
    "listening": "listening",
    "partners": "partners",
    "conversation": "supplier-talk",
    "dialogue": "dialogue",
}
FORMS: Mapping[str, Form] = {".txt": "text", ".md": "md", ".html": "html", ".pdf": "pdf", ".docx": "docx"}

Name = StrEnum("Name", {name: name for name in PURPOSE})  # type: ignore[misc]


def adviser(
    name: Annotated[Name, typer.Argument(help="Welke adviseur / which adviser.")],
    assessment: NamedArgument,
    lang: LangOption = Lang.nl,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Bestand / file: .txt, .md, .html, .pdf, .docx.")
    ] = None,
    without: WithoutOption = None,
    readers: ReadersOption = Readers.others,
    hide: HideOption = None,
) -> None:
    """Vraag een adviseur: luisteren, partners, gesprek of dialoog. / Ask one of the four advisers."""
    if output is not None and output.suffix not in FORMS:
        stop(f"{output}: verwacht / expected: {', '.join(FORMS)}")
    form = FORMS[output.suffix] if output is not None else "text"
    sheet(assessment, PURPOSE[name], form, lang, None, output, without, readers, hide)
