"""Sheets for a purpose: which there are, what each begins with and what is in it."""

import re
from dataclasses import replace
from typing import get_args

import pytest

from assessment.advisers.conversation import conversation_kit
from assessment.model import Going
from assessment.sheets.compose.accountability import accountability_sheet
from assessment.sheets.compose.checklists import general_pages
from assessment.sheets.document import Alert, Fields, Heading, Paragraph, Space, Table
from assessment.sheets.fitting import LETTERS, unfit
from assessment.sheets.problem import SheetError
from assessment.sheets.purposes import MIME, PURPOSES, SHEET_FORMS, offered, write_sheet
from assessment.sheets.words import labels
from knowledge.acts import CHAPTER
from knowledge.base import knowledge_base
from knowledge.text import LANGUAGES, Language
from rules.engine.inference import inference
from tests.assessment.anonymity.test_without_names_files import words_in
from tests.support.amounts import cover
from tests.support.pdf_reading import read, squeezed
from tests.support.sheet_dossiers import decided, of_case, shortened

pytestmark = pytest.mark.slow

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
                for given in (whole, shortened(case))
            ]
            assert open_title in headings[0] and open_title not in headings[1], (case, purpose)
    assert len(seen) == 4


TELLING = re.compile(
    r"\b(verteld|klacht|klager|misstand|geheim|kwetsba|slachtoffer|getuige"
    r"|told|complain|abuse|secret|vulnerab|victim|witness)"
)


@pytest.mark.parametrize(("case", "language"), cover(knowledge_base().scenarios, LANGUAGES))
def test_what_a_partner_reads_has_no_word_on_who_spoke(case: str, language: Language) -> None:
    """The partner may be who told something, and the people whom it works for may read along."""
    whole = of_case(case, language)
    for purpose in {"partners", *LETTERS} & {*offered(whole)}:
        given = whole if purpose in LETTERS else shortened(case, language)
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
    advised = [one.instead.nl.split(". ")[0] for one in asking if one.instead]
    assert sum(" ".join(one.split()) in " ".join(told.split()) for one in advised) >= 3


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
