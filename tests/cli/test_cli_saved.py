"""Comparing files, and stored assessments with their plan, on the command line as a stranger uses it."""

import json
from pathlib import Path

import pytest

from assessment.answers.files import read
from assessment.changes.comparison import Comparison
from assessment.plan import STATUSES
from assessment.store import Store
from knowledge.base import knowledge_base
from tests.assessment.store.test_store import sqlite_url
from tests.cli.test_cli import CASES, run

pytestmark = pytest.mark.slow


def test_compare_two_cases_in_both_forms() -> None:
    first, second = CASES[:2]
    as_json = run("compare", first, second, "--format", "json")
    assert as_json.returncode == 0, as_json.stderr
    comparison = Comparison.model_validate_json(as_json.stdout)
    assert comparison.agenda and json.loads(comparison.model_dump_json()) == json.loads(as_json.stdout)
    for language in ("nl", "en"):
        text = " ".join(run("compare", first, second, "--lang", language).stdout.decode().split())
        topic = comparison.agenda[0].asked
        assert (topic.nl if language == "nl" else topic.en) in text
    same = run("compare", first, first, "--lang", "en").stdout.decode()
    assert "There is no difference" in same


def test_compare_refuses_what_is_no_answer_file(tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("answers: {nowhere.x: yes}\n")
    found = run("compare", CASES[0], bad)
    assert found.returncode == 2 and found.stdout == b"" and str(bad) in found.stderr.decode()
    sheet = tmp_path / "compare.pdf"
    assert run("compare", CASES[0], CASES[1], "--format", "pdf", "-o", sheet).returncode == 0
    assert sheet.read_bytes().startswith(b"%PDF")


@pytest.fixture
def assessment(tmp_path: Path) -> str:
    case = read(CASES[0], knowledge_base(), "en")
    store = Store(sqlite_url(tmp_path))
    made = store.create("Talk in May", knowledge_base().version, case.answers)
    store.close()
    return made


def test_every_command_on_answers_takes_a_case_or_a_stored_assessment_by_its_id(
    assessment: str, tmp_path: Path
) -> None:
    def use(*arguments: str) -> str:
        found = run(*arguments, "--lang", "en", DIALOOGWIJZER_DATA=str(tmp_path))
        assert found.returncode == 0, found.stderr.decode()
        return found.stdout.decode()

    case = CASES[0].stem
    assert "There is no difference" in use("compare", case, assessment)
    for command in (["explain"], ["next"]):
        assert use(*command, assessment) == use(*command, case) == use(*command, str(CASES[0]))
    assert use("what-if", assessment, "core.may-pass-on=all")
    unknown = run("compare", case, "nowhere", DIALOOGWIJZER_DATA=str(tmp_path))
    assert unknown.returncode == 2 and "nowhere" in unknown.stderr.decode()


def test_a_plan_from_the_command_line(assessment: str, tmp_path: Path) -> None:
    def use(*arguments: str) -> tuple[int, str, str]:
        found = run(*arguments, "--lang", "en", DIALOOGWIJZER_DATA=str(tmp_path))
        return found.returncode, found.stdout.decode(), found.stderr.decode()

    assert "Talk in May" in use("saved")[1]
    shown = use("saved", assessment)[1]
    key = shown.split("[")[1].split("]")[0]
    assert f"[{key}]: {STATUSES['proposed'].en}" in shown
    status, out, err = use("decide", assessment, key, "--status", "postponed")
    assert (status, out, err) == (2, "", "Write down why you postpone this.\n")
    done = ("--status", "postponed", "--reason", "First the summer", "--due", "2027-09-01", "--owner", "Noor")
    assert use("decide", assessment, key, *done)[0] == 0
    postponed = STATUSES["postponed"].en
    assert f"[{key}]: {postponed}; Noor; 2027-09-01; First the summer" in use("saved", assessment)[1]
    assert f": {postponed}" in use("saved", assessment, "--history")[1]
    for written in ("1 september 2027", "01-09-2027", "September 1, 2027"):
        assert "; 2027-09-01" in use("decide", assessment, key, "--due", written)[1]
    for bad in (
        ("decide", assessment, key, "--due", "tomorrow"),
        ("saved", assessment, "--at", "32-01-2027"),
        ("adopt",),
        ("adopt", "--all", assessment),
        ("saved", "x"),
        ("saved", assessment, "--at", "2020-01-01"),
        ("decide", assessment, "x.y"),
        ("adopt", "x"),
    ):
        status, out, err = use(*bad)
        assert status == 2 and out == "" and len(err.splitlines()) == 1
    status, out, err = use("adopt", assessment)
    assert (status, err) == (0, "") and "nothing changed" in out and assessment in out


def test_an_assessment_of_older_knowledge_must_be_taken_over_first(tmp_path: Path) -> None:
    store = Store(sqlite_url(tmp_path))
    old = store.create("Old", "0123456789ab", {"start.gone": "yes"})
    folder = str(tmp_path)
    shown = run("saved", old, "--lang", "en", DIALOOGWIJZER_DATA=folder).stdout.decode()
    assert "The knowledge was renewed" in shown and "[start.gone]" in shown
    refused = run("decide", old, "x.y", "--lang", "en", DIALOOGWIJZER_DATA=folder)
    assert refused.returncode == 2 and b"adopt" in refused.stderr
    new = store.create("New", knowledge_base().version, {})
    taken = run("adopt", "--all", "--lang", "en", DIALOOGWIJZER_DATA=folder)
    assert taken.returncode == 0 and b"start.gone" in taken.stdout and new.encode() in taken.stdout
    assert "1 taken over, 1 were up to date." in taken.stdout.decode()
    assert store.open(old).set_aside == {"start.gone": "yes"}
    assert "renewed" not in run("saved", old, "--lang", "en", DIALOOGWIJZER_DATA=folder).stdout.decode()
    store.close()
