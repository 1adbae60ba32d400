"""Keeping data on the command line: `backup`, `restore`, `export` and `delete`."""

from pathlib import Path
from typing import Annotated

import typer

from assessment.answers.export import export_everything
from assessment.sheets.words import clean
from assessment.store import Store, StoreError
from assessment.store.erasing import Erasable
from knowledge.text import Amount, Language, Text
from ui.cli.options import Lang, LangOption, stop
from ui.cli.saved import LONGEST

OutArgument = Annotated[Path, typer.Argument(help="Bestand om te schrijven / file to write (.zip).")]
YesOption = Annotated[bool, typer.Option("--yes", help="Vraag niets / do not ask.")]

EXISTS = Text(nl="{file} bestaat al; kies een andere naam.", en="{file} exists already; choose another name.")
MADE = Text(
    nl="Alles staat in {file}. Bewaar het veilig: wie dit bestand heeft, kan alles lezen.",
    en="Everything is in {file}. Keep it safe: whoever has this file can read everything.",
)
RESTORED = Text(nl="Teruggezet: {count:beoordeling|beoordelingen}.", en="Restored: {count:assessment|assessments}.")
KEPT = Text(nl="Wat er was, staat in {file}.", en="What there was is in {file}.")
ASK_RESTORE = Text(
    nl="Wat er nu is ({count:beoordeling|beoordelingen}), wordt vervangen en apart bewaard. Doorgaan?",
    en="What there is now ({count:assessment|assessments}) is replaced and kept apart. Go on?",
)
ASK_ONE = Text(
    nl="'{title}' met alle geschiedenis voorgoed verwijderen?", en="Delete '{title}' with all its history for good?"
)
ASK_TEXT = Text(
    nl="Deze tekst voorgoed weghalen, ook uit de geschiedenis?",
    en="Take this text away for good, out of the history as well?",
)
NO_TEXT = Text(nl="Zo'n tekst staat er niet in.", en="There is no such text in it.")
ASK_PERSON = Text(
    nl="Alle gegevens van {person} verwijderen, met {count:beoordeling|beoordelingen} zonder andere eigenaar?",
    en="Delete all data of {person}, with {count:assessment that has|assessments that have} no other owner?",
)
GONE = Text(nl="Voorgoed verwijderd.", en="Deleted for good.")
STILL = Text(
    nl="In deze kopieën kan het nog staan; verwijder ze zelf als dat nodig is, en ook de kopieën die je zelf maakte:",
    en="It can still be in these copies; remove them yourself if need be, and the copies that you made yourself too:",
)
WHICH = Text(nl="Noem een beoordeling of --person, niet allebei.", en="Name an assessment or --person, not both.")


def backup(output: OutArgument, lang: LangOption = Lang.nl) -> None:
    """Maak een reservekopie van alles. / Make a backup of everything."""
    try:
        Store().copies.backup(output)
    except StoreError as error:
        stop(error.text.in_(lang.value))
    typer.echo(MADE.in_(lang.value).format(file=output))


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
            typer.confirm(ASK_RESTORE.in_(lang.value).format(count=Amount(count)), abort=True)
        kept = store.copies.restore(file)
        typer.echo(RESTORED.in_(lang.value).format(count=Amount(store.count())))
    except StoreError as error:
        stop(error.text.in_(lang.value))
    if kept is not None:
        typer.echo(KEPT.in_(lang.value).format(file=kept))


def export(output: OutArgument, lang: LangOption = Lang.nl) -> None:
    """Schrijf alle antwoorden en geschiedenis als bestanden. / Write all answers and history as files."""
    if output.exists():
        stop(EXISTS.in_(lang.value).format(file=output))
    try:
        output.write_bytes(export_everything(Store()))
        output.chmod(0o600)
    except StoreError as error:
        stop(error.text.in_(lang.value))
    except OSError as error:
        stop(f"{output}: {error.strerror}")
    typer.echo(MADE.in_(lang.value).format(file=output))


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
        stop(WHICH.in_(language))
    try:
        store = Store()
        if person is not None:
            alone = store.sharing.owned_alone(person)
            if not yes:
                who = clean(person, LONGEST, "…")
                typer.confirm(ASK_PERSON.in_(language).format(person=who, count=Amount(len(alone))), abort=True)
            store.sharing.forget(person)
        elif assessment is not None and texts:
            if not yes:
                typer.confirm(ASK_TEXT.in_(language), abort=True)
            if not sum(store.erase_text(assessment, *one) for one in texts):
                stop(NO_TEXT.in_(language))
        elif assessment is not None:
            title = clean(store.open(assessment).assessment.title, LONGEST, "…")
            if not yes:
                typer.confirm(ASK_ONE.in_(language).format(title=title), abort=True)
            store.delete(assessment)
        typer.echo(GONE.in_(language))
        copies = store.copies.kept()
    except StoreError as error:
        stop(error.text.in_(language))
    if copies:
        typer.echo(STILL.in_(language))
        for copy in copies:
            typer.echo(f"  {copy}")
