"""Letters and reports: filled as far as the answers go, resting on lessons, and never on a source."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from random import Random

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.anonymity.source import without_source
from assessment.dossier import Dossier
from assessment.plan import Action, Decision, Plan, Task
from assessment.sheets.compose.letters.chair_report import OURS, chair_report
from assessment.sheets.compose.letters.draft import Draft
from assessment.sheets.document import Bullets, Document, Fields, Heading, Table
from assessment.sheets.problem import SheetError
from assessment.sheets.purposes import PURPOSES, write_sheet
from assessment.sheets.words import labels
from knowledge.base import knowledge_base
from knowledge.model import Answers
from knowledge.text import LANGUAGES, Language
from rules.sampling import random_answers
from tests.assessment.anonymity.test_source import other_source
from tests.support.amounts import amount, cover
from tests.support.nameless import ANSWERS, DAY, HIDDEN, MEETING, bare, on, seeded
from tests.support.pdf_reading import read

pytestmark = pytest.mark.slow

LETTERS = ("partner-request", "letter-of-intent", "chair-report", "invitation")


def composed(name: str, one: Dossier, language: Language = "nl") -> Document:
    return PURPOSES[name].compose(one, language)


def text(name: str, one: Dossier, language: Language = "nl") -> str:
    return write_sheet(one, name, "md", language).decode()


def fields(document: Document) -> dict[str, str]:
    return dict(row for block in document.blocks if isinstance(block, Fields) for row in block.rows)


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


WITH_PARTNER = on({**ANSWERS[MEETING], "core.occasions": ("event", "partner")})
"""A situation that all letters fit."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_letters_rest_on_stands_on_a_sheet_of_its_own_and_in_no_letter(language: Language) -> None:
    notes = composed("letter-notes", WITH_PARTNER, language)
    headings = [block.text for block in notes.blocks if isinstance(block, Heading)]
    assert headings == [composed(name, WITH_PARTNER, language).title for name in LETTERS]
    advice = {lesson.advice.in_(language) for lesson in knowledge_base().lessons.values()}
    printed = {place.replace(" > ", " › ") for one in knowledge_base().sources.values() for place in one.sections}
    titles = {one.title.in_(language) for one in knowledge_base().sources.values()}
    (publications,) = [block for block in notes.blocks if isinstance(block, Bullets)]
    numbered = dict(publications.led)
    for rests in tables(notes):
        assert len(rests.rows) > 4 and rests.dutch == 2 and len(rests.rows) == len(set(rests.rows))
        for _, lesson, passages in rests.rows:
            assert any(lesson.startswith(one) for one in advice)
            (before, *cited) = re.split(r" ?(\[\d+\]) ", passages)
            assert not before and cited
            for number, places in zip(cited[::2], cited[1::2], strict=True):
                assert numbered[number] in titles
                assert all(one in printed for one in places.split("; ")), places
    assert any("(Sta" in lesson for rests in tables(notes) for _, lesson, _ in rests.rows)
    for name in LETTERS:
        said = text(name, WITH_PARTNER, language)
        assert not [one for one in titles | printed if len(one) > 20 and one in said]
    only_talk = on({**ANSWERS[HIDDEN], "core.occasions": ("supplier-talk",)})
    with pytest.raises(SheetError):
        write_sheet(only_talk, "letter-notes", "md", language)


def test_an_accepted_recommendation_stands_in_the_report_though_its_card_is_not_on_the_first_page() -> None:
    whole = bare(MEETING)
    reduced = without_source(whole)
    there = {action.key for action in reduced.plan.actions}
    cards = [one for one in reduced.advice.recommendations if one.theme in OURS]
    card = next(one for one in cards if f"recommendation.{one.card}" not in there)
    task = Task(kind="recommendation", id=card.card, theme=card.theme, title=card.title, severity=card.severity)
    taken = Action(task=task, decision=Decision(task=task, status="accepted", owner="Team MVO"))
    other = Task(kind="recommendation", id="supplier-feedback", theme="follow-up", title=card.title)
    hidden = Action(task=other, decision=Decision(task=other, status="accepted", owner="Team Bron"))
    said = text("chair-report", replace(whole, plan=Plan(actions=(taken, hidden))))
    assert card.title.nl in said and "Team MVO" in said
    assert "Team Bron" not in said, (
        "only where nobody told something is it not advised: it would show that somebody did"
    )


@pytest.mark.parametrize(("name", "language"), cover(LETTERS, LANGUAGES))
def test_a_letter_can_be_edited_and_printed(name: str, language: Language) -> None:
    for one in (WITH_PARTNER, on({**ANSWERS[HIDDEN], "core.occasions": ("supplier-talk", "event", "partner")})):
        opened = docx.Document(BytesIO(write_sheet(one, name, "docx", language)))
        assert opened.core_properties.author == "Dialoogwijzer"
        assert opened.core_properties.title == composed(name, one, language).title
        least, most = (1, 1) if name == "partner-request" else (2, 4)
        assert least <= len(read(write_sheet(one, name, "pdf", language)).pages) <= most


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_partner_reads_on_one_page_what_is_going_on_what_is_asked_and_by_when(language: Language) -> None:
    answers: Answers = {
        "core.occasions": ("supplier-talk", "partner"),
        "core.first": "supplier-talk",
        "core.goal": ("know", "fix"),
        "core.may-pass-on": "nothing",
        "core.promised": ("secret",),
        "core.organisations": ("local-ngo",),
        "talk.subjects": ("complaint", "programme"),
        "talk.happened": ("denied", "late"),
        "org.asked": ("training", "names"),
    }
    words, plain = labels(language), on(answers)
    dated = replace(plain, plan=plain.plan.model_copy(update={"occasion_on": DAY + timedelta(days=20)}))
    page = " ".join(write_sheet(dated, "partner-request", "text", language).decode().split())
    for said in ("situation.about.programme", "letter.think.training", "opening.from", "situation.past.talk"):
        assert words[said] in page, said
    assert words["situation.about.complaint"] not in page
    rows = fields(composed("partner-request", dated, language))
    assert (
        rows[words["opening.answer"]]
        and not fields(composed("partner-request", plain, language))[words["opening.answer.open"]]
    ), "a day that is not known is a line that says who fills it in"
    for word in ("je", "jouw", "gekozen"):
        assert f" {word} " not in page.replace(words["opening.ask"], ""), "it is written to the partner"


def test_the_letter_of_intent_takes_goals_from_the_answers() -> None:
    answers: Answers = {
        "core.occasions": ("partner",),
        "core.first": "partner",
        "core.goal": ("know", "weight"),
        "core.people": ("employees",),
        "core.allies": ("initiative",),
        "core.reached-by": ("nobody",),
        "core.organisations": ("local-ngo",),
        "org.asked": ("training",),
        "event.form": "online-new",
    }
    filled = text("letter-of-intent", on(answers))
    assert "kennis delen en feiten" in filled and "samen meer invloed" in filled
    assert "raad geven over de aanpak" not in filled
    assert "in contact komen met mensen" not in filled  # how people are reached is not for readers elsewhere
    assert "een training geven" in filled
    empty = composed("letter-of-intent", on({}))
    assert "Ten eerste" in fields(empty)
    assert "Ten eerste" not in fields(composed("letter-of-intent", on(answers)))


def test_the_invitation_takes_goals_and_programme_from_the_answers() -> None:
    answers = dict(bare(MEETING).assessment.answers)
    filled = text("invitation", on(answers))
    for said in (
        "van elkaar leren",
        "concrete afspraken",
        "Veldbezoek",
        "Training",
        "Geen foto",
        "verslag zonder namen",
    ):
        assert said in filled, said
    assert "in het land waar het werk gebeurt" in filled and "Gesprek met" not in filled
    without = text("invitation", on({**answers, "event.parts": ("nothing",), "core.goal": "unknown"}))
    assert "Veldbezoek" not in without and "van elkaar leren" not in without
    assert "Veilig en vertrouwelijk" in without


def test_the_report_takes_subjects_and_what_the_company_took_on() -> None:
    whole = bare(MEETING)
    card = next(one for one in whole.advice.recommendations if one.theme == "dialogue")
    task = Task(kind="recommendation", id=card.card, theme=card.theme, title=card.title, severity=card.severity)
    act = next(one for one in whole.plan.actions if one.task.kind == "act" and one.task.theme == "dialogue")
    taken = [
        Action(task=one, decision=Decision(task=one, status="accepted", owner="Team MVO", due=DAY, note="geheim"))
        for one in (task, act.task)
    ]
    draft = Draft(replace(without_source(whole), plan=Plan(actions=tuple(taken))), "nl")
    plan = next(table for table in tables(chair_report(draft)) if table.caption == "Wie doet wat, en wanneer")
    assert plan.rows[0][:4] == ("1", task.title.nl, "Team MVO", "20-11-2026")
    assert all(not any(row[1:]) for row in plan.rows[1:])  # what is said of an act is for the company itself
    assert len(plan.rows) > 4
    decided = replace(whole, plan=Plan(actions=tuple(taken)))
    assert "geheim" not in text("chair-report", decided)
    answers = dict(whole.assessment.answers)
    many = on({**answers, "event.parts": ("many-themes",)})
    assert [text("chair-report", one).count("Waarover we verschillen") for one in (whole, many)] == [2, 4]


@pytest.mark.parametrize("name", LETTERS)
def test_no_text_of_the_user_but_who_does_it_stands_in_a_letter(name: str) -> None:
    one = seeded(MEETING if name in ("chair-report", "invitation") else HIDDEN, "Xyzzyx belde")
    for language in LANGUAGES:
        assert "yzzyx" not in text(name, one, language)


@settings(max_examples=amount(8, 200))
@given(st.integers(0, 10**6), st.sampled_from(LETTERS))
def test_no_letter_shows_a_source(seed: int, name: str) -> None:
    random = Random(seed)
    answers = random_answers(knowledge_base(), random, 0.8)
    assert composed(name, on(answers)) == composed(name, on(other_source(answers, random)))


CASES = [*ANSWERS, *(name for name, one in knowledge_base().scenarios.items() if not one.invented or "hidden" in name)]


@pytest.mark.parametrize(("case", "name"), cover(CASES, LETTERS))
def test_no_letter_on_a_case_shows_its_source(case: str, name: str) -> None:
    whole = bare(case)
    other = on(other_source(whole.assessment.answers, Random(case)))
    assert composed(name, whole) == composed(name, other)
