"""A source is hidden unless it is positively found that it may be known, whatever was left unanswered."""

from dataclasses import replace
from itertools import combinations

import pytest

from assessment.anonymity.source import must_be_default
from assessment.model import Assessment
from knowledge.base import knowledge_base
from knowledge.condition import UNKNOWN
from knowledge.model import Answer, Answers
from rules.engine.inference import inference
from rules.engine.memory import working_memory
from tests.support.nameless import KNOWN, bare

pytestmark = pytest.mark.slow

BASE = knowledge_base()
SAFETY = [question.id for question in BASE.questions.values() if question.protects]
SAFE: Answers = {
    "core.danger-events": ("none",),
    "core.danger-setting": ("none",),
    "core.reached-by": ("union",),
    "core.heard-through": ("complaint",),
    "core.may-pass-on": "all",
    "org.maybe-source": "no",
}
NEEDED = {"core.heard-through", "core.may-pass-on", "core.danger-events"}
"""Without an answer to one of these nobody said that the source may be known, or that nobody was harmed."""
SUBSETS = [frozenset(some) for size in range(len(SAFETY) + 1) for some in combinations(SAFETY, size)]


def hidden(answers: Answers) -> tuple[bool, bool]:
    """Whether the version without names goes first, and whether it was found that the source may be known."""
    given = Assessment(title="x", answers=answers, knowledge_version=BASE.version)
    dossier = replace(bare(KNOWN), assessment=given)  # the advice in it is not asked
    trace = inference().run(working_memory(answers, BASE.questions))
    return must_be_default(dossier), "facts.source-may-be-known" in trace.findings


def test_the_safe_answers_are_those_to_every_safety_question() -> None:
    assert SAFE.keys() == set(SAFETY)


@pytest.mark.parametrize("open_", SUBSETS, ids=lambda some: "+".join(sorted(some)) or "none")
def test_what_is_not_answered_hides_the_source(open_: frozenset[str]) -> None:
    answers: Answers = {"core.occasions": ("supplier-talk",)}
    answers |= {question: answer for question, answer in SAFE.items() if question not in open_}
    default, known = hidden(answers)
    assert default is not known
    if open_ & NEEDED:
        assert default


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("core.danger-events", ("punished",)),
        ("core.danger-events", ("traced",)),
        ("core.danger-events", ("home-visit",)),
        ("core.danger-events", ("nobody-can-know",)),
        ("core.heard-through", UNKNOWN),
        ("core.may-pass-on", "content"),
        ("core.may-pass-on", "theme"),
        ("core.may-pass-on", "nothing"),
        ("core.may-pass-on", "not-asked"),
        ("core.may-pass-on", "cannot-ask"),
        ("core.may-pass-on", UNKNOWN),
    ],
)
def test_one_answer_that_is_not_safe_hides_the_source(question: str, answer: Answer) -> None:
    safe: Answers = {"core.occasions": ("supplier-talk",), **SAFE}
    assert hidden(safe) == (False, True)
    assert hidden({**safe, question: answer}) == (True, False)


def test_a_promise_of_secrecy_hides_the_source_where_nothing_was_heard() -> None:
    answers: Answers = {
        "core.occasions": ("supplier-talk",),
        "core.danger-events": ("none",),
        "core.heard-through": ("audit",),
        "core.promised": ("nothing",),
    }
    assert hidden(answers) == (False, True)
    assert hidden({**answers, "core.promised": ("secret",)}) == (True, False)
