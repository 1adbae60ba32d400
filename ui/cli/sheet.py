"""Sheets on the command line: `assess` gives the full advice, `sheet` any sheet, `schema` that of the JSON form."""

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from assessment.answers.advice_file import schema_text
from assessment.answers.files import AnswerFileError, read_all
from assessment.answers.renewal import renewal
from assessment.dossier import Dossier, dossier, from_file
from assessment.model import Assessment
from assessment.sheets.problem import SheetError
from assessment.sheets.purposes import PURPOSES, SHEET_FORMS, answers_optional, write_sheet
from assessment.sheets.writers import ReferenceDocumentError
from assessment.store import Store, StoreError
from knowledge.base import CONTENT, knowledge_base
from knowledge.text import Language
from rules.engine.inference import inference
from ui.cli.names import AnswersOption, HideOption, Readers, ReadersOption, WithoutOption, for_readers
from ui.cli.options import Format, Lang, LangOption, OutOption, stop, write
from ui.words import say

READABLE = ("text", "md", "json", "csv", "ics")
"""Forms that may be shown on a terminal."""


NamedArgument = Annotated[
    str,
    typer.Argument(
        help="Antwoordbestand, adviesbestand (JSON), casus of id van een beoordeling / "
        "answer file, advice file (JSON), case or id of an assessment."
    ),
]


NotesOption = Annotated[
    bool,
    typer.Option(
        "--with-notes",
        help="Met je eigen notities, op bladen voor jezelf / with your own notes, on sheets for yourself.",
    ),
]


def assess(
    assessment: NamedArgument,
    lang: LangOption = Lang.nl,
    form: Annotated[
        Format,
        typer.Option("--format", help="Vorm / form; meer vormen en bladen: `sheet` / more forms and sheets: `sheet`."),
    ] = Format.text,
    output: OutOption = None,
    without: WithoutOption = None,
    readers: ReadersOption = Readers.others,
    hide: HideOption = None,
    with_answers: AnswersOption = False,
    with_notes: NotesOption = False,
) -> None:
    """Geef het volledige advies. / Give the full advice."""
    sheet(assessment, "full", form.value, lang, None, output, without, readers, hide, with_answers, with_notes)


def sheet(
    assessment: NamedArgument,
    purpose: Annotated[
        str, typer.Option("--for", help=f"Voor wie of waarvoor / for whom or what: {', '.join(PURPOSES)}.")
    ] = "full",
    form: Annotated[str, typer.Option("--format", help=f"Vorm / form: {', '.join(SHEET_FORMS)}.")] = "pdf",
    lang: LangOption = Lang.nl,
    reference: Annotated[
        Path | None,
        typer.Option(help="Eigen Word-document, voor de stijlen van docx / your own Word document, for its styles."),
    ] = None,
    output: OutOption = None,
    without: WithoutOption = None,
    readers: ReadersOption = Readers.others,
    hide: HideOption = None,
    with_answers: AnswersOption = False,
    with_notes: NotesOption = False,
) -> None:
    """Schrijf een blad voor een doel, in een vorm. / Write a sheet for a purpose, in a form."""
    language: Language = lang.value
    if output is None and form not in READABLE and sys.stdout.isatty():
        stop(say("cli.name_a_file", language, form=form))
    try:
        own = _read(reference, language) if reference is not None else None
        whole = dossier_named(assessment, language)
        own_use = _is_case(assessment) or purpose not in PURPOSES or PURPOSES[purpose].own_use
        read = for_readers(whole, language, without, readers, hide, own_use)
        answers = with_answers or not answers_optional(purpose, form)
        chosen = replace(read, with_answers=answers, with_notes=with_notes)
        written = write_sheet(chosen, purpose, form, language, own)
    except (SheetError, ReferenceDocumentError, StoreError) as error:
        stop(error.text.in_(language))
    except AnswerFileError as error:
        stop(*error.problems)
    write(written, output)


def schema() -> None:
    """Toon het JSON Schema van het advies als JSON. / Print the JSON Schema of the advice as JSON."""
    sys.stdout.write(schema_text())


def dossier_named(named: str, language: Language) -> Dossier:
    """The dossier of a file, of a case by its id, or of a stored assessment."""
    case = knowledge_base().scenarios.get(named)
    if Path(named).exists():
        return from_file(read_all(Path(named), knowledge_base(), language), inference())
    if case is not None:
        (file,) = (CONTENT / "scenarios").rglob(f"{named}.yaml")
        return from_file(read_all(file, knowledge_base(), language), inference())
    if "/" in named or "." in named:  # meant as a file
        return from_file(read_all(Path(named), knowledge_base(), language), inference())
    stored = Store().open(named)
    if renewal(stored, inference()) is not None:
        stop(say("cli.adopt_first", language, id=named))
    return dossier(stored.assessment, inference(), stored)


def assessment_named(named: str, language: Language) -> Assessment:
    """The assessment in a file, of a case by its id, or stored; where there is none, the command stops."""
    try:
        return dossier_named(named, language).assessment
    except StoreError as error:
        stop(f"{named}: {error.text.in_(language)}")
    except AnswerFileError as error:
        stop(*error.problems)


def _is_case(named: str) -> bool:
    """Whether it is one of the program's own cases, which everybody can read."""
    if Path(named).exists():
        return Path(named).resolve().is_relative_to((CONTENT / "scenarios").resolve())
    return named in knowledge_base().scenarios


def _read(file: Path, language: Language) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        stop(say("cli.not_read", language, file=file, why=error.strerror))
