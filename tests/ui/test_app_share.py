"""Sharing on its page: what is found is shown, what is confirmed is needed, and names stay out."""

import pytest
from streamlit.testing.v1 import AppTest

from assessment.plan import decide, plan_for
from assessment.store import Store
from knowledge.base import knowledge_base
from knowledge.model import Answer
from knowledge.text import Language
from tests.support.amounts import driven
from tests.ui.test_app import CASE, app, calm, made, shown, store
from tests.ui.test_app_work import advice_on
from ui import navigation
from ui.words import say

pytestmark = pytest.mark.slow

__all__ = ["store"]  # a fixture

NOTE = "Lakshmi Devi belde op 12 maart vanaf lijn 3"


def noted(store: Store) -> str:
    """The case with a note, and an action with an owner."""
    answers = dict(CASE.answers)
    assessment = store.create("Klacht Shahi", knowledge_base().version, answers, {"talk.counterpart": NOTE})
    action = plan_for(advice_on(answers), {}).actions[-1]
    store.save_action(assessment, action.key, decide(action, owner="Ravi Kumar"), store.open(assessment).revision)
    return assessment


def offers_a_file(page: AppTest) -> bool:
    return bool(page.get("download_button"))


@pytest.mark.parametrize("language", driven("en"))
def test_hits_are_shown_before_a_file_is_made(store: Store, language: Language) -> None:
    page = app("share", language, b=noted(store))
    told = shown(page)
    assert NOTE in told
    for hit in ("Lakshmi Devi", "12 maart", "lijn 3", "Shahi"):
        assert f": {hit} → " in told, hit
    assert offers_a_file(page)
    assert say("share.others_about", language) in told
    assert say("share.hidden", language) in [one.value for one in page.warning]


def test_what_is_kept_is_looked_at_first(store: Store) -> None:
    assessment = noted(store)
    page = app("share", b=assessment)
    place = next(one for one in page.radio if ":note:talk.counterpart:" in str(one.key))
    assert place.value == "leave-out"
    calm(place.set_value("keep").run())
    assert not offers_a_file(page)
    calm(page.checkbox[0].check().run())
    assert offers_a_file(page)
    calm(page.text_input(key=f"typed:share:{assessment}:names:person").set_value("lakshmi DEVI").run())
    place = next(one for one in page.radio if ":note:talk.counterpart:" in str(one.key))
    assert place.value == "leave-out"  # its hits are others now, so it must be looked at again
    calm(place.set_value("replace").run())
    assert "een betrokkene belde op [moment] vanaf [afdeling]" in shown(page)


def test_the_full_version_asks_for_confirmation(store: Store) -> None:
    assessment = noted(store)
    page = app("share", b=assessment)
    calm(page.radio(key=f"share:{assessment}:version:nl").set_value("full").run())
    assert not offers_a_file(page)
    assert say("share.confirm_first", "nl") in shown(page)
    calm(page.checkbox(key=f"share:{assessment}:whole:nl").check().run())
    assert offers_a_file(page)


def test_without_a_hidden_source_nothing_needs_confirming(store: Store) -> None:
    answers: dict[str, Answer] = {
        "core.occasions": ("supplier-talk",),
        "core.heard-through": ("public",),
        "core.danger-events": ("none",),
        "core.promised": ("nothing",),
    }
    assessment = made(store, answers)
    page = app("share", b=assessment)
    assert not page.warning
    calm(page.radio(key=f"share:{assessment}:version:nl").set_value("full").run())
    assert offers_a_file(page)


def test_names_are_kept_in_the_session_of_the_window_only(store: Store) -> None:
    assessment = noted(store)
    page = app("share", b=assessment)
    calm(page.text_input(key=f"typed:share:{assessment}:names:supplier").set_value("Shahi").run())
    calm(page.switch_page(navigation.page("advice")).run())
    calm(page.switch_page(navigation.page("share")).run())
    assert page.text_input(key=f"typed:share:{assessment}:names:supplier").value == "Shahi"
    fresh = app("share", b=assessment)
    assert fresh.text_input(key=f"typed:share:{assessment}:names:supplier").value == ""


def test_readers_choose_how_much_is_told(store: Store) -> None:
    answers = dict(CASE.answers)
    assessment = store.create("Klacht", knowledge_base().version, answers, {"core.heard-through": "Van Priya"})
    page = app("share", b=assessment)
    assert "Van Priya" not in shown(page)
    calm(page.radio(key=f"share:{assessment}:readers:nl").set_value("own").run())
    assert "Van Priya" in shown(page)
