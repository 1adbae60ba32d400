"""The page where a text is looked through before it is sent."""

import pytest

from assessment.drafts.check import LONGEST
from assessment.store import Store
from knowledge.base import knowledge_base
from knowledge.drafts import drafts
from knowledge.text import LANGUAGES, Language
from tests.support.nameless import KNOWN, bare
from tests.ui.test_app import app, calm, made, shown, store
from ui import navigation
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


def test_a_text_is_there_again_after_looking_elsewhere_and_stays_when_it_is_too_long(store: Store) -> None:
    page = app("draft")
    page.text_area[0].set_value(TEXT)
    calm(page.text_input[0].set_value("x" * (LONGEST + 1)).run())
    assert say("field.too_long", "nl", most=LONGEST) in [one.value for one in page.error]
    calm(page.switch_page(navigation.page("start")).run())
    calm(page.switch_page(navigation.page("draft")).run())
    assert page.text_area[0].value == TEXT and len(page.text_input[0].value or "") > LONGEST
    assert not store.count()


def test_with_an_open_assessment_its_answers_tell_whether_the_source_may_be_known(store: Store) -> None:
    page = app("draft", b=made(store, dict(bare(KNOWN).assessment.answers)))
    page.text_area[0].set_value(TEXT)
    calm(page.button[0].click().run())
    told = shown(page) + "".join(str(one.proto.body) for one in page.get("html"))
    assert say("draft.open", "nl") in told
    assert say("draftkind.source", "nl") not in told and say("draftkind.yes-no", "nl") in told
