"""What comes out opens by itself in a spreadsheet program of each language, in its words, with the ids beside them."""

from functools import cache
from pathlib import Path

import openpyxl
import pytest

from assessment.portfolio.run import run
from knowledge.text import LANGUAGES, Language
from tests.support.portfolio_tables import BASE, KNOWLEDGE, csv_rows, one_by_one, problems_of, some_rows, write_source

pytestmark = pytest.mark.slow

ROWS = some_rows(8)
WORDS = {"nl": ("Alles samen: laagste score [overall.lowest]", "ja", "nee"),
         "en": ("Everything together: lowest score [overall.lowest]", "yes", "no")}  # fmt: skip


alone = cache(lambda: one_by_one(ROWS))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_csv_file_is_in_the_words_and_signs_of_its_language(language: Language, tmp_path: Path) -> None:
    run(write_source(ROWS, ".parquet", tmp_path), tmp_path / "o.csv", BASE, language)
    content = (tmp_path / "o.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf") and b"lesson." in content
    names, *lines = csv_rows(tmp_path / "o.csv")
    lowest, yes, no = WORDS[language]
    assert lowest in names and all(name.endswith("]") and "[" in name for name in names)
    assert {line[-1] for line in lines} <= {yes, no}
    separator, decimal = (";", ",") if language == "nl" else (",", ".")
    assert content.decode("utf-8-sig").splitlines()[0].count(separator) >= len(names) - 1
    right = [row["overall.lowest"] for row in alone()]
    written = [line[names.index(lowest)] for line in lines]
    assert written == ["" if one is None else f"{one:g}".replace(".", decimal) for one in right]
    levels = {line[names.index(name)] for name in names if "_level]" in name for line in lines} - {""}
    assert levels and all(level.endswith("]") and level[0].isupper() for level in levels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_is_in_the_words_of_its_language(language: Language, tmp_path: Path) -> None:
    run(write_source(ROWS, ".parquet", tmp_path), tmp_path / "o.xlsx", BASE, language)
    names, *lines = openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets[0].iter_rows(values_only=True)
    assert WORDS[language][0] in names
    listed = [line[-1] for line in lines if line[-1]]
    titles = {card.title.in_(language) for card in KNOWLEDGE.cards.values()}
    assert listed and all(one.rpartition(" [")[0] in titles for cell in listed for one in str(cell).split("; "))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_told_opens_by_itself_too(language: Language, tmp_path: Path) -> None:
    source = write_source(ROWS, ".csv", tmp_path)
    with source.open("a", encoding="utf-8") as file:
        file.write("te,weinig\n")
    run(source, tmp_path / "o.csv", BASE, language)
    header = (tmp_path / "o.problems.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert header == {"nl": "rij;kolom;melding", "en": "row,column,note"}[language]
    assert len(problems_of(tmp_path / "o.csv")) == 1
