"""The page of one's data: one text is chosen among all that were ever written, and taken away for good."""

import pytest

from assessment.store import Store
from knowledge.base import knowledge_base
from knowledge.text import Language
from tests.support.amounts import driven
from tests.ui.test_app import app, calm, made, shown, store
from ui.screens.home.written_texts import Written
from ui.words import say

pytestmark = pytest.mark.slow

__all__ = ["store"]  # a fixture

MARKER = "notitiewoordfatima"


@pytest.mark.parametrize("language", driven("en"))
def test_a_note_that_was_emptied_is_taken_away_for_good(store: Store, language: Language) -> None:
    one = made(store, {"core.first": "supplier-talk"})
    for text in (MARKER, ""):
        store.save_note(one, "core.first", text, store.open(one).revision)
    page = app("data", language)
    calm(page.selectbox(key=f"data:erase:{language}").set_value(one).run())
    which = page.selectbox(key=f"data:erase:{one}:{language}")
    asked = knowledge_base().questions["core.first"].text.in_(language)
    assert which.options == [say("data.erase_note", language, about=asked)]
    calm(which.set_value(Written("note", "core.first")).run())
    calm(page.button(key="data:erase:do").click().run())
    gate = say("share.many", language)  # at the files to take along
    assert [one.value for one in page.warning] == [gate, say("data.erase_warning", language)]
    calm(page.button(key="data:erase:not").click().run())
    assert MARKER in repr(store.history(one))
    calm(page.button(key="data:erase:do").click().run())
    calm(page.button(key="data:erase:sure").click().run())
    assert [one.value for one in page.success] == [say("data.erased", language)]
    assert MARKER not in repr(store.history(one))
    assert say("data.erase_nothing", language) in shown(page)
