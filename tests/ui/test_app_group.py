"""Somebody's own table on the screen: what was understood is shown, the rest is asked, and reasons are never lost."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from assessment.portfolio.read.mapping import read_mapping
from assessment.store import Store
from knowledge.text import Language
from tests.support.amounts import driven
from tests.support.own_tables import ONE, SEVERAL, by_ids, by_labels, csv_text
from tests.ui.test_app import app, calm, shown, store
from ui.words import say

pytestmark = pytest.mark.slow

__all__ = ["store"]  # a fixture


def _button(page: AppTest, label: str) -> Any:
    return next(one for one in page.button if one.label == label)


def _given(page: AppTest, rows: list[list[str]]) -> AppTest:
    return calm(page.file_uploader[0].set_value([("tabel.csv", csv_text(rows).encode(), "text/csv")]).run())


@pytest.mark.parametrize("language", driven("en"))
def test_a_table_with_labels_is_shown_as_it_was_understood_and_scored(store: Store, language: Language) -> None:
    page = _given(app("portfolio", language), by_labels(language))
    assert say("mapping.title", language) in shown(page)
    assert ONE.text.in_(language) in shown(page)
    assert not page.selectbox
    calm(_button(page, say("portfolio.score", language, count=1)).click().run(timeout=120))
    assert say("portfolio.done", language, count=3) in [one.value for one in page.success]


def test_what_is_not_understood_is_asked_and_kept_as_a_mapping(store: Store) -> None:
    table = by_ids()
    table[0][1], table[1][1] = "Fase", "stap een"
    page = _given(app("portfolio"), table)
    (column,) = page.selectbox
    calm(column.select(ONE.id).run())
    calm(_button(page, say("portfolio.score", "nl", count=1)).click().run(timeout=120))
    assert say("portfolio.done", "nl", count=2) in [one.value for one in page.success]
    mapping = f'columns: {{"Fase": {ONE.id}}}\nvalues: {{}}\n'.encode()
    before = next(one for one in page.file_uploader if one.key == "group:mapping")
    calm(before.set_value(("indeling.yaml", mapping, "application/yaml")).run())
    (word,) = page.selectbox
    assert "stap een" in word.label
    calm(word.select(ONE.options[0].id).run())
    calm(_button(page, say("portfolio.score", "nl", count=1)).click().run(timeout=120))
    assert say("portfolio.done", "nl", count=3) in [one.value for one in page.success]
    assert read_mapping((mapping, "indeling.yaml")).columns == {"Fase": ONE.id}


@pytest.mark.parametrize("language", driven("nl"))
def test_when_every_row_is_wrong_the_reasons_are_shown(store: Store, language: Language) -> None:
    page = _given(app("portfolio", language), [["id", SEVERAL.id], ["a", "nonsense"], ["b", "nonsense"]])
    calm(_button(page, say("portfolio.score", language, count=1)).click().run(timeout=120))
    text = shown(page)
    assert f"2 · {SEVERAL.id}" in text and f"3 · {SEVERAL.id}" in text and "nonsense" in text
    assert "problems.csv" not in text
    labels = [one.proto.label for one in page.get("download_button")]
    assert say("portfolio.refused_file", language) in labels


def test_a_table_with_ids_asks_nothing(store: Store) -> None:
    page = _given(app("portfolio"), by_ids())
    assert say("mapping.title", "nl") not in shown(page)


def test_a_table_that_cannot_be_read_says_why(store: Store) -> None:
    page = app("portfolio")
    calm(page.file_uploader[0].set_value([("t.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "x/x")]).run())
    assert "oude werkmap" in shown(page)
    assert not [one for one in page.button if one.label == say("portfolio.score", "nl", count=1)]
