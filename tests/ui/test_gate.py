"""Every file that leaves goes through one gate: each download in the code is listed here; one that is new fails."""

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import ui
from assessment.store import Store
from knowledge.base import knowledge_base
from knowledge.model import Answer
from tests.ui.test_app import app, calm, made, store
from ui.words import say

pytestmark = pytest.mark.slow

__all__ = ["store"]  # a fixture

UI = Path(ui.__file__).parent
WAYS_OUT = {"download_button", "dataframe", "data_editor"}
"""What in Streamlit hands out a file: a table of these has a button that saves it."""
GATED = {
    "parts/document_view.py": 1,
    "screens/advice/advice_page.py": 1,
    "screens/advice/compare_page.py": 1,
    "screens/group/portfolio_page.py": 1,
    "screens/home/data_page.py": 1,
    "screens/share/share_panel.py": 2,
    "screens/trainer/own_case.py": 1,
    "screens/trainer/trainer_desk.py": 1,
}
HARMLESS = {
    ("screens/browse/knowledge_page.py", "public"): "our own content",
    ("screens/group/own_table.py", "own-input"): "the mapping that the user just made of their own columns",
    ("screens/group/portfolio_page.py", "public"): "an empty table",
    ("screens/group/portfolio_page.py", "own-input"): "the rows that were refused, with why",
    ("screens/group/portfolio_page.py", "totals"): "the report, of groups of five and more",
    ("screens/share/share_panel.py", "for-others"): "the version for others, after what stays was read",
    ("screens/trainer/measure_view.py", "totals"): "the totals of a test, without those under the fewest",
    ("screens/trainer/trainer_desk.py", "public"): "a case that comes along with the program",
}
SAFE: dict[str, Answer] = {
    "core.occasions": ("supplier-talk",),
    "core.heard-through": ("public",),
    "core.danger-events": ("none",),
    "core.promised": ("nothing",),
}


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """Every call in ui: its file, the name that is called, and the call."""
    for file in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
                yield file.relative_to(UI).as_posix(), name, node


def test_nothing_leaves_but_through_the_gate() -> None:
    ways = {(file, name) for file, name, _ in calls() if name in WAYS_OUT}
    assert ways == {("parts/gate.py", "download_button")}
    assert {file for file, name, _ in calls() if name == "Passed"} == {"parts/gate.py"}
    assert Counter(file for file, name, _ in calls() if name == "gate") == GATED
    why = {(file, str(ast.literal_eval(call.args[0]))) for file, name, call in calls() if name == "harmless"}
    assert why == set(HARMLESS)


def offered(page: AppTest) -> set[str]:
    return {one.proto.label for one in page.get("download_button")}


CASES = {
    "conversation": "company-b",
    "listening": "invented-garment-bangladesh-audit",
    "partners": "pakistan-minimum-wage",
    "dialogue": "rajasthan-2023",
}


@pytest.mark.parametrize("name", CASES)
def test_a_tool_hands_out_its_sheet_after_the_tick_only(store: Store, name: str) -> None:
    page = app(name, b=made(store, dict(knowledge_base().scenarios[CASES[name]].answers)))
    (tick,) = [one for one in page.checkbox if one.label == say("share.confirm", "nl")]
    assert not offered(page) and say("share.hidden", "nl") in [one.value for one in page.warning]
    calm(tick.check().run())
    assert len(offered(page)) == 4


def test_no_tick_is_asked_where_it_is_found_that_the_source_may_be_known(store: Store) -> None:
    page = app("conversation", b=made(store, SAFE))
    assert len(offered(page)) == 4 and not [one for one in page.checkbox if one.label == say("share.confirm", "nl")]


def test_a_copy_of_everything_and_a_comparison_ask_for_the_tick(store: Store) -> None:
    first = made(store, SAFE)
    data = app("data")
    assert not offered(data)
    calm(data.checkbox(key="data:whole:nl").check().run())
    assert offered(data) == {say("data.export_do", "nl"), say("data.backup_do", "nl")}
    other = made(store, dict(knowledge_base().scenarios["company-a"].answers))
    page = app("compare", first=first, second=other)
    assert not offered(page)
    calm(page.checkbox(key="compare:whole:nl").check().run())
    assert offered(page) == {say("compare.text", "nl")}
