"""The pages of the listening chooser and the partner finder, without a browser."""

import pytest

from assessment.store import Store
from knowledge.adviser_texts import guides
from knowledge.base import knowledge_base
from knowledge.text import Language
from tests.support.amounts import driven
from tests.ui.test_app import app, made, shown, store
from ui.words import escaped, say

pytestmark = pytest.mark.slow

__all__ = ["store"]  # a fixture

CASES = knowledge_base().scenarios


@pytest.mark.parametrize("language", driven("nl"))
def test_the_ways_to_hear_workers_stand_side_by_side(store: Store, language: Language) -> None:
    page = app("listening", language, b=made(store, dict(CASES["invented-garment-bangladesh-audit"].answers)))
    told = "\n".join([shown(page), *(one.label for one in page.expander)])
    for method in guides().listening.methods:
        assert escaped(method.title.in_(language)) in told
    danger = next(piece for piece in guides().listening.rules_out if piece.id == "audit-in-danger")
    assert escaped(danger.text.in_(language)) in told


@pytest.mark.parametrize("language", driven("en"))
def test_the_partners_of_the_chosen_goal_stand_there(store: Store, language: Language) -> None:
    page = app("partners", language, b=made(store, dict(CASES["pakistan-minimum-wage"].answers)))
    told = shown(page)
    kind = next(piece for piece in guides().partners.kinds if piece.id == "kind-government")
    other = next(piece for piece in guides().partners.kinds if piece.id == "kind-peers")
    assert escaped(kind.text.in_(language)) in told and escaped(other.text.in_(language)) not in told


@pytest.mark.parametrize("name", ["listening", "partners"])
def test_without_an_assessment_or_about_something_else_the_page_says_what_to_do(store: Store, name: str) -> None:
    assert say("questions.none", "nl") in shown(app(name))
    page = app(name, b=made(store, {"start.preparing": ("conversation",)}))
    assert say(f"adviserelsewhere.{name}", "nl") in shown(page)
