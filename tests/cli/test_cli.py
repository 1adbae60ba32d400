"""The command line as a stranger uses it: good input gives a sheet, bad input one line and nothing written."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from assessment.answers.advice_file import parse
from assessment.answers.empty_file import write_empty
from knowledge.base import CONTENT, knowledge_base
from knowledge.text import LANGUAGES, Language
from rules.engine.inference import Inference
from rules.model import rule_base
from tests.support.amounts import cover
from ui.cli.main import app

pytestmark = pytest.mark.slow

CASES = [CONTENT / "scenarios" / f"{case}.yaml" for case in ("company-a", "company-b")]


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """What the command gives, within this process: starting one takes longer than most commands."""
    command = list(map(str, arguments))
    done = CliRunner().invoke(app, command, env=environment)
    return subprocess.CompletedProcess(command, done.exit_code, done.stdout_bytes, done.stderr_bytes)


def run_apart(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The same in a process of its own, as a user starts it."""
    command = [sys.executable, "-m", "ui.cli.main", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, env={**os.environ, **environment})


@pytest.mark.parametrize(("case", "language"), cover(CASES, LANGUAGES), ids=str)
def test_assess_gives_the_same_advice_in_each_format(case: Path, language: Language, tmp_path: Path) -> None:
    as_json = run("assess", case, "--lang", language, "--format", "json")
    assert as_json.returncode == 0, as_json.stderr
    advice = parse(as_json.stdout.decode()).advice
    assert as_json.stdout == run("sheet", case, "--lang", language, "--format", "json").stdout
    first = next(one for one in advice.verdicts if one.asks).label.in_(language)
    text = run("assess", case, "--lang", language).stdout.decode()
    assert first in " ".join(text.split())
    sheet = tmp_path / "sheet.pdf"
    assert run("assess", case, "--lang", language, "--format", "pdf", "-o", sheet).returncode == 0
    words = " ".join(page.extract_text() for page in PdfReader(sheet).pages)
    assert first in " ".join(words.split())


def test_the_answer_file_that_questions_writes_can_be_assessed(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    assert run("questions", "-o", file).returncode == 0
    assert file.read_text(encoding="utf-8") == write_empty(knowledge_base(), "nl")
    assert run("assess", file).returncode == 0
    again = run("questions", "-o", file)
    assert again.returncode == 2 and file.read_text(encoding="utf-8") == write_empty(knowledge_base(), "nl")


@pytest.mark.parametrize(
    "content",
    [b"answers:\n  nowhere.x: yes\n", b"answers: {", b"\xff\xfe", b"- 1\n", b"x" * 10_000_000,
     b'knowledge_version: "0"\nanswers: {}\n'],
    ids=["unknown question", "no YAML", "no text", "no answers", "10 MB of noise", "another version"],
)  # fmt: skip
def test_bad_input_gives_one_line_status_2_and_writes_nothing(content: bytes, tmp_path: Path) -> None:
    file, sheet = tmp_path / "bad.yaml", tmp_path / "sheet.pdf"
    file.write_bytes(content)
    found = run("assess", file, "--format", "pdf", "-o", sheet)
    assert found.returncode == 2 and found.stdout == b"" and not sheet.exists()
    lines = found.stderr.decode().strip().splitlines()
    assert len(lines) == 1 and str(file) in lines[0] and "Traceback" not in lines[0]


def test_a_place_that_cannot_be_written_is_told_in_one_line(tmp_path: Path) -> None:
    found = run("assess", CASES[0], "-o", tmp_path / "no" / "where.txt")
    assert found.returncode == 2 and len(found.stderr.decode().strip().splitlines()) == 1


def test_check_says_what_is_there_and_which_engine_runs() -> None:
    found = run("check", "--sets", "5")
    assert found.returncode == 0, found.stderr
    assert "In order" in found.stdout.decode() and "Engine: " in found.stdout.decode()


def test_check_says_that_the_reference_evaluator_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.cli.main.inference", lambda: Inference(rule_base()))
    assert "reference evaluator" in run("check", "--sets", "5").stdout.decode()


def test_without_durable_rules_the_reference_evaluator_gives_the_same_advice(tmp_path: Path) -> None:
    """durable-rules is hidden by a folder first on the path, in which importing it fails as on a machine without it."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys\n"
        "class Hide:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('durable', 'durable_rules_engine'):\n"
        "            raise ModuleNotFoundError(name)\n"
        "sys.meta_path.insert(0, Hide())\n"
    )
    case = CASES[-1]
    usual = json.loads(run("assess", case, "--format", "json").stdout)
    hidden = run_apart("assess", case, "--format", "json", PYTHONPATH=str(tmp_path))
    assert hidden.returncode == 0, hidden.stderr
    without = json.loads(hidden.stdout)
    assert without["advice"].pop("engine") == "reference"
    usual["advice"].pop("engine")
    assert without == usual
