"""Every sheet without names, in every form: no name of the case in the text, the data about the file, or its name."""

import re
import unicodedata
import zipfile
from functools import cache
from io import BytesIO
from itertools import product

import pytest
from pypdf import PdfReader

from assessment.anonymity.free_texts import free_texts
from assessment.anonymity.removal import shareable, without_names
from assessment.anonymity.traces import Name, traces
from assessment.dossier import Dossier
from assessment.sheets.notes import with_notes
from assessment.sheets.purposes import DATA_FORMS, PURPOSES, SheetForm, offered, refusal, suffix, write_sheet
from assessment.sheets.writers import FORMS
from knowledge.text import LANGUAGES
from tests.support.amounts import LONG, cover
from tests.support.nameless import HIDDEN, MEETING, seeded
from ui.parts.downloads import file_name

pytestmark = pytest.mark.slow

NAMES = {
    "company": "Zwartendijk Mode",
    "supplier": "Kallappadi Spinning Mills",
    "partner": "Sanghvelu Trust",
    "person": "Lakshmié Devarajuló",
    "place": "Perundhurai-Oost",
}
LISTED = tuple(Name(text, role) for role, text in NAMES.items())  # type: ignore[arg-type]
TEXT = f"{', '.join(NAMES.values())}: op 12 maart 2026, Lakshmie's zus van lijn 3."
FORBIDDEN = ("zwartendijk", "kallappadi", "sanghvelu", "lakshmie", "devarajulo", "perundhurai")
CASES = (HIDDEN, MEETING)
VERSIONS = ("left out", "replaced", "kept")
FILES = [
    *dict.fromkeys(
        [
            *cover(FORMS, VERSIONS, CASES, PURPOSES if LONG else ["full"]),
            *product(DATA_FORMS, VERSIONS, CASES, ["full"]),  # these are not written from the same document
        ]
    )
]


def plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold())
    return "".join(filter(str.isalnum, folded))


def words_in(written: bytes, form: SheetForm) -> str:
    """Everything that can be read in a file: text, properties, names of its parts."""
    if form == "pdf":
        read = PdfReader(BytesIO(written))
        about = [*map(str, (read.metadata or {}).values()), str(read.trailer["/Root"])]
        xmp = read.xmp_metadata.stream.get_data().decode("utf-8", "replace") if read.xmp_metadata else ""
        return "\n".join([*about, xmp, *(page.extract_text() for page in read.pages)])
    if form in ("docx", "xlsx"):
        with zipfile.ZipFile(BytesIO(written)) as parts:
            return "\n".join(
                f"{name}\n{re.sub(r'<[^>]*>', '', parts.read(name).decode('utf-8', 'replace'))}\n"
                f"{parts.read(name).decode('utf-8', 'replace')}"
                for name in parts.namelist()
            )
    text = written.decode("utf-8-sig")
    return text.replace("\r\n ", "") if form == "ics" else text


def leaks(text: str) -> list[str]:
    return [name for name in FORBIDDEN if name in plain(text)]


@cache
def versions(case: str) -> dict[str, Dossier]:
    whole = seeded(case, TEXT)
    replaced = {one.key: "replace" for one in free_texts(whole)}
    kept = {one.key: "keep" for one in free_texts(whole) if one.place != "owner"}
    return {
        "left out": shareable(whole, LISTED),
        "replaced": without_names(whole, LISTED, "nl", replaced),  # type: ignore[arg-type]
        "kept": without_names(whole, LISTED, "en", kept),  # type: ignore[arg-type]
    }


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("purpose", PURPOSES)
def test_no_name_on_any_sheet(case: str, purpose: str) -> None:
    for number, (told, one) in enumerate(versions(case).items(), start=[*PURPOSES].index(purpose)):
        if purpose in offered(one):
            for language in LANGUAGES if LONG else (LANGUAGES[number % 2],):
                sheet = repr(with_notes(PURPOSES[purpose].compose(one, language), one, language))
                assert not leaks(sheet), (told, language)
                assert not leaks(PURPOSES[purpose].title.in_(language) + one.assessment.title)


@pytest.mark.parametrize(("form", "told", "case", "purpose"), FILES)
def test_no_name_in_any_form(form: SheetForm, told: str, case: str, purpose: str) -> None:
    one = versions(case)[told]
    if purpose in offered(one) and form in PURPOSES[purpose].forms and refusal(one, purpose, form) is None:
        written = write_sheet(one, purpose, form, LANGUAGES[len(form) % 2])
        assert not leaks(words_in(written, form) + suffix(form))


@pytest.mark.parametrize("form", PURPOSES["full"].forms)
def test_the_search_finds_the_names_in_the_full_version(form: SheetForm) -> None:
    whole = seeded(HIDDEN, TEXT)
    assert leaks(words_in(write_sheet(whole, "full", form, "nl"), form)) == (
        ["zwartendijk", "kallappadi", "sanghvelu", "lakshmie", "devarajulo", "perundhurai"]
    )


def test_the_name_of_the_file_comes_from_the_role() -> None:
    for one in versions(HIDDEN).values():
        name = file_name(one.advice.title, ".pdf", "advice.file_name")
        assert not leaks(name)
        assert re.search(r"leverancier|supplier", name)


def test_what_was_replaced_leads_nowhere() -> None:
    one = versions(HIDDEN)["replaced"]
    for text in free_texts(one):
        left = [hit for hit in traces(text.text) if hit.kind in ("name", "date", "department")]
        assert text.place in ("title", "owner") or not left, (text.text, left)
