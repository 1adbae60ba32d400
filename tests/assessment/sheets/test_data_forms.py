"""The forms that hold data, read back by another reader than wrote them."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO, StringIO

import icalendar
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from assessment.anonymity.removal import shareable, without_names
from assessment.answers.advice_file import SCHEMA, AdviceFile, AdviceFileError, parse, schema, schema_text
from assessment.answers.files import AnswerFileError, read_all
from assessment.dossier import from_file
from assessment.plan import told_with
from assessment.sheets.purposes import DATA_FORMS, write_sheet
from assessment.sheets.words import clean
from assessment.sheets.writers.spreadsheet import PLAN
from knowledge.base import knowledge_base
from rules.engine.inference import inference
from tests.support.sheet_dossiers import DAY, decided, of_case, written_by_somebody

pytestmark = pytest.mark.slow

FORMULAS = (
    '=HYPERLINK("http://evil","x")',
    "+1+1",
    "-1",
    "@SUM(1)",
    "\t=1+1",
    "=cmd|'/C calc'!A0",
    "http://evil",
    "0123",
)
B = "company-b"


def test_the_workbook_has_tables_widths_and_a_frozen_header() -> None:
    dossier = decided(of_case("invented-fish-bangladesh-visit-with-fear"))
    book = openpyxl.load_workbook(BytesIO(write_sheet(dossier, "full", "xlsx", "nl")))
    assert book.sheetnames == ["Actieplan", "Antwoorden", "Scores"]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        (table,) = sheet.tables.values()
        assert table.ref == sheet.dimensions
        assert sheet.print_title_rows == "$1:$1" and sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert all(sheet.column_dimensions[cell.column_letter].width >= 10 for cell in sheet[1])
    plan = book["Actieplan"]
    assert plan.max_row - 1 == len(dossier.plan.actions) and plan.max_column == len(PLAN)
    assert plan["F2"].value.date() == date(2026, 12, 4) and plan["E2"].value == "Inkoop"
    assert book["Antwoorden"].max_row - 1 == len(dossier.advice.answered)
    assert book["Scores"]["B2"].value == int(dossier.advice.scores[0].lowest)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula_or_a_link(text: str) -> None:
    dossier = written_by_somebody(of_case(B), text)
    book = openpyxl.load_workbook(BytesIO(write_sheet(dossier, "full", "xlsx", "nl")))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    assert clean(text, 200, "…") in [cell.value for cell in cells]
    written = write_sheet(dossier, "full", "csv", "nl").decode("utf-8-sig")
    rows = list(csv.reader(StringIO(written), delimiter=";"))
    assert {len(row) for row in rows} == {len(PLAN)}
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r" and cell]


def test_a_due_date_is_a_whole_day_that_keeps_its_event() -> None:
    dossier = decided(of_case(B))
    first, again = (icalendar.Calendar.from_ical(write_sheet(dossier, "full", "ics", "nl")) for _ in range(2))
    events = list(first.walk("VEVENT"))
    assert [one.decoded("dtstart") for one in events] == [date(2026, 12, 4), date(2027, 1, 15)]
    assert len({str(one["uid"]) for one in events}) == 2
    moved = decided(replace(dossier, key="abc"))
    ids = [
        str(one["uid"]) for one in icalendar.Calendar.from_ical(write_sheet(moved, "full", "ics", "en")).walk("VEVENT")
    ]
    assert [str(one["uid"]) for one in again.walk("VEVENT")] == [str(one["uid"]) for one in events] != ids
    assert "Inkoop" in str(events[0]["description"])
    assert all(one.walk("VALARM")[0].decoded("trigger") == timedelta(hours=-15) for one in events)


def test_the_day_of_the_occasion_is_in_each_form_of_the_plan_and_an_event_says_why() -> None:
    given = decided(of_case(B))
    dossier = replace(given, plan=given.plan.model_copy(update={"occasion_on": date(2027, 2, 1)}))
    events = icalendar.Calendar.from_ical(write_sheet(dossier, "full", "ics", "nl")).walk("VEVENT")
    assert [one.decoded("dtstart") for one in events] == [date(2027, 2, 1), date(2026, 12, 4), date(2027, 1, 15)]
    assert events[0].walk("VALARM")[0].decoded("trigger") == -timedelta(days=6, hours=15)
    dated = [one for one in dossier.plan.actions if one.decision.due is not None]
    for event, action in zip(events[1:], dated, strict=True):
        why = told_with(action.task, dossier.advice)
        assert why and all(" ".join(one.nl.split())[:60] in str(event["description"]) for one in why)
    book = openpyxl.load_workbook(BytesIO(write_sheet(dossier, "full", "xlsx", "nl")))
    assert (book["Actieplan"]["A2"].value, book["Actieplan"]["F2"].value.date()) == ("De dag zelf", date(2027, 2, 1))
    page = write_sheet(dossier, "director", "text", "nl").decode()
    assert "1 februari" in page
    assert "De dag zelf" not in write_sheet(given, "director", "text", "nl").decode()
    assert parse(write_sheet(dossier, "full", "json", "nl").decode()).plan == dossier.plan
    for nameless in (shareable(dossier), without_names(dossier)):
        assert nameless.plan.occasion_on == date(2027, 2, 1)


def test_an_event_cannot_be_broken_open() -> None:
    text = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:ander;a,b\\n"
    calendar = icalendar.Calendar.from_ical(write_sheet(written_by_somebody(of_case(B), text), "full", "ics", "nl"))
    assert len(list(calendar.walk("VEVENT"))) == 1


@settings(max_examples=15)
@given(text=st.text(max_size=300))
def test_no_text_stops_a_form_with_data(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()  # half characters do not come out of a form or a file
    dossier = written_by_somebody(of_case(B), text)
    for form in DATA_FORMS:
        assert write_sheet(dossier, "full", form, "nl")
    openpyxl.load_workbook(BytesIO(write_sheet(dossier, "full", "xlsx", "nl")))
    icalendar.Calendar.from_ical(write_sheet(dossier, "full", "ics", "nl"))
    assert parse(write_sheet(dossier, "full", "json", "nl").decode()).assessment == dossier.assessment


def test_the_published_schema_is_that_of_the_program() -> None:
    assert SCHEMA.read_text("utf-8") == schema_text(), "write it anew: dialoogwijzer schema > " + str(SCHEMA)
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("case", ["company-a", B, "rajasthan-2023"])
def test_the_json_fits_its_schema_and_is_read_back_without_loss(case: str) -> None:
    dossier = decided(written_by_somebody(of_case(case), "noot\n=1 😀 <b>"))
    text = write_sheet(dossier, "full", "json", "nl").decode()
    read_back = parse(text)
    assert not list(Draft202012Validator(schema()).iter_errors(read_back.model_dump(mode="json")))
    assert read_back == AdviceFile(assessment=dossier.assessment, advice=dossier.advice, plan=dossier.plan, case=case)
    again = from_file(read_all((text, "a.json"), knowledge_base()), inference(), DAY)
    assert again.assessment == dossier.assessment and again.case == dossier.case
    assert again.plan == dossier.plan
    assert again.advice.model_copy(update={"title": ""}) == dossier.advice.model_copy(update={"title": ""})


@pytest.mark.parametrize(
    "broken",
    [
        '{"format": "dialoogwijzer-advice", "version": 3}',
        '{"format": "dialoogwijzer-advice"',
        '{"format": "dialoogwijzer-advice", "x": ' + "[" * 100_000 + "]" * 100_000 + "}",
        '{"format": "dialoogwijzer-advice", "version": 2, "assessment": {"title": "x", "knowledge_version": "y"}}',
    ],
)
def test_a_broken_advice_file_is_told_in_one_line(broken: str) -> None:
    with pytest.raises(AdviceFileError):
        parse(broken)
    with pytest.raises(AnswerFileError) as refused:
        read_all((broken, "a.json"), knowledge_base())
    (line,) = refused.value.problems
    assert line.startswith("a.json") and "\n" not in line and len(line) < 400


def test_an_advice_file_with_answers_that_no_longer_fit_is_told_per_question() -> None:
    dossier = of_case(B)
    other = dossier.assessment.model_copy(update={"answers": {"core.first": "nonsense", "no.such": "yes"}})
    text = write_sheet(replace(dossier, assessment=other), "full", "json", "nl").decode()
    with pytest.raises(AnswerFileError) as refused:
        read_all((text, "a.json"), knowledge_base())
    assert len(refused.value.problems) == 2
