"""Each sheet of three cases, and of more where these do not need it, as a text to read in review: all that is said."""

from collections.abc import Iterator
from pathlib import Path

from assessment.sheets.purposes import offered, write_sheet
from knowledge.text import LANGUAGES, Language
from tests.support.golden_texts import shortened, unchanging
from tests.support.sheet_dossiers import decided, of_case

FOLDER = Path(__file__).parent.parent / "golden" / "sheets"
CASES = ("company-a", "company-b", "rajasthan-2023")
OTHERS = {
    "listening": ("invented-fish-peru-trusted-union", "invented-garment-bangladesh-audit"),
    "partners": ("pakistan-minimum-wage",),
}
"""Cases of their own for the sheets that none of the three calls for."""


def sheets() -> Iterator[tuple[str, str, Language]]:
    """Every case, purpose and language."""
    yield from ((case, purpose, language) for purpose in OTHERS for case in OTHERS[purpose] for language in LANGUAGES)
    yield from (
        (case, purpose, language)
        for case in CASES
        for purpose in offered(of_case(case))
        if purpose != "checklists" or case == CASES[0]
        for language in LANGUAGES
    )


def path(case: str, purpose: str, language: Language) -> Path:
    """Where the text of a sheet stands."""
    return FOLDER / f"{case}.{purpose}.{language}.md"


def text(case: str, purpose: str, language: Language) -> str:
    """The sheet as Markdown, without what changes with every change of knowledge: its versions."""
    return shortened(write_sheet(unchanging(decided(of_case(case, language))), purpose, "md", language).decode())


def texts() -> Iterator[tuple[Path, str]]:
    """Every text with the file in which it stands."""
    yield from ((path(*one), text(*one)) for one in sheets())
