"""Sheets for a purpose, and the forms that hold data: read back by another reader than wrote them."""

import csv
import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO, StringIO
from itertools import chain
from typing import get_args

import icalendar
import openpyxl
import pytest
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from assessment.advisers.conversation import conversation_kit
from assessment.anonymity.removal import shareable, without_names
from assessment.answers.advice_file import SCHEMA, AdviceFile, AdviceFileError, parse, schema, schema_text
from assessment.answers.files import AnswerFileError, read_all
from assessment.dossier import from_file
from assessment.model import Going
from assessment.plan import told_with
from assessment.sheets.compose.accountability import accountability_sheet
from assessment.sheets.compose.checklists import general_pages
from assessment.sheets.compose.situation import Told
from assessment.sheets.document import Alert, Fields, Heading, Paragraph, Space, Table
from assessment.sheets.fitting import LETTERS, unfit
from assessment.sheets.problem import SheetError
from assessment.sheets.purposes import DATA_FORMS, MIME, PURPOSES, SHEET_FORMS, offered, write_sheet
from assessment.sheets.words import clean, labels
from assessment.sheets.writers.spreadsheet import PLAN
from knowledge.acts import CHAPTER
from knowledge.base import knowledge_base
from knowledge.text import LANGUAGES, LOCALES, Language
from rules.engine.inference import inference
from tests.assessment.anonymity.test_without_names_files import words_in
from tests.support.pdf_reading import read, squeezed
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
FITTING = (B, "rajasthan-2023", "invented-fish-peru-trusted-union")
"""Cases that together call for every sheet."""


@pytest.mark.parametrize("purpose", PURPOSES)
def test_every_purpose_exists_in_its_forms_and_no_others(purpose: str) -> None:
    case = next(one for one in FITTING if purpose in offered(of_case(one)))
    dossier = decided(of_case(case))
    for form in SHEET_FORMS:
        if form in PURPOSES[purpose].forms:
            assert write_sheet(dossier, purpose, form, "nl")
            assert form in MIME
        else:
            with pytest.raises(SheetError):
                write_sheet(dossier, purpose, form, "nl")
    assert set(PURPOSES["full"].forms) == set(SHEET_FORMS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", [one for one in PURPOSES["full"].forms if one not in ("csv", "ics")])
def test_what_was_answered_can_be_left_out_of_the_full_advice(form: str, language: Language) -> None:
    whole = of_case(B, language)
    less = replace(whole, with_answers=False)
    if form == "json":
        with pytest.raises(SheetError, match="json"):
            write_sheet(less, "full", form, language)
        return
    kept, left = (squeezed(words_in(write_sheet(one, "full", form, language), form)) for one in (whole, less))
    told = [
        squeezed(plain)
        for one in whole.advice.answered
        if knowledge_base().questions[one.question].chapter != CHAPTER  # an act is named by the verdict on it
        and len(plain := one.answer.in_(language)) > 20
        and one.answer not in {each.asked for each in whole.advice.homework}
    ]
    assert sum(one in kept for one in told) > 5
    assert not [one for one in told if one in left]
    asking = next(one for one in whole.advice.verdicts if one.asks)
    assert squeezed((asking.instead or asking.label).in_(language)) in left


@pytest.mark.parametrize("purpose", [one for one in PURPOSES if one != "full"])
def test_other_sheets_have_no_such_choice(purpose: str) -> None:
    with pytest.raises(SheetError):
        write_sheet(replace(of_case(B), with_answers=False), purpose, "md", "nl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_that_does_not_fit_is_refused_with_the_reason_and_those_that_do(language: Language) -> None:
    dossier = of_case(B)
    fit = offered(dossier)
    assert {"listening", "dialogue", "chair-report", "invitation"}.isdisjoint(fit)
    for purpose in set(PURPOSES) - set(fit):
        for form in ("pdf", "text"):
            with pytest.raises(SheetError) as refused:
                write_sheet(dossier, purpose, form, language)
        said, why = refused.value.text.in_(language), unfit(dossier, purpose)
        assert why is not None and why.in_(language) in said and ", ".join(fit) in said
        assert said.startswith(PURPOSES[purpose].title.in_(language)) and "\n" not in said
    with pytest.raises(SheetError) as refused:
        write_sheet(dossier, "full", "ics", language)
    assert labels(language)["unfit.dates"] in refused.value.text.in_(language)
    empty = replace(dossier, assessment=dossier.assessment.model_copy(update={"answers": {}}), case=None)
    assert offered(empty) == ("full", "checklists")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", FITTING)
def test_every_sheet_begins_with_the_situation_and_what_is_asked(case: str, language: Language) -> None:
    dossier, words = of_case(case, language), labels(language)
    for purpose in offered(dossier):
        first = PURPOSES[purpose].compose(dossier, language).blocks[0]
        assert isinstance(first, Fields)
        rows = [row for row in first.rows if row[0] != words["director-last-talk"]]
        names = [name for name, _ in rows]
        assert names[:2] == [words["opening.situation"], words["opening.ask"]]
        assert all(value for _, value in rows[:2])
        asked = "opening.decide" if purpose == "director" else "opening.answer"
        for_others = purpose == "director" or (not PURPOSES[purpose].own_use and purpose != "trainer")
        asked = asked if dict(rows).get(words[asked]) else f"{asked}.open"
        assert names[2:4] == ([words[asked], words["opening.from"]] if for_others else []), purpose


@pytest.mark.parametrize("going", get_args(Going))
def test_every_verdict_on_an_occasion_has_its_words_at_the_top_of_a_sheet(going: str) -> None:
    for language in LANGUAGES:
        for about in ("situation", "director-asked", "occasion"):
            assert labels(language)[f"{about}.{going}"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", knowledge_base().scenarios)
def test_the_director_reads_what_is_asked_and_who_fills_in_the_rest(case: str, language: Language) -> None:
    sheet, words = PURPOSES["director"].compose(of_case(case, language), language), labels(language)
    rows = dict(chain.from_iterable(one.rows for one in sheet.blocks if isinstance(one, Fields)))
    agree = {"nl": ("Ga akkoord ", "Ga ermee akkoord "), "en": ("Agree ",)}[language]
    assert rows[words["opening.ask"]].startswith(agree), "what the box to agree stands for"
    asked = {one.text.in_(language) for one in knowledge_base().questions.values()}
    page = " ".join(write_sheet(of_case(case, language), "director", "text", language).decode().split())
    assert not [one for one in asked if one in page], "no questions of a form"
    if (changed := rows.get(words["director-instead"])) is None:
        return
    told = [changed, rows.get(words["director-risk"], "")]
    alert = [one for one in sheet.blocks if isinstance(one, Alert)]
    assert not [one for one in (*told, *(item for one in alert for item in one.items)) if one.endswith("…")]
    assert words["director-risk"] in rows or alert, "the risk is told once"
    captions = [one.caption for one in sheet.blocks if isinstance(one, Table)]
    assert words["director-first.about"] in captions and rows[words["director-cost"]] == ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_director_is_told_which_talk_what_happened_in_it_and_by_when(language: Language) -> None:
    given, words = of_case(B, language), labels(language)
    page = " ".join(write_sheet(given, "director", "text", language).decode().split())
    assert words["situation.about.complaint"] in page and words["director-last-talk"] in page
    assert words["director-which.supplier-talk-day"] in page, "the day is to be filled in"
    on = date(2027, 2, 1)
    dated = replace(given, plan=given.plan.model_copy(update={"occasion_on": on}))
    page = " ".join(write_sheet(dated, "director", "text", language).decode().split())
    written = {"nl": "1 februari 2027", "en": "1 February 2027"}[language]
    assert written in page, "the situation tells the day; what comes before it is decided on earlier"
    assert words["director-which.supplier-talk-day"] not in page
    change = dict(chain.from_iterable(
        one.rows for one in PURPOSES["director"].compose(dated, language).blocks if isinstance(one, Fields)
    ))  # fmt: skip
    assert "2027" in change[words["director-time"]], "what is not decided is done before that day"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_director_decides_before_the_first_action_and_what_is_for_today_is_due_today(language: Language) -> None:
    words, today = labels(language), {"nl": "vandaag", "en": "today"}[language]
    written = format_date(DAY, "d MMM y", locale=LOCALES[language])
    due_today = 0
    for case in knowledge_base().scenarios:
        sheet = PURPOSES["director"].compose(of_case(case, language), language)
        rows = dict(chain.from_iterable(one.rows for one in sheet.blocks if isinstance(one, Fields)))
        (actions,) = [one for one in sheet.blocks if isinstance(one, Table) and words["due"] in one.header]
        told = [(rows.get(words["director-instead"], ""), rows.get(words["director-time"], ""))]
        told += [(action, due) for _, action, _, due in actions.rows]
        assert not any(due for _, due in told) or rows.get(words["opening.decide"]), case
        for action, due in told:
            if today in action.lower() and due:
                assert due.replace("\u00a0", " ") == written, (case, action)
                due_today += 1
    assert due_today


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_director_signs_for_one_way_and_reads_what_else_endangers_people(language: Language) -> None:
    words, otherwise = labels(language), {"nl": "Of ", "en": "Or "}[language]
    for case in knowledge_base().scenarios:
        given = of_case(case, language)
        sheet = PURPOSES["director"].compose(given, language)
        rows = dict(chain.from_iterable(one.rows for one in sheet.blocks if isinstance(one, Fields)))
        assert f". {otherwise}" not in rows.get(words["director-instead"], "")
        dangers = sum(one.tier == 1 for one in given.advice.verdicts if one.asks)
        alert = [one for one in sheet.blocks if isinstance(one, Alert)]
        assert sum(len(one.items) for one in alert) == min(dangers, 3), case


GOING_ON = ("as-planned", "as-planned-open", "not-known", "not-known-changed")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_shortened_page_asks_the_director_to_let_something_go_on_or_says_that_nothing_is_open(
    language: Language,
) -> None:
    words, asked = labels(language), set[str]()
    for case in knowledge_base().scenarios:
        given = shareable(of_case(case, language))
        first = PURPOSES["director"].compose(given, language).blocks[0]
        assert isinstance(first, Fields)
        rows = dict(first.rows)
        told = Told(given, language)
        asked.add(rows[words["opening.ask"]])
        assert rows[words["opening.ask"]] not in {
            words[f"director-asked.{one}"].format(this=told.this()) for one in GOING_ON
        }
        assert (
            words["director-last-talk"] not in rows and words["situation.waits"] not in rows[words["opening.situation"]]
        )
    assert words["director-asked.shortened"] in asked and len(asked) > 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_not_known_of_the_safety_of_people_has_words_for_the_director(language: Language) -> None:
    protecting = {one.id for one in knowledge_base().questions.values() if one.protects}
    named = {key.removeprefix("director-open.") for key in labels(language) if key.startswith("director-open.")}
    assert named == protecting


def test_what_is_asked_about_a_source_is_on_no_version_for_others() -> None:
    """Its reader may be who told something."""
    open_title = labels("nl")["sayings-open"]
    seen = set()
    for case in FITTING:
        whole = of_case(case)
        for purpose in {"supplier-talk", "dialogue", "listening", "partners"} & {*offered(whole)}:
            seen.add(purpose)
            headings = [
                {one.text for one in PURPOSES[purpose].compose(given, "nl").blocks if isinstance(one, Heading)}
                for given in (whole, shareable(whole))
            ]
            assert open_title in headings[0] and open_title not in headings[1], (case, purpose)
    assert len(seen) == 4


TELLING = re.compile(
    r"\b(verteld|klacht|klager|misstand|geheim|kwetsba|slachtoffer|getuige"
    r"|told|complain|abuse|secret|vulnerab|victim|witness)"
)


@pytest.mark.parametrize("case", knowledge_base().scenarios)
def test_what_a_partner_reads_has_no_word_on_who_spoke(case: str) -> None:
    """The partner may be who told something, and the people whom it works for may read along."""
    for language in LANGUAGES:
        whole = of_case(case, language)
        for purpose in {"partners", *LETTERS} & {*offered(whole)}:
            given = whole if purpose in LETTERS else shareable(whole, language=language)
            said = write_sheet(given, purpose, "text", language).decode().lower()
            assert not TELLING.findall(said), (purpose, language)


def test_a_script_has_white_space_where_the_other_speaks_and_no_words_that_tell_on_anybody() -> None:
    sheet = PURPOSES["script"].compose(of_case(B), "nl")
    spaces = [one for one in sheet.blocks if isinstance(one, Space)]
    they = [one for one in spaces if one.title == labels("nl")["script-they"]]
    kit = conversation_kit(of_case(B).assessment.answers, inference())
    assert len(they) >= 4 and max(one.lines for one in they) >= 8
    assert all(any(question.text.nl in one.title for one in spaces) for question in kit.questions)
    assert (
        isinstance(sheet.blocks[1], Alert) and "programma" in write_sheet(of_case(B), "script", "text", "nl").decode()
    )
    pages = read(write_sheet(of_case(B), "script", "pdf", "nl")).pages
    assert len(pages) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_line_of_the_checklists_has_its_passage(language: Language) -> None:
    sheet = PURPOSES["checklists"].compose(of_case(B), language)
    lists = [one for one in sheet.blocks if isinstance(one, Table)]
    printed = {place.replace(" > ", " › ") for one in knowledge_base().sources.values() for place in one.sections}
    assert len(lists) == 4 and all(len(one.rows) >= 6 and one.dutch == 3 for one in lists)
    assert all(row[3] in printed for one in lists for row in one.rows)
    addresses = [one for one in sheet.blocks if isinstance(one, Paragraph) and one.linked]
    assert len(addresses) == len(general_pages()), "each general page once"


def test_a_handout_needs_a_case() -> None:
    dossier = replace(of_case(B), case=None)
    assert "trainer" not in offered(dossier) and "trainer" in offered(of_case(B))
    with pytest.raises(SheetError, match="case"):
        write_sheet(dossier, "trainer", "pdf", "nl")


def test_the_handout_for_the_trainer_tells_how_it_ended() -> None:
    told = write_sheet(of_case(B), "trainer", "text", "nl").decode()
    case = of_case(B).case
    assert case is not None and " ".join(case.teaching.nl.split()) in " ".join(told.split())
    asking = [one for one in of_case(B).advice.verdicts if one.asks]
    assert any(" ".join(one.label.nl.split()) in " ".join(told.split()) for one in asking)


@pytest.mark.parametrize("language", LANGUAGES)
def test_accountability_maps_every_answer_and_action(language: Language) -> None:
    dossier = decided(of_case("rajasthan-2023", language))
    knowledge, words = knowledge_base(), labels(language)
    sheet = accountability_sheet(dossier, language)
    headings = [one.text for one in sheet.blocks if isinstance(one, Heading)]
    steps = [one.title.in_(language) for one in knowledge.steps.values()]
    assert [one for one in headings if one in steps] == steps
    tables = [one for one in sheet.blocks if isinstance(one, Table)]
    answered = [row for one in tables if one.caption == words["step-answers"] for row in one.rows]
    assert sorted(answered) == sorted(
        (one.asked.in_(language), one.answer.in_(language)) for one in dossier.advice.answered
    )
    actions = {row[0] for one in tables if one.caption == words["step-actions"] for row in one.rows}
    assert actions == {one.task.title.in_(language) for one in dossier.plan.actions}
    (elements,) = [one for one in tables if one.caption == words["elements-table"]]
    assert [row[0] for row in elements.rows] == [one.title.in_(language) for one in knowledge.elements.values()]
    assert sum(int(row[2]) for row in elements.rows) == len(dossier.advice.answered)
    told = [one for one in dossier.advice.answered if knowledge.questions[one.question].step == "communicate"]
    (fed_back,) = [one for one in tables if one.caption == words["fed-back"]]
    assert [row[0] for row in fed_back.rows] == [one.asked.in_(language) for one in told]


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
    assert "1 februari 2027" in page
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
