"""Downloads on the pages: sheets that are chosen, and an advice file that is opened again."""

from dataclasses import replace
from io import BytesIO

import docx
import pytest

from assessment.sheets.purposes import MIME, PURPOSES, write_sheet
from assessment.sheets.writers.word.lent import NOT_WORD
from assessment.store import Store
from knowledge.text import LANGUAGES, Language
from tests.support.sheet_dossiers import decided, of_case, with_lapsed
from tests.ui.test_app import CASE, app, calm, made, store
from tests.ui.test_app_work import unfolded
from ui.parts.downloads import dossier_of
from ui.words import escaped, say

__all__ = ["store"]  # a fixture


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sheet_is_offered_in_its_forms(store: Store, language: Language) -> None:
    page = app("advice", language, b=made(store, dict(CASE.answers), CASE.id))
    assert not [one for one in page.expander if one.label == say("downloads.title", language)]
    calm(page.checkbox(key=f"advice:whole:{language}").check().run())
    page = unfolded(page, "advice:downloads")
    chosen = page.selectbox(key=f"advice:purpose:{language}")
    assert chosen.options == [one.title.in_(language) for one in PURPOSES.values()]
    assert page.selectbox(key=f"advice:form:full:{language}").options == [
        say(f"form.{form}", language) for form in PURPOSES["full"].forms
    ]
    chosen.set_value("director")
    page = unfolded(page, "advice:downloads")
    assert page.selectbox(key=f"advice:form:director:{language}").options == [
        say(f"form.{form}", language) for form in PURPOSES["director"].forms
    ]


def test_what_was_answered_can_be_left_out_of_the_full_advice_only(store: Store) -> None:
    page = app("advice", b=made(store, dict(CASE.answers), CASE.id))
    calm(page.checkbox(key="advice:whole:nl").check().run())
    page = unfolded(page, "advice:downloads")
    assert page.checkbox(key="advice:answers:nl").value
    for form, there in (("json", False), ("csv", False), ("docx", True)):
        page.selectbox(key="advice:form:full:nl").set_value(form)
        page = unfolded(page, "advice:downloads")
        assert ("advice:answers:nl" in {one.key for one in page.checkbox}) == there
    page.selectbox(key="advice:purpose:nl").set_value("director")
    assert "advice:answers:nl" not in {one.key for one in unfolded(page, "advice:downloads").checkbox}


def test_a_handout_is_offered_for_a_case_only(store: Store) -> None:
    page = app("advice", b=made(store, dict(CASE.answers)))
    page = unfolded(calm(page.checkbox(key="advice:whole:nl").check().run()), "advice:downloads")
    assert PURPOSES["trainer"].title.nl not in page.selectbox(key="advice:purpose:nl").options


def test_a_companys_document_is_taken_or_refused_in_one_line(store: Store) -> None:
    saved = BytesIO()
    docx.Document().save(saved)
    page = app("advice", b=made(store, dict(CASE.answers), CASE.id))
    calm(page.checkbox(key="advice:whole:nl").check().run())
    page = unfolded(page, "advice:downloads")
    page.selectbox(key="advice:form:full:nl").set_value("docx")
    page = unfolded(page, "advice:downloads")
    (reference,) = [one for one in page.file_uploader if one.key == "advice:reference:nl"]
    reference.set_value(("stijl.docx", saved.getvalue(), MIME["docx"]))
    page = unfolded(page, "advice:downloads")
    assert not page.error
    (reference,) = [one for one in page.file_uploader if one.key == "advice:reference:nl"]
    reference.set_value(("stijl.docx", saved.getvalue()[:2000], MIME["docx"]))
    page = unfolded(page, "advice:downloads")
    assert [one.value for one in page.error] == [escaped(NOT_WORD.nl)]


def test_an_advice_file_opens_with_its_answers_and_decisions(store: Store) -> None:
    dossier = with_lapsed(decided(of_case("company-b")))
    content = write_sheet(replace(dossier, case=None), "full", "json", "nl")
    page = app("start")
    calm(page.file_uploader[0].set_value(("advies.json", content, "application/json")).run())
    (open_it,) = [one for one in page.button if one.label == say("start.file_open", "nl")]
    calm(open_it.click().run())
    (saved,) = store.list()
    opened = store.open(saved.id)
    assert opened.assessment.answers == dossier.assessment.answers
    assert dict(opened.decisions) == {
        one.key: one.decision for one in dossier.plan.actions if one.decision.status != "proposed"
    }
    again = dossier_of(opened, opened.assessment, dossier.advice)
    assert write_sheet(again, "full", "json", "nl") == content
