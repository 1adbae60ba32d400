"""The page where a text is looked through before it is sent."""

import pytest

from assessment.store import Store
from knowledge.base import knowledge_base
from knowledge.drafts import drafts
from knowledge.text import LANGUAGES, Language
from tests.support.nameless import KNOWN, bare
from tests.ui.test_app import app, calm, made, shown, store
from ui.words import say

pytestmark = pytest.mark.slow

__all__ = ["store"]  # a fixture

TEXT = "Werknemers vertelden ons dit. <b>Klopt het dat</b> lijn drie stopt?"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pasted_text_is_marked_with_the_better_sentence_and_kept_nowhere(store: Store, language: Language) -> None:
    page = app("draft", language)
    calm(page.button[0].click().run())
    assert [one.value for one in page.error] == [say("draft.empty", language)]
    page.text_area[0].set_value(TEXT)
    calm(page.button[0].click().run())
    told = shown(page) + "".join(str(one.proto.body) for one in page.get("html"))
    for name in ("somebody-told", "is-it-true"):
        (mark,) = [one for one in drafts().marks if one.id == name]
        lesson = knowledge_base().lessons[mark.lessons[0]]
        for text in (mark.because.in_(language), mark.better.nl, lesson.advice.in_(language)):  # the text is Dutch
            assert text in told, text
    assert "<b>Klopt" not in told and say("draft.no_assessment", language) in told
    assert say("draft.read_yourself", language) in [one.value for one in page.warning]
    assert not store.count()


def test_with_an_open_assessment_its_answers_tell_whether_the_source_may_be_known(store: Store) -> None:
    page = app("draft", b=made(store, dict(bare(KNOWN).assessment.answers)))
    page.text_area[0].set_value(TEXT)
    calm(page.button[0].click().run())
    told = shown(page) + "".join(str(one.proto.body) for one in page.get("html"))
    assert say("draft.open", "nl") in told
    assert say("draftkind.source", "nl") not in told and say("draftkind.yes-no", "nl") in told
