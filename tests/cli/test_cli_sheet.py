"""Sheets on the command line, as a user runs it."""

from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from assessment.answers.advice_file import schema_text
from assessment.plan import Decision
from assessment.sheets.purposes import PURPOSES, SHEET_FORMS, offered
from assessment.sheets.words import labels
from assessment.store import Store
from knowledge.base import CONTENT, knowledge_base
from tests.support.amounts import LONG
from tests.support.sheet_dossiers import of_case
from ui.cli.adviser import PURPOSE
from ui.cli.main import app

pytestmark = pytest.mark.slow

FILE = CONTENT / "scenarios" / "company-b.yaml"
TELLING = ("facts.source-hidden",)
"""What only stands in an advice on a source that must stay hidden."""


@pytest.fixture(autouse=True)
def _own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIALOOGWIJZER_DATA", str(tmp_path / "data"))


def run(*arguments: str | Path, command: str = "sheet") -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [command, *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_a_file_a_case_and_a_stored_assessment_give_the_same_sheet(tmp_path: Path) -> None:
    case = of_case("company-b")
    stored = Store().create(case.assessment.title, knowledge_base().version, case.assessment.answers, {}, "company-b")
    as_json = tmp_path / "a.json"
    assert run(FILE, "--format", "json", "-o", as_json) == (0, "", "")
    every = (FILE, "company-b", stored, as_json)
    found = [run(one, "--for", "trainer", "--format", "md", "--with-names") for one in every]
    assert {status for status, _, _ in found} == {0} and len({text for _, text, _ in found}) == 1


def test_what_was_decided_stands_on_the_sheet(tmp_path: Path) -> None:
    case = of_case("company-b")
    store = Store()
    stored = store.create("Ketenbezoek", knowledge_base().version, case.assessment.answers)
    task = case.plan.actions[0].task
    store.save_action(
        stored, task.key, Decision(task=task, status="accepted", owner="Fatima"), store.open(stored).revision
    )
    file = tmp_path / "sheet.pdf"
    assert run(stored, "--lang", "en", "--with-names", "-o", file)[0] == 0
    assert "Fatima" in "".join(page.extract_text() for page in PdfReader(file).pages)


def test_names_stay_out_where_a_source_must_stay_hidden() -> None:
    case = of_case("company-b")
    notes = {"core.first": "Fatima belde", "core.heard-through": "Van Priya"}
    names = ("Fatima", "Priya", "Shahi")
    stored = Store().create("Klacht Shahi", knowledge_base().version, case.assessment.answers, notes)
    status, out, err = run(stored, "--format", "json", "--without-names")
    assert status == 0 and not any(one in out for one in (*names, *TELLING)) and not err
    _, own, _ = run(stored, "--format", "json", "--without-names", "--readers", "own", "--hide", "Shahi")
    assert any(one in own for one in TELLING) and not any(one in own for one in names)
    for options in ([], ["--with-names"]):  # the full advice is for oneself
        _, full, err = run(stored, "--format", "json", *options)
        assert all(one in full for one in names) and not err


@pytest.mark.parametrize("purpose", [name for name, one in PURPOSES.items() if not one.own_use and name != "trainer"])
def test_a_sheet_for_others_leaves_names_out_by_itself_and_says_so(purpose: str) -> None:
    answers = {**of_case("company-b").assessment.answers, "core.occasions": ("supplier-talk", "partner", "event")}
    stored = Store().create("Klacht Shahi", knowledge_base().version, answers)
    status, out, err = run(stored, "--for", purpose, "--format", "md")
    assert status == 0 and "SHAHI" not in out.upper() and "--with-names" in err
    assert run(stored, "--for", purpose, "--format", "md", "--without-names") == (0, out, "")


def test_the_programs_own_cases_have_no_source_to_hide() -> None:
    status, out, err = run("company-b", "--for", "accountability", "--format", "md")
    assert (status, err) == (0, "") and knowledge_base().scenarios["company-b"].title.nl in out


@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_purpose_and_form_gives_a_file_or_one_line_with_the_forms_that_it_has(
    purpose: str, tmp_path: Path
) -> None:
    turn = [*PURPOSES].index(purpose)
    for place, form in enumerate(SHEET_FORMS):
        if not LONG and purpose != "full" and form in PURPOSES[purpose].forms and (place + turn) % len(SHEET_FORMS):
            continue  # in the build every form of the full sheet, and each of another one
        file = tmp_path / f"sheet.{form}"
        status, out, err = run("company-b", "--for", purpose, "--format", form, "--with-names", "-o", file)
        if form in PURPOSES[purpose].forms and (purpose not in offered(of_case("company-b")) or form == "ics"):
            assert (status, out) == (2, "") and not file.exists()
            assert len(err.splitlines()) == 1 and err.startswith((PURPOSES[purpose].title.nl, "ics"))
        elif form in PURPOSES[purpose].forms:
            assert (status, out, err) == (0, "", "") and file.stat().st_size > 100, form
        else:
            assert (status, out) == (2, "") and not file.exists()
            assert len(err.splitlines()) == 1 and ", ".join(PURPOSES[purpose].forms) in err and purpose in err


def test_a_reference_lends_its_styles_and_a_template_may_be_one(tmp_path: Path) -> None:
    own = docx.Document()
    own.styles["Heading 1"].font.name = "Georgia"
    own.save(tmp_path / "own.docx")
    with ZipFile(tmp_path / "own.docx") as read, ZipFile(tmp_path / "own.dotx", "w") as written:
        for name in read.namelist():
            written.writestr(name, read.read(name).replace(b".document.main+xml", b".template.main+xml"))
    for reference in ("own.docx", "own.dotx"):
        sheet = tmp_path / "sheet.docx"
        assert run("company-b", "--format", "docx", "--reference", tmp_path / reference, "-o", sheet)[0] == 0
        opened = docx.Document(str(sheet))
        assert opened.styles["Heading 1"].font.name == "Georgia"
        assert opened.core_properties.author == "Dialoogwijzer"


def test_assess_keeps_names_out_under_the_same_flag() -> None:
    case = of_case("company-b")
    notes = {"core.first": "Fatima belde"}
    stored = Store().create("Klacht Shahi", knowledge_base().version, case.assessment.answers, notes)
    for form in ("text", "json"):
        status, out, err = run(stored, "--format", form, "--without-names", command="assess")
        assert (status, err) == (0, "") and not any(one in out for one in ("Fatima", "Shahi", "SHAHI"))
        assert run(stored, "--format", form, "--without-names")[1] == out
        _, full, err = run(stored, "--format", form, command="assess")
        assert "SHAHI" in full.upper() and not err


@pytest.mark.parametrize(("name", "purpose"), PURPOSE.items())
def test_an_adviser_gives_the_sheet_of_its_purpose_under_the_same_flag(name: str, purpose: str, tmp_path: Path) -> None:
    case = of_case("company-b")
    occasions = {"core.occasions": ("supplier-talk", "means", "partner", "event")}
    stored = Store().create("Klacht Shahi", knowledge_base().version, {**case.assessment.answers, **occasions})
    if name == "listening":  # ways to listen show that somebody may have spoken
        assert run(name, stored, "--without-names", command="adviser")[0] == 2
        return
    status, out, err = run(name, stored, "--without-names", command="adviser")
    assert (status, err) == (0, "") and "SHAHI" not in out.upper()
    assert run(stored, "--for", purpose, "--format", "text", "--without-names")[1] == out
    file = tmp_path / "x.md"
    assert run(name, stored, "-o", file, command="adviser") == (0, "", "")
    assert "Shahi" in file.read_text(encoding="utf-8")
    status, out, err = run(name, stored, "-o", tmp_path / "x.xlsx", command="adviser")
    assert (status, out) == (2, "") and len(err.strip().splitlines()) == 1


@pytest.mark.parametrize("command", ["sheet", "assess"])
def test_what_was_answered_is_only_printed_when_asked_for(command: str) -> None:
    form = ("--format", "md" if command == "sheet" else "text")
    title = labels("nl")["answers"].upper()
    usual, without, whole = (
        run("company-b", *form, *more, command=command)[1].upper()
        for more in ((), ("--without-answers",), ("--with-answers",))
    )
    assert usual == without and title in whole and title not in usual
    assert run("company-b", "--format", "json", command=command)[1].count('"answers"'), "read back without loss"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["company-b", "--for", "director", "--format", "csv"], "director"),
        (["company-b", "--for", "nobody"], "nobody"),
        (["company-b", "--format", "odt"], "odt"),
        (["company-b", "--reference", "none.docx", "--format", "docx"], "none.docx"),
        (["company-b", "--reference", str(FILE), "--format", "docx"], "Word"),
        (["company-b", "--reference", str(FILE)], "docx"),
        (["nothing.yaml"], "nothing.yaml"),
        (["no-such-assessment"], "bestaat niet"),
        (["company-b", "-o", "no/such/folder.pdf"], "no/such"),
    ],
)
def test_what_does_not_exist_is_told_in_one_line_with_status_2(arguments: list[str], said: str) -> None:
    status, out, err = run(*arguments)
    assert status == 2 and out == "" and said in err
    assert len(err.strip().splitlines()) == 1


def test_a_file_without_a_case_has_no_handout(tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text("title: x\nanswers: {core.first: event}\n")
    status, _, err = run(file, "--for", "trainer", "--lang", "en")
    assert status == 2 and "case" in err


def test_schema_prints_the_published_one() -> None:
    result = CliRunner().invoke(app, ["schema"])
    assert result.exit_code == 0 and result.stdout == schema_text()
