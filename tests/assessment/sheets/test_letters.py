"""Letters and reports: filled as far as the answers go, resting on lessons, and never on a source."""

from dataclasses import replace
from io import BytesIO
from random import Random

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.anonymity.source import must_be_default
from assessment.dossier import Dossier
from assessment.plan import Decision, Plan
from assessment.sheets.document import Bullets, Document, Fields, Table
from assessment.sheets.purposes import PURPOSES, write_sheet
from knowledge.base import knowledge_base
from knowledge.text import LANGUAGES, Language
from rules.sampling import random_answers
from tests.assessment.anonymity.test_anonymity import other_source
from tests.support.nameless import DAY, bare, on, seeded
from tests.support.pdf_reading import read

LETTERS = ("letter-of-intent", "chair-report", "invitation")


def composed(name: str, one: Dossier, language: Language = "nl") -> Document:
    return PURPOSES[name].compose(one, language)


def text(name: str, one: Dossier, language: Language = "nl") -> str:
    return write_sheet(one, name, "md", language).decode()


def fields(document: Document) -> dict[str, str]:
    return dict(row for block in document.blocks if isinstance(block, Fields) for row in block.rows)


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_rests_on_lessons_with_their_sources(name: str, language: Language) -> None:
    document = composed(name, bare("rajasthan-2023"), language)
    rests = tables(document)[-1]
    advice = {lesson.advice.in_(language) for lesson in knowledge_base().lessons.values()}
    listed = [block for block in document.blocks if isinstance(block, Bullets)][-1].items
    titles = [source.title.in_(language) for source in knowledge_base().sources.values()]
    numbers = [one.split(": ", 1)[0] for one in listed]
    assert all(any(one.split(": ", 1)[1].startswith(title) for title in titles) for one in listed)
    assert len(rests.rows) > 5
    for _, lesson, source in rests.rows:
        assert any(lesson.startswith(one) for one in advice)
        assert all(one.split(", ")[0] in numbers for one in source.split("; ") if one.startswith(("Bron ", "Source ")))
        assert source.split(", ")[0] in numbers
    assert any("(Sta" in lesson for _, lesson, _ in rests.rows)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_can_be_edited_and_printed(name: str, language: Language) -> None:
    for case in ("rajasthan-2023", "company-b"):
        one = bare(case)
        opened = docx.Document(BytesIO(write_sheet(one, name, "docx", language)))
        assert opened.core_properties.author == "Dialoogwijzer"
        assert opened.core_properties.title == composed(name, one, language).title
        assert 2 <= len(read(write_sheet(one, name, "pdf", language)).pages) <= 6


def test_the_letter_of_intent_takes_goals_and_what_is_missing_from_the_answers() -> None:
    answers = {
        "start.preparing": ("partners",),
        "partners.goals": ("knowledge", "leverage"),
        "partners.local-partner": "existing",
        "partners.arrangements": ("paper", "tasks"),
    }
    filled = text("letter-of-intent", on(answers))
    assert "kennis delen en feiten" in filled and "samen meer invloed" in filled
    assert "raad geven over de aanpak" not in filled
    assert "bepalen wie wat doet" in filled and "vergoeding" in filled
    empty = composed("letter-of-intent", on({}))
    assert "Ten eerste" in fields(empty)
    assert "Eerst bespreken" not in text("letter-of-intent", on({}))
    assert "Ten eerste" not in fields(composed("letter-of-intent", on(answers)))


def test_the_invitation_takes_goals_programme_and_time_from_the_answers() -> None:
    answers = dict(bare("rajasthan-2023").assessment.answers)
    filled = text("invitation", on({**answers, "dialogue.minutes": 180, "dialogue.themes": 3}))
    for said in ("van elkaar leren", "Veldbezoek", "180 minuten", "3 onderwerpen", "Geen foto", "verslag zonder namen"):
        assert said in filled, said
    without = text("invitation", on({**answers, "dialogue.parts": ("none",), "dialogue.goals": "unknown"}))
    assert "Veldbezoek" not in without and "van elkaar leren" not in without
    assert "Veilig en vertrouwelijk" in without


def test_the_report_takes_themes_and_what_the_company_took_on() -> None:
    whole = bare("rajasthan-2023")
    (first, *others) = [action for action in whole.plan.actions if action.task.theme == "dialogue"]
    taken = first.model_copy(
        update={"decision": Decision(task=first.task, status="accepted", owner="Team MVO", due=DAY, note="geheim")}
    )
    one = replace(whole, plan=Plan(actions=(taken, *others)))
    document = composed("chair-report", one)
    plan = next(table for table in tables(document) if table.caption == "Wie doet wat, en wanneer")
    assert plan.rows[0][:4] == ("1", first.task.title.nl, "Team MVO", "20-11-2026")
    assert all(not any(row[1:]) for row in plan.rows[1:])
    assert len(plan.rows) > 4
    assert "geheim" not in text("chair-report", one)
    themes = whole.assessment.answers["dialogue.themes"]
    assert text("chair-report", one).count("Waarover we verschillen") == themes


@pytest.mark.parametrize("name", LETTERS)
def test_no_text_of_the_user_but_who_does_it_stands_in_a_letter(name: str) -> None:
    one = seeded("company-b", "Xyzzyx belde")
    for language in LANGUAGES:
        assert "yzzyx" not in text(name, one, language)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from(LETTERS))
def test_no_letter_shows_a_source(seed: int, name: str) -> None:
    random = Random(seed)
    answers = random_answers(knowledge_base(), random, 0.8)
    assert composed(name, on(answers)) == composed(name, on(other_source(answers, random)))


@pytest.mark.parametrize(
    "case", [name for name, one in knowledge_base().scenarios.items() if not one.invented or "hidden" in name]
)
def test_no_letter_on_a_case_shows_its_source(case: str) -> None:
    whole = bare(case)
    other = on(other_source(whole.assessment.answers, Random(case)))
    for name in LETTERS:
        assert composed(name, whole) == composed(name, other)
        if must_be_default(whole.advice):
            assert "(Staat in je advies.)" not in [
                lesson[-22:] for _, lesson, _ in tables(composed(name, whole))[-1].rows if "bron niet" in lesson
            ]
