"""Downloads on the pages: sheets that are chosen, and an advice file that is opened again."""

from dataclasses import replace
from io import BytesIO

import docx
import pytest
from streamlit.testing.v1 import AppTest

from assessment.sheets.purposes import MIME, PURPOSES, offered, write_sheet
from assessment.sheets.words import labels
from assessment.sheets.writers.word.lent import NOT_WORD
from assessment.store import Store
from knowledge.text import Language
from tests.support.amounts import driven
from tests.support.sheet_dossiers import decided, of_case, with_lapsed
from tests.ui.test_app import CASE, app, calm, made, store
from ui.parts.downloads import dossier_of
from ui.words import escaped, say

pytestmark = pytest.mark.slow

__all__ = ["store"]  # a fixture


def sharing(store: Store, language: Language = "nl", case: str | None = CASE.id) -> tuple[AppTest, str]:
    """The page to download and share on, with the whole version chosen, and the key of its fields."""
    made_now = made(store, dict(CASE.answers), case)
    page = app("share", language, b=made_now)
    calm(page.radio(key=f"share:{made_now}:version:{language}").set_value("full").run())
    assert not page.get("download_button")
    calm(page.checkbox(key=f"share:{made_now}:whole:{language}").check().run())
    assert page.selectbox(key=f"share:{made_now}:purpose:{language}").value == "director", "what most come for"
    calm(page.selectbox(key=f"share:{made_now}:purpose:{language}").set_value("full").run())
    return page, f"share:{made_now}"


@pytest.mark.parametrize("language", driven("nl"))
def test_each_sheet_is_offered_in_its_forms(store: Store, language: Language) -> None:
    page, key = sharing(store, language)
    chosen = page.selectbox(key=f"{key}:purpose:{language}")
    fit = offered(of_case(CASE.id))
    assert chosen.options == [PURPOSES[name].title.in_(language) for name in fit] and len(fit) < len(PURPOSES)
    (others,) = [one for one in page.expander if one.label == say("downloads.others", language)]
    told = others.markdown[0].value
    assert all(escaped(PURPOSES[name].title.in_(language)) in told for name in PURPOSES if name not in fit)
    calm(page.selectbox(key=f"{key}:form:full:{language}").set_value("ics").run())
    assert escaped(labels(language)["unfit.dates"]) in [one.value for one in page.info]
    for purpose in ("full", "director"):
        calm(page.selectbox(key=f"{key}:purpose:{language}").set_value(purpose).run())
        assert page.selectbox(key=f"{key}:form:{purpose}:{language}").options == [
            say(f"form.{form}", language) for form in PURPOSES[purpose].forms
        ]


def test_what_was_answered_can_be_left_out_of_the_full_advice_only(store: Store) -> None:
    page, key = sharing(store)
    assert page.checkbox(key=f"{key}:answers:nl").value
    for form, there in (("json", False), ("csv", False), ("docx", True)):
        calm(page.selectbox(key=f"{key}:form:full:nl").set_value(form).run())
        assert (f"{key}:answers:nl" in {one.key for one in page.checkbox}) == there
    calm(page.selectbox(key=f"{key}:purpose:nl").set_value("director").run())
    assert f"{key}:answers:nl" not in {one.key for one in page.checkbox}


def test_a_handout_is_offered_for_a_case_only(store: Store) -> None:
    page, key = sharing(store, case=None)
    assert PURPOSES["trainer"].title.nl not in page.selectbox(key=f"{key}:purpose:nl").options


def test_a_companys_document_is_taken_or_refused_in_one_line(store: Store) -> None:
    saved = BytesIO()
    docx.Document().save(saved)
    page, key = sharing(store)
    calm(page.selectbox(key=f"{key}:form:full:nl").set_value("docx").run())
    for content, told in ((saved.getvalue(), []), (saved.getvalue()[:2000], [escaped(NOT_WORD.nl)])):
        (reference,) = [one for one in page.file_uploader if one.key == f"{key}:reference:nl"]
        calm(reference.set_value(("stijl.docx", content, MIME["docx"])).run())
        assert [one.value for one in page.error] == told


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
