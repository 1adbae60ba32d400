"""`adviser` on the command line: what one of the four advisers says on an answer file, as text."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from assessment.answer_files import AnswerFileError, read
from assessment.sheets.conversation import conversation_sheet
from assessment.sheets.dialogue import dialogue_sheet
from assessment.sheets.document import Document
from assessment.sheets.dossier import Dossier, dossier
from assessment.sheets.listening import listening_sheet
from assessment.sheets.partners import partners_sheet
from assessment.sheets.writers import Form, write
from knowledge.base import knowledge_base
from knowledge.text import Language
from rules.inference import inference

ADVISERS: Mapping[str, Callable[[Dossier, Language], Document]] = {
    "listening": listening_sheet,
    "partners": partners_sheet,
    "conversation": conversation_sheet,
    "dialogue": dialogue_sheet,
}
FORMS: Mapping[str, Form] = {".txt": "text", ".md": "md", ".html": "html", ".pdf": "pdf", ".docx": "docx"}

Name = StrEnum("Name", {name: name for name in ADVISERS})  # type: ignore[misc]


class Lang(StrEnum):
    """The language of what is written."""

    nl = "nl"
    en = "en"


def adviser(
    name: Annotated[Name, typer.Argument(help="Welke adviseur / which adviser.")],
    answers: Annotated[Path, typer.Argument(help="Antwoordbestand of casus / answer file or case (YAML).")],
    lang: Annotated[Lang, typer.Option("--lang", help="Taal / language.")] = Lang.nl,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Bestand / file: .txt, .md, .html, .pdf, .docx.")
    ] = None,
) -> None:
    """Vraag een adviseur: luisteren, partners, gesprek of dialoog. / Ask one of the four advisers."""
    form: Form = "text"
    if output is not None:
        if output.suffix not in FORMS:
            _stop(f"{output}: verwacht / expected: {', '.join(FORMS)}")
        form = FORMS[output.suffix]
    try:
        assessment = read(answers, knowledge_base(), lang.value)
    except AnswerFileError as error:
        _stop(*error.problems)
    written = write(ADVISERS[name](dossier(assessment, inference()), lang.value), form)
    if output is None:
        typer.echo(written.decode(), nl=False)
        return
    try:
        output.write_bytes(written)
    except OSError as error:
        _stop(f"{output}: {error.strerror}")


def _stop(*lines: str) -> NoReturn:
    for line in lines:
        typer.echo(line, err=True)
    raise typer.Exit(2)
