"""Tables as offices and survey tools make them are read with the right values, or told with the cure."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from assessment.portfolio.batches import NothingInOrderError, TableError
from assessment.portfolio.read.headers import Headers
from assessment.portfolio.read.mapping import TableMapping, read_mapping
from assessment.portfolio.run import run
from knowledge.text import LANGUAGES, Language
from tests.support.own_tables import (
    CHOSEN,
    FREE,
    KNOWLEDGE,
    ONE,
    QUESTIONS,
    RIGHT,
    SEVERAL,
    SHARE,
    book,
    by_ids,
    by_labels,
    csv_text,
    read_table,
    written,
)  # fmt: skip
from tests.support.portfolio_tables import BASE, problems_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("choices", [";", ", ", "\n", " "])
def test_choices_and_cells_are_told_apart_whatever_is_between_them(
    separator: str, choices: str, tmp_path: Path
) -> None:
    assert read_table(written(tmp_path, csv_text(by_ids(choices), separator))) == ([*RIGHT], [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("separator", ["; ", ", ", "\n", " "])
def test_a_table_with_labels_is_read_without_touching_it(language: Language, separator: str, tmp_path: Path) -> None:
    rows, told = read_table(written(tmp_path, csv_text(by_labels(language, separator))))
    assert rows == [*RIGHT]
    assert [reason for *_, reason in told] == [
        "4 kolommen zijn herkend aan wat erboven staat; de indeling (opdrachtregel: --mapping) laat zien welke vraag "
        "dat werd"
    ]


@pytest.mark.parametrize(
    "name",
    [
        lambda text: f"groep/{text}", lambda text: f"groep/sub/{text}", lambda text: f"groep-{text}",
        lambda text: f"3. {text}", lambda text: f"Q7: {text}", str.upper, lambda text: f"\u00a0{text} ",
        lambda text: f"“{text}”",
    ],
)  # fmt: skip
@pytest.mark.parametrize("by", [lambda one: one.id, lambda one: one.text.nl, lambda one: one.text.en])
def test_groups_numbers_and_capitals_in_names_are_no_hindrance(
    name: Callable[[str], str], by: Callable[[Any], str], tmp_path: Path
) -> None:
    table = [["id", *(name(by(one)) for one in QUESTIONS)], *by_ids()[1:]]
    assert read_table(written(tmp_path, csv_text(table)))[0] == [*RIGHT]


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        (lambda option: f"{SEVERAL.id}/{option.id}", ("1", "0")),
        (lambda option: f"groep/{SEVERAL.id}/{option.id}", ("True", "False")),
        (lambda option: f"{SEVERAL.text.nl}/{option.label.nl}", ("1", "")),
        (lambda option: f"{SEVERAL.text.nl} [{option.label.nl}]", ("Ja", "Nee")),
        (lambda option: f"{SEVERAL.text.en} [{option.label.en}]", ("Yes", "No")),
        (lambda option: f"{SEVERAL.id.replace('.', '').replace('-', '')}[{option.id}]", ("Y", "")),
        (lambda option: f"{SEVERAL.text.en} - {option.label.en}", ("X", "")),
    ],
)
def test_a_column_per_choice_is_joined(name: Callable[[Any], str], marks: tuple[str, str], tmp_path: Path) -> None:
    yes, no = marks
    options = [name(option) for option in FREE]
    lines = [
        ["_id", *options],
        ["a", *(yes if option in CHOSEN else no for option in FREE)],
        ["b", *(yes if option is FREE[1] else no for option in FREE)],
        ["c", *("" for _ in FREE)],
    ]
    rows, told = read_table(written(tmp_path, csv_text(lines)))
    assert [row.get(SEVERAL.id) for row in rows] == [RIGHT[0][SEVERAL.id], RIGHT[1][SEVERAL.id], None]
    assert len(told) == 1


def test_a_choice_that_is_not_marked_clearly_or_twice_is_told(tmp_path: Path) -> None:
    lines = [
        ["id", SEVERAL.id, *(f"{SEVERAL.id}/{option.id}" for option in FREE[:2])],
        ["a", f"{FREE[0].id} {FREE[1].id}", "1", "1"],
        ["b", FREE[0].id, "0", "1"],
        ["c", "", "misschien", "1"],
    ]
    source = written(tmp_path, csv_text(lines))
    assert run(source, tmp_path / "o.csv", BASE).summary.rows == 1
    found = problems_of(tmp_path / "o.csv")
    assert [(row, column) for row, column, _ in found[-2:]] == [("3", SEVERAL.id), ("4", SEVERAL.id)]
    assert "misschien" in found[-1][2]


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", 0), ("utf-8-sig", 0), ("utf-16", 0), ("utf-16-le", 0), ("cp1252", 1)],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_are_read(encoding: str, told: int, end: str, tmp_path: Path) -> None:
    table = by_ids()
    table[1][0] = "Café Curaçao"
    source = written(tmp_path, csv_text(table).replace("\n", end).encode(encoding))
    rows, notes = read_table(source)
    assert rows == [*RIGHT] and len(notes) == told
    run(source, tmp_path / "o.parquet", BASE)
    assert parquet.read_table(tmp_path / "o.parquet")["id"].to_pylist()[0] == "Café Curaçao"


@pytest.mark.parametrize(("encoding", "word"), [("cp1251", "Фабрика"), ("gb18030", "工厂工人代表会议")])
def test_an_encoding_that_cannot_be_read_is_named(encoding: str, word: str, tmp_path: Path) -> None:
    table = by_ids()
    table[1][0] = word * 5
    with pytest.raises(TableError) as refused:
        read_table(written(tmp_path, csv_text(table).encode(encoding)))
    assert "lijkt op" in refused.value.text.nl and "CSV UTF-8" in refused.value.text.nl


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("sep=;\r\n", 0), ("\n\n\n", 0), ("# Export 2026\n", 1), ("Overzicht;;;\n;;;\n", 1),
        (";Groep;;Cijfers\n", 1),
    ],
)  # fmt: skip
def test_what_stands_above_the_names_is_skipped_and_told(before: str, told: int, tmp_path: Path) -> None:
    rows, notes = read_table(written(tmp_path, before + csv_text(by_ids())))
    assert rows == [*RIGHT] and len(notes) == told


def test_blank_rows_totals_second_names_and_repeated_ids_are_told(tmp_path: Path) -> None:
    names, first, *others = by_labels("nl")
    ids = ["", *(one.id for one in QUESTIONS)]
    total = ["Totaal", "", "", "140"]
    rows, told = read_table(written(tmp_path, csv_text([names, ids, first, ["", "", "", ""], *others, first, total])))
    assert rows == [*RIGHT, RIGHT[0]]
    assert sorted(row for row, *_ in told) == ["", "", "2", "8"]
    assert {"1 lege rij is overgeslagen"} < {reason for *_, reason in told}
    plain = written(tmp_path, csv_text([*by_ids(), ["a", "", "", ""], ["Totaal", "", "", "140"], ["total", "unknown"]]))
    rows, told = read_table(plain)
    assert rows[-1] == {} and sorted((row, column) for row, column, _ in told) == [("5", "id"), ("6", ""), ("7", "")]


def test_a_company_called_total_that_answered_is_no_sum(tmp_path: Path) -> None:
    table = by_ids()
    table[1][0] = "Total"
    assert read_table(written(tmp_path, csv_text(table)))[0] == [*RIGHT]


def test_a_quotation_mark_that_does_not_close_is_told(tmp_path: Path) -> None:
    names, *rest = csv_text(by_ids(" ")).splitlines()
    source = written(tmp_path, "\n".join([names, '"open;' + rest[0], *rest]))
    with pytest.raises(NothingInOrderError):
        run(source, tmp_path / "o.csv", BASE)
    assert "aanhalingsteken" in problems_of(tmp_path / "o.csv")[0][2]


def test_a_long_row_of_names_is_read_with_the_separator_that_fits(tmp_path: Path) -> None:
    names, *rows = by_ids()
    extra = [f"{number} {'x' * 900}" for number in range(200)]
    table = [["Titel", *names[1:], *extra], *([*row, *("" for _ in extra)] for row in rows)]
    assert read_table(written(tmp_path, csv_text(table, ",")))[0] == [*RIGHT]


def test_two_columns_for_one_question_are_refused_with_their_names(tmp_path: Path) -> None:
    table = [[*row, row[1]] for row in by_ids()]
    table[0][-1] = ONE.text.nl
    with pytest.raises(TableError) as refused:
        read_table(written(tmp_path, csv_text(table)))
    assert ONE.text.nl[:30] in refused.value.text.nl and "kolom 2" in refused.value.text.nl


def test_what_a_file_is_counts_and_not_what_it_is_called(tmp_path: Path) -> None:
    assert read_table(written(tmp_path, csv_text(by_ids()), "t.xlsx"))[0] == [*RIGHT]
    workbook = book(tmp_path, by_ids(), name="b.xlsx")
    assert read_table(workbook.rename(tmp_path / "b.csv"))[0] == [*RIGHT]
    for content, told in (
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "oude werkmap"),
        (b"<html><body>Sign in</body></html>", "webpagina"),
        (b"", "leeg"),
    ):
        for name in ("t.xlsx", "t.csv"):
            with pytest.raises(TableError) as refused:
                read_table(written(tmp_path, content, name))
            assert told in refused.value.text.nl
    with zipfile.ZipFile(tmp_path / "z.xlsx", "w") as other:
        other.writestr("word/document.xml", "<x/>")
    with pytest.raises(TableError, match=r"save it as \.xlsx"):
        read_table(tmp_path / "z.xlsx")


def test_the_name_of_an_assessment_stands_behind_the_groups_of_a_survey() -> None:
    about = "Deel 1/Naam van de leverancier"
    seen = Headers(KNOWLEDGE).seen([f"Deel 1/{SEVERAL.text.nl}/{FREE[0].label.nl}", about, "_id"])
    assert [str(one.place) for one in seen] == [f"{SEVERAL.id}/{FREE[0].id}", "title", "id"]


def test_parquet_with_labels_and_a_column_per_choice_is_read(tmp_path: Path) -> None:
    columns: dict[str, Any] = {
        "id": ["a", "b", "c"],
        ONE.text.nl: [ONE.options[0].label.nl, ONE.options[1].label.en, "Weet ik niet"],
        SHARE.id: [40.0, 100.0, None],
    }
    for option in FREE:
        columns[f"{SEVERAL.id}/{option.id}"] = [option in CHOSEN, option is FREE[1], False]
    parquet.write_table(pa.table(columns), tmp_path / "t.parquet")
    rows, _ = read_table(tmp_path / "t.parquet")
    assert rows == [*RIGHT[:2], {ONE.id: "unknown"}]


def test_a_mapping_says_what_columns_and_words_mean(tmp_path: Path) -> None:
    table = by_ids()
    table[0] = ["Nr.", "Fase", "Wat doe je?", "Aandeel (%)"]
    table[1][1] = "stap 1"
    source = written(tmp_path, csv_text(table))
    with pytest.raises(TableError, match="--mapping"):
        read_table(source)
    mapping = written(
        tmp_path,
        f'columns:\n  "Nr.": id\n  Fase: {ONE.id}\n  "wat doe je": {SEVERAL.id}\n  "Aandeel (%)": {SHARE.id}\n'
        f'values:\n  {ONE.id}:\n    "Stap 1": {ONE.options[0].id}\n',
        "m.yaml",
    )
    assert read_table(source, read_mapping(mapping)) == ([*RIGHT], [])
    left_out = TableMapping(columns={**read_mapping(mapping).columns, "Aandeel (%)": ""})
    rows, told = read_table(source, left_out)
    assert [SHARE.id in row for row in rows] == [False] * 3 and not told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('columns: {"a": nowhere}', "nowhere"),
        (f'columns: {{"a": {SEVERAL.id}/nowhere}}', "nowhere"),
        (f"values: {{{ONE.id}: {{x: nonsense}}}}", "nonsense"),
        ("values: {nowhere: {x: y}}", "nowhere"),
        ("columns: [a]", "regel 1"),
        ("columns:\n  a: [", "regel"),
    ],
)
def test_a_mapping_that_is_not_in_order_is_refused(text: str, told: str, tmp_path: Path) -> None:
    source = written(tmp_path, csv_text(by_ids()))
    with pytest.raises(TableError) as refused:
        read_table(source, read_mapping(written(tmp_path, text, "m.yaml")))
    assert told in refused.value.text.nl
