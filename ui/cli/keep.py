"""Keeping data on the command line: `backup`, `restore`, `export` and `delete`."""

from pathlib import Path
from typing import Annotated

import typer

from assessment.answers.export import export_everything
from assessment.sheets.words import clean
from assessment.store import Store, StoreError
from assessment.store.erasing import Erasable
from knowledge.text import Language
from ui.cli.options import Lang, LangOption, stop
from ui.cli.saved import LONGEST
from ui.words import say

OutArgument = Annotated[Path, typer.Argument(help="Bestand om te schrijven / file to write (.zip).")]
YesOption = Annotated[bool, typer.Option("--yes", help="Vraag niets / do not ask.")]


def backup(output: OutArgument, lang: LangOption = Lang.nl) -> None:
    """Maak een reservekopie van alles. / Make a backup of everything."""
    try:
        Store().copies.backup(output)
    except StoreError as error:
        stop(error.text.in_(lang.value))
    typer.echo(say("cli.made", lang.value, file=output))


def restore(
    file: Annotated[Path, typer.Argument(help="Reservekopie / backup.")],
    yes: YesOption = False,
    lang: LangOption = Lang.nl,
) -> None:
    """Zet een reservekopie terug; wat er was, wordt bewaard. / Put a backup back; what there was is kept."""
    try:
        store = Store()
        count = store.count()
        if count and not yes:
            typer.confirm(say("cli.ask_restore", lang.value, count=count), abort=True)
        kept = store.copies.restore(file)
        typer.echo(say("cli.restored", lang.value, count=store.count()))
    except StoreError as error:
        stop(error.text.in_(lang.value))
    if kept is not None:
        typer.echo(say("cli.kept", lang.value, file=kept))


def export(output: OutArgument, lang: LangOption = Lang.nl) -> None:
    """Schrijf alle antwoorden en geschiedenis als bestanden. / Write all answers and history as files."""
    if output.exists():
        stop(say("cli.exists", lang.value, file=output))
    try:
        output.write_bytes(export_everything(Store()))
        output.chmod(0o600)
    except StoreError as error:
        stop(error.text.in_(lang.value))
    except OSError as error:
        stop(f"{output}: {error.strerror}")
    typer.echo(say("cli.made", lang.value, file=output))


def delete(
    assessment: Annotated[str | None, typer.Argument(help="Id van een beoordeling / id of an assessment.")] = None,
    person: Annotated[str | None, typer.Option(help="Naam van een gebruiker / name of a user.")] = None,
    note: Annotated[str | None, typer.Option(help="Alleen de notitie bij deze vraag / only the note here.")] = None,
    plan: Annotated[str | None, typer.Option(help="Alleen de tekst bij deze taak / only the text here.")] = None,
    titles: Annotated[bool, typer.Option("--titles", help="Alleen oude titels / only former titles.")] = False,
    yes: YesOption = False,
    lang: LangOption = Lang.nl,
) -> None:
    """Verwijder een beoordeling, een tekst erin of wat over een gebruiker gaat, voorgoed. / Delete for good."""
    language: Language = lang.value
    texts: list[tuple[Erasable, str | None]] = []
    texts += [("note", note)] if note is not None else []
    texts += [("action", plan)] if plan is not None else []
    texts += [("title", None)] if titles else []
    if (assessment is None) == (person is None) or (texts and assessment is None):
        stop(say("cli.which_to_delete", language))
    try:
        store = Store()
        if person is not None:
            alone = store.sharing.owned_alone(person)
            if not yes:
                who = clean(person, LONGEST, "…")
                typer.confirm(say("cli.ask_person", language, person=who, count=len(alone)), abort=True)
            store.sharing.forget(person)
        elif assessment is not None and texts:
            if not yes:
                typer.confirm(say("cli.ask_text", language), abort=True)
            if not sum(store.erase_text(assessment, *one) for one in texts):
                stop(say("cli.no_text", language))
        elif assessment is not None:
            title = clean(store.open(assessment).assessment.title, LONGEST, "…")
            if not yes:
                typer.confirm(say("cli.ask_one", language, title=title), abort=True)
            store.delete(assessment)
        typer.echo(say("cli.gone", language))
        copies = store.copies.kept()
    except StoreError as error:
        stop(error.text.in_(language))
    if copies:
        typer.echo(say("cli.still", language))
        for copy in copies:
            typer.echo(f"  {copy}")
