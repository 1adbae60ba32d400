"""Whether a sheet on the command line carries names: not where a source must stay hidden, unless that is asked for."""

from enum import StrEnum
from typing import Annotated

import typer

from assessment.anonymity.removal import shareable, without_names
from assessment.anonymity.source import must_be_default
from assessment.anonymity.traces import Name
from assessment.dossier import Dossier
from knowledge.text import Language
from ui.words import say


class Readers(StrEnum):
    """Who reads a sheet without names."""

    others = "others"
    own = "own"


WithoutOption = Annotated[
    bool | None,
    typer.Option(
        "--without-names/--with-names",
        help="Zonder namen en vrije tekst, of met; zonder is de standaard bij bladen voor anderen, zolang een bron "
        "verborgen moet blijven / without names and free text, or with; without is the default of sheets for others "
        "as long as a source must stay hidden.",
    ),
]
HideOption = Annotated[
    list[str] | None,
    typer.Option("--hide", help="Naam die er niet in mag, vaker te geven / a name that must not be in it, repeatable."),
]
ReadersOption = Annotated[
    Readers,
    typer.Option(
        help="Wie een blad zonder namen leest: anderen (dan blijkt ook niet dat er een bron is) of je eigen team / "
        "who reads a sheet without names: others (it then does not show that there is a source) or your own team."
    ),
]

AnswersOption = Annotated[
    bool,
    typer.Option(
        "--with-answers/--without-answers",
        help="Volledig advies met of zonder wat is geantwoord / full advice with or without what was answered.",
    ),
]


def for_readers(
    dossier: Dossier, language: Language, without: bool | None, readers: Readers, hide: list[str] | None, own_use: bool
) -> Dossier:
    """The dossier as it may be read. What is for one's own use is whole, unless something else is asked for."""
    if without is None:
        without = not own_use and must_be_default(dossier)
        if without and readers is Readers.others:
            typer.echo(say("cli.without_names", language), err=True)
    if not without:
        return dossier
    names = [Name(one) for one in hide or ()]
    make = shareable if readers is Readers.others else without_names
    return make(dossier, names, language)
