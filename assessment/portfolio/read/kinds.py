"""What a file is by its first bytes, whatever its name says."""

from pathlib import Path
from typing import Literal

from assessment.portfolio.batches import TableError

Kind = Literal["zip", "old", "page", "text", "empty"]
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def kind_of(path: Path) -> Kind:
    """A workbook is a zip; an old workbook and one with a password begin alike."""
    with path.open("rb") as stream:
        first = stream.read(512)
    if first.startswith(b"PK\x03\x04"):
        return "zip"
    if first.startswith(_OLD):
        return "old"
    if not first:
        return "empty"
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return "page" if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml")) else "text"


def no_table(kind: Kind) -> TableError:
    """The refusal of a file that is called a table and is none."""
    if kind == "old":
        return TableError(
            "dit is een oude werkmap (.xls) of een met een wachtwoord; open het in je rekenblad en sla het zonder "
            "wachtwoord op als .xlsx",
            "this is an old workbook (.xls) or one with a password; open it in your spreadsheet program and save it "
            "without a password as .xlsx",
        )
    if kind == "page":
        return TableError(
            "dit is een webpagina en geen tabel; misschien een aanmeldscherm. Download het bestand opnieuw",
            "this is a web page and no table, perhaps of a login. Download the file again",
        )
    return TableError(
        "het bestand is leeg; sla het opnieuw op, of begin met dialoogwijzer portfolio --template",
        "the file is empty; save it again, or begin with dialoogwijzer portfolio --template",
    )
