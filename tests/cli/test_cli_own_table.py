"""Somebody's own table on the command line: `portfolio TABLE --mapping FILE`."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from knowledge.text import LANGUAGES, Language
from tests.support.own_tables import ONE, SEVERAL, by_ids, csv_text
from ui.cli.main import app

pytestmark = pytest.mark.slow


def command(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["portfolio", *map(str, arguments)])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mapping_is_proposed_filled_in_and_used(language: Language, tmp_path: Path) -> None:
    table = by_ids()
    table[0][1], table[1][1] = ONE.text.in_(language).replace("?", " nu?"), "stap een"
    (tmp_path / "t.csv").write_text(csv_text(table), encoding="utf-8")
    mapping, output = tmp_path / "m.yaml", tmp_path / "o.xlsx"
    found = command(tmp_path / "t.csv", "--mapping", mapping, "--lang", language)
    assert found.exit_code == 0 and ONE.id in found.stdout and str(mapping) in found.stdout
    text = mapping.read_text(encoding="utf-8")
    assert f": {ONE.id}" in text  # the suggestion
    text = text.replace('""', f'"{ONE.id}"', 1)
    mapping.write_text(text, encoding="utf-8")
    again = command(tmp_path / "t.csv", "--mapping", mapping, "--lang", language)
    assert "stap een" in again.stdout and mapping.read_text(encoding="utf-8") == text
    mapping.write_text(text.replace("values: {}", f'values:\n  {ONE.id}:\n    "stap een": {ONE.options[0].id}'))
    scored = command(tmp_path / "t.csv", "--mapping", mapping, "-o", output, "--lang", language)
    assert scored.exit_code == 0 and scored.stdout.startswith("3 ") and scored.stderr == ""


def test_when_every_row_is_wrong_the_reasons_are_in_a_file_that_is_named(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(f"id,{SEVERAL.id}\na,nonsense\n", encoding="utf-8")
    found = command(tmp_path / "t.csv", "-o", tmp_path / "o.csv")
    assert found.exit_code == 2 and "o.problems.csv" in found.stderr
    assert "nonsense" in (tmp_path / "o.problems.csv").read_text(encoding="utf-8-sig")


def test_a_mapping_that_is_not_there_is_told_when_it_must_be_used(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(csv_text(by_ids()), encoding="utf-8")
    found = command(tmp_path / "t.csv", "--mapping", tmp_path / "no.yaml", "-o", tmp_path / "o.csv")
    assert found.exit_code == 2 and "no.yaml" in found.stderr and len(found.stderr.strip().splitlines()) == 1
