"""The director's page: which talk, what is asked, by when, and what endangers people."""

from dataclasses import replace
from datetime import date
from itertools import chain

import pytest
from babel.dates import format_date

from assessment.sheets.compose.situation import Told
from assessment.sheets.document import Alert, Fields, Table
from assessment.sheets.purposes import PURPOSES, write_sheet
from assessment.sheets.words import labels
from knowledge.base import knowledge_base
from knowledge.text import LANGUAGES, LOCALES, Language
from tests.support.amounts import cover
from tests.support.sheet_dossiers import DAY, of_case, shortened

pytestmark = pytest.mark.slow

B = "company-b"


@pytest.mark.parametrize(("case", "language"), cover(knowledge_base().scenarios, LANGUAGES))
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
    written = {"nl": "1 februari", "en": "1 February"}[language]
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
        given = shortened(case)
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
