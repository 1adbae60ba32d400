"""Word documents and workbooks opened by LibreOffice, which had no part in writing them, and printed to PDF."""

import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from assessment.anonymity.removal import shareable
from assessment.sheets.purposes import PURPOSES, write_sheet
from knowledge.text import LANGUAGES, Language
from tests.assessment.anonymity.test_without_names_files import LISTED, TEXT, leaks
from tests.assessment.sheets.test_sheet_writers import HOSTILE
from tests.support.amounts import cover
from tests.support.nameless import seeded
from tests.support.pdf_reading import read, squeezed, text_and_extents, without_footer
from tests.support.sheet_dossiers import decided, of_case

PLACES = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
SOFFICE = next(filter(None, map(shutil.which, PLACES)), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed: it opened no DOCX and no XLSX"),
]

NOISE = ("failed to launch javaldx", "dconf-")
"""What says nothing of the file: there is no Java here, which only databases and some wizards need, and no desktop."""
CASES = {
    "listening": "invented-garment-bangladesh-audit",
    "partners": "india-clothing-no-report",
    "supplier-talk": "company-b",
    "script": "company-b",
    "letter-of-intent": "company-b",
    "partner-request": "company-b",
    "full": "company-b",
}
"""Cases in which a sheet has much to say; Rajasthan for all others."""
MORE_PAGES, MOST_PAGES = 1, 14
"""So many pages more than the PDF has, where the two say the same; at most so many where somebody wrote much."""
LEAST = 350
"""At least so many characters stand on a page that something fills."""
SHEETS = cover(PURPOSES, LANGUAGES)
PROGRAMS = {"docx": "word", "xlsx": "excel"}
"""Part of the names, since a PDF has the name of its file without the ending."""
PIECE = 30
"""At least so many characters of a long paragraph stand together on one page."""


@dataclass(frozen=True)
class Opened:
    """A file that we wrote, and what LibreOffice made of it."""

    written: bytes
    pdf: bytes

    @cached_property
    def printed(self) -> PdfReader:
        return read(self.pdf)

    @cached_property
    def _read(self) -> list[tuple[str, list[tuple[float, float]]]]:
        return [text_and_extents(page) for page in self.printed.pages]

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page, without spaces."""
        return [plain(text) for text, _ in self._read]

    @cached_property
    def extents(self) -> list[list[tuple[float, float]]]:
        """From where to where text goes on each page."""
        return [extents for _, extents in self._read]

    @cached_property
    def text(self) -> str:
        return "".join(self.pages)


def plain(text: str) -> str:
    """What every font has, without spaces, so that it can be read back."""
    return "".join(filter(_in_every_font, squeezed(unicodedata.normalize("NFKC", text))))


def _in_every_font(character: str) -> bool:
    return character.isascii() or unicodedata.name(character, "").startswith("LATIN ")


def sheet(purpose: str, language: Language, form: str) -> bytes:
    """A sheet of a case in which it has much to say."""
    return write_sheet(decided(of_case(CASES.get(purpose, "rajasthan-2023"), language)), purpose, form, language)


def files() -> Iterator[tuple[str, bytes]]:
    """Every kind of Word document and workbook, the languages in turn; with names, without, and with hostile texts."""
    for purpose, language in SHEETS:
        yield f"{purpose}-{language}-word.docx", sheet(purpose, language, "docx")
    for language in LANGUAGES:
        given = decided(of_case("rajasthan-2023", language))
        yield f"full-{language}-excel.xlsx", write_sheet(given, "full", "xlsx", language)
    hostile, nameless = seeded("company-b", "\n".join(HOSTILE[:7])), shareable(seeded("company-b", TEXT), LISTED)
    for form, program in PROGRAMS.items():
        yield f"hostile-nl-{program}.{form}", write_sheet(hostile, "full", form, "nl")
        yield f"nameless-nl-{program}.{form}", write_sheet(nameless, "full", form, "nl")


ALSO = ["hostile-nl", "nameless-nl"]
WORD = [f"{kind}-word.docx" for kind in (*(f"{purpose}-{language}" for purpose, language in SHEETS), *ALSO)]
EXCEL = [f"{kind}-excel.xlsx" for kind in (*(f"full-{language}" for language in LANGUAGES), *ALSO)]


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Opened]:
    """All files, opened and printed in one start of LibreOffice with a profile of its own."""
    folder = tmp_path_factory.mktemp("office")
    made = dict(files())
    for name, content in made.items():
        (folder / name).write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "pdf"]
    done = subprocess.run(
        [*command, "--outdir", str(folder / "pdf"), *(str(folder / name) for name in made)],
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    said = [line for line in done.stderr.splitlines() if line.strip() and not any(one in line for one in NOISE)]
    assert not said, said
    return {name: Opened(content, _printed(folder, name)) for name, content in made.items()}


def _printed(folder: Path, name: str) -> bytes:
    return (folder / "pdf" / f"{Path(name).stem}.pdf").read_bytes()


def test_every_file_is_printed(opened: dict[str, Opened]) -> None:
    assert set(opened) == {*WORD, *EXCEL}
    assert all(one.printed.pages for one in opened.values())


@pytest.mark.parametrize("name", WORD)
def test_a_word_document_says_in_print_all_that_stands_in_it(opened: dict[str, Opened], name: str) -> None:
    one = opened[name]
    body = docx.Document(BytesIO(one.written)).element.body
    said = ["".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in body.iter(qn("w:p"))]
    expected = list(map(plain, said))
    assert len(list(filter(None, expected))) > 5
    missing = [text for text in expected if text[:PIECE] not in one.text or text[-PIECE:] not in one.text]
    assert not missing, missing


@pytest.mark.parametrize("name", WORD)
def test_headings_of_a_word_document_are_levels(opened: dict[str, Opened], name: str) -> None:
    paragraphs = docx.Document(BytesIO(opened[name].written)).paragraphs
    written = [
        (int(one.style.name[-1]), one.text)
        for one in paragraphs
        if one.style is not None and (one.style.name or "").startswith("Heading")
    ]
    found = [(level, str(title)) for level, title in levels(opened[name].printed.outline)]
    assert [title for _, title in found] == [title for _, title in written] != []
    assert [level for level, _ in found] == [level for level, _ in written]


@pytest.mark.parametrize("name", WORD)
def test_a_word_document_has_a_sensible_number_of_numbered_pages(opened: dict[str, Opened], name: str) -> None:
    purpose, language, _ = name.rsplit("-", 2)
    pages = opened[name].pages
    if purpose in PURPOSES:
        assert len(pages) <= MORE_PAGES + len(read(sheet(purpose, "en" if language == "en" else "nl", "pdf")).pages)
    assert len(pages) <= MOST_PAGES
    of = plain("of" if "-en-" in name else "van")
    for number, page in enumerate(pages, start=1):
        assert f"{number}{of}{len(pages)}" in page
        assert len(page) > (LEAST if purpose in PURPOSES else 120), page


@pytest.mark.parametrize("name", WORD)
def test_nothing_stands_outside_the_page(opened: dict[str, Opened], name: str) -> None:
    for page, extents in zip(opened[name].printed.pages, opened[name].extents, strict=True):
        assert extents
        assert min(start for start, _ in extents) > 40 and max(end for _, end in extents) < page.mediabox.width - 40


@pytest.mark.parametrize("name", WORD)
def test_no_heading_stands_alone_at_the_end_of_a_page(opened: dict[str, Opened], name: str) -> None:
    one = opened[name]
    titles = [plain(str(title)) for _, title in levels(one.printed.outline)]
    for page in one.pages:
        assert not [title for title in titles if without_footer(page).endswith(title)]


@pytest.mark.parametrize("name", EXCEL)
def test_a_workbook_prints_every_cell_on_landscape_pages(opened: dict[str, Opened], name: str) -> None:
    one = opened[name]
    book = openpyxl.load_workbook(BytesIO(one.written))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"]
    assert len(cells) > 50
    missing = [text for text in cells if plain(text)[:PIECE] not in one.text]
    assert not missing, missing
    assert all(page.mediabox.width > page.mediabox.height for page in one.printed.pages)
    heads = [[plain(str(cell.value).split()[0]) for cell in sheet[1]] for sheet in book]
    for page in one.pages:
        assert any(all(word in page for word in head) for head in heads), page[:80]
    assert len(one.pages) <= 10


@pytest.mark.parametrize("name", [name for name in (*WORD, *EXCEL) if name.startswith("hostile")])
def test_what_somebody_wrote_does_nothing(opened: dict[str, Opened], name: str) -> None:
    one = opened[name]
    for written in ('=HYPERLINK("http://evil","x")', "<script>alert(1)</script>", "{{7*7}}", '#read("/etc/hosts")'):
        assert plain(written) in one.text, written
    assert not [error for error in ("#NAME?", "#REF!", "Err:5", "#VALUE!") if error in one.text]
    links = [
        str(note.get_object().get("/A", {}).get("/URI", ""))
        for page in one.printed.pages
        for note in page.get("/Annots", [])
    ]
    assert all(link.startswith("https://") and "ser.nl" in link for link in links if link)


@pytest.mark.parametrize("name", [name for name in (*WORD, *EXCEL) if name.startswith("nameless")])
def test_no_name_is_printed(opened: dict[str, Opened], name: str) -> None:
    found = opened[name].printed
    assert not leaks(opened[name].text + str(found.metadata))


def levels(outline: Any, level: int = 1) -> Iterator[tuple[int, str]]:
    """The headings that a reader of the PDF can go to, each with its level."""
    for one in outline:
        if isinstance(one, list):
            yield from levels(one, level + 1)
        else:
            yield level, one.title
