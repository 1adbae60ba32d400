"""Notes travel on sheets for own use when the user chooses so, and on no other; dates travel to a calendar once."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from typer.testing import CliRunner

from assessment.dossier import Dossier
from assessment.plan import Decision
from assessment.sheets.notes import OWN_USE
from assessment.sheets.problem import SheetError
from assessment.sheets.purposes import PURPOSES, notes_optional, offered, write_sheet
from assessment.sheets.words import own_words
from assessment.sheets.writers.calendar import write_calendar
from tests.support.own_tables import ONE
from tests.support.sheet_dossiers import decided, of_case
from ui.cli.main import app

pytestmark = pytest.mark.slow

NOTE = "Bel Jan #3.\n- nog vragen naar de lonen"


def noted() -> Dossier:
    dossier = of_case("company-b")
    return replace(dossier, assessment=dossier.assessment.model_copy(update={"notes": {ONE.id: NOTE}}), with_notes=True)


@pytest.mark.parametrize("form", ["html", "md", "text", "docx", "pdf"])
def test_notes_stand_on_the_full_advice_only_when_chosen(form: str) -> None:
    chosen, without = (write_sheet(one, "full", form, "nl") for one in (noted(), replace(noted(), with_notes=False)))
    assert chosen != without
    if form in ("html", "md", "text"):
        assert "Bel Jan" in chosen.decode() and "nog vragen naar de lonen" in chosen.decode()
        assert "Bel Jan" not in without.decode()


def test_sheets_for_others_refuse_notes() -> None:
    for purpose in set(offered(noted())) - OWN_USE:
        with pytest.raises(SheetError, match="others"):
            write_sheet(noted(), purpose, "html", "nl")
        assert not notes_optional(purpose, "html")
    assert set(PURPOSES) > OWN_USE and not notes_optional("full", "json")


def test_the_command_line_has_the_choice_and_without_names_wins(tmp_path: Path) -> None:
    source, output = tmp_path / "a.yaml", tmp_path / "o.md"
    source.write_text(f"answers:\n  {ONE.id}: unknown\nnotes:\n  {ONE.id}: Bel Jan #3\n", encoding="utf-8")
    told = {}
    for name, more in {"with": ["--with-notes"], "out": [], "names": ["--with-notes", "--without-names"]}.items():
        found = CliRunner().invoke(app, ["sheet", str(source), "--format", "md", "-o", str(output), *more])
        assert found.exit_code == 0, found.output
        told[name] = "Bel Jan" in output.read_text(encoding="utf-8")
    assert told == {"with": True, "out": False, "names": False}


def test_own_words_stand_behind_their_row_in_the_own_advice_and_a_row_that_is_none_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "a.yaml"
    row, answers = "let-supplier-sign-something", "answers:\n  core.occasions: [supplier-talk]\n"
    answers += f"  acts.talk-words: [{row}, ask-did-you-do-it]\n"
    source.write_text(f"{answers}notes:\n  {row}: Kemal tekent dinsdag\n", encoding="utf-8")
    told = CliRunner().invoke(app, ["assess", str(source)]).output
    assert "“Kemal tekent dinsdag”" in " ".join(told.split())
    shared = CliRunner().invoke(app, ["sheet", str(source), "--format", "text", "--without-names"])
    assert shared.exit_code == 0 and "Kemal" not in shared.output
    source.write_text(f"{answers}notes:\n  no-such-row: iets\n", encoding="utf-8")
    assert "no-such-row" in CliRunner().invoke(app, ["assess", str(source)]).output


def dated(words: str) -> Dossier:
    given = of_case("company-b")
    task = given.plan.actions[0].task
    decision = Decision(task=task, status="accepted", owner="Inkoop", due=date(2026, 12, 4), words=words)
    return decided(given, {0: decision})


def test_importing_again_changes_the_event_and_keeps_line_breaks() -> None:
    moment = datetime(2026, 11, 28, 12, tzinfo=UTC)
    first, second = (
        icalendar.Calendar.from_ical(write_calendar(dated(words), "nl", at))
        for words, at in (("Eerst bellen.\nDan mailen.", moment), ("Anders", moment + timedelta(seconds=2)))
    )
    before, after = first.walk("VEVENT")[0], second.walk("VEVENT")[0]
    assert str(first["method"]) == "PUBLISH" and str(before["uid"]) == str(after["uid"])
    assert int(after["sequence"]) > int(before["sequence"]) > 0
    assert after.decoded("last-modified") > before.decoded("last-modified") == moment
    assert "Eerst bellen.\nDan mailen." in str(before["description"])
    assert str(before["description"]).splitlines()[0].endswith("Inkoop.")


def test_markdown_keeps_each_line_of_a_note() -> None:
    lines = write_sheet(noted(), "full", "md", "nl").decode().splitlines()
    at = next(place for place, line in enumerate(lines) if "Bel Jan" in line)
    assert "nog vragen" not in lines[at] and any("nog vragen" in line for line in lines[at + 1 : at + 3])


def test_of_own_words_that_say_nearly_the_same_the_longest_stands_there() -> None:
    notes = {
        "a": "De agenda gaat morgen de deur uit.",
        "b": "De agenda gaat morgen de deur uit, met de naam van lijn 4.",
        "c": "Joris belt elke week.",
    }
    assert own_words(notes, notes, "nl") == f"{notes['b']} · {notes['c']}"
    assert own_words(["a", "c"], notes, "nl") == f"{notes['a']} · {notes['c']}"
    other = {"a": "Ik bel Amel.", "b": "Ik bel maandag de directeur."}
    assert own_words(other, other, "nl") == f"{other['a']} · {other['b']}", "a name is not lost"
