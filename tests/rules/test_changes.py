"""What changed between two versions is told item by item, from a folder and from a wheel."""

import shutil
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from rules.changes import PROGRAM, NoContentError, contents, differences
from ui.cli.main import app

pytestmark = pytest.mark.slow


def test_nothing_changed_is_no_line_and_every_item_is_seen() -> None:
    present = contents(PROGRAM)
    assert [*differences(present, present)] == []
    assert {kind for kind, _ in present} == {"rule", "question", "lesson", "act"}
    assert len([*differences({}, present)]) == len(present)


def test_what_came_went_and_changed_is_told_with_its_fields(tmp_path: Path) -> None:
    former, wheel = tmp_path / "former", tmp_path / "version.whl"
    for folder in ("rules/base", "knowledge/content/lessons"):
        shutil.copytree(PROGRAM / folder, former / folder)
    facts = former / "rules/base/facts.yaml"
    kept = facts.read_text(encoding="utf-8")
    first, second = [key for kind, key in contents(PROGRAM) if kind == "rule" and key.startswith("facts.")][:2]
    facts.write_text(
        kept.replace(f"id: {first}\n", "id: facts.of-before\n").replace('nl: "', 'nl: "Ooit: ', 1), "utf-8"
    )
    lines = [*differences(contents(former), contents(PROGRAM))]
    assert f"- new rule `{first}`" in lines and "- removed rule `facts.of-before`" in lines
    assert not any(second in line for line in lines)
    facts.write_text(kept.replace('nl: "', 'nl: "Ooit: ', 1), "utf-8")
    with zipfile.ZipFile(wheel, "w") as archive:
        for path in former.rglob("*.yaml"):
            archive.write(path, path.relative_to(former))
    told = CliRunner().invoke(app, ["changes", str(wheel)])
    assert f"- changed rule `{first}`: says" in told.stdout.splitlines()


def test_a_place_without_rules_is_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(NoContentError):
        contents(tmp_path)
    (tmp_path / "x.zip").write_bytes(b"no archive")
    told = CliRunner().invoke(app, ["changes", str(tmp_path / "x.zip")])
    assert (told.exit_code, len(told.stderr.splitlines())) == (2, 1)
