"""The reference meaning, case by case, as design and glossary say it."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from knowledge.condition import Condition
from knowledge.model import Question
from rules.engine.memory import working_memory
from rules.meaning import NOT_ASKED, UNANSWERED, Fact, Truth, evidence, truth

CONDITION: TypeAdapter[Any] = TypeAdapter(Condition)
TEXT = {"nl": "tekst", "en": "text"}


def holds(condition: dict[str, Any], findings: dict[str, Truth] | None = None, **answers: Any) -> Truth:
    return truth(CONDITION.validate_python(condition), answers, findings or {})


@pytest.mark.parametrize(
    ("test", "answer", "expected"),
    [
        ({"is": "a"}, "a", True),
        ({"is": "a"}, "b", False),
        ({"is": "a"}, "unknown", None),
        ({"is": "a"}, "not-applicable", False),
        ({"is": "a"}, UNANSWERED, None),
        ({"is": "a"}, NOT_ASKED, False),
        ({"is": "unknown"}, "unknown", True),
        ({"is": "unknown"}, "a", False),
        ({"is": "unknown"}, UNANSWERED, None),
        ({"is": "unknown"}, NOT_ASKED, False),
        ({"is": "not-applicable"}, "not-applicable", True),
        ({"is": "not-applicable"}, "unknown", None),
        ({"is_one_of": ["a", "unknown"]}, "unknown", True),
        ({"is_one_of": ["a", "b"]}, "unknown", None),
        ({"includes": "a"}, ("a", "b"), True),
        ({"includes": "a"}, ("b",), False),
        ({"includes": "a"}, "unknown", None),
        ({"includes": "a"}, "not-applicable", False),
        ({"includes": "a"}, UNANSWERED, None),
        ({"includes": "a"}, NOT_ASKED, False),
        ({"at_least": 10}, 10, True),
        ({"at_least": 10}, 9, False),
        ({"at_most": 10}, 10, True),
        ({"at_most": 10}, 11, False),
        ({"at_least": 10}, "unknown", None),
        ({"at_most": 10}, NOT_ASKED, False),
    ],
)
def test_a_test_on_an_answer(test: dict[str, Any], answer: Any, expected: Truth) -> None:
    assert holds({"question": "q", **test}, q=answer) is expected
    negated: Truth = None if expected is None else not expected
    assert holds({"none": [{"question": "q", **test}]}, q=answer) is negated


@pytest.mark.parametrize(
    ("first", "second", "all_", "any_"),
    [
        (True, True, True, True),
        (True, None, None, True),
        (True, False, False, True),
        (None, None, None, None),
        (None, False, False, None),
        (False, False, False, False),
    ],
)
def test_all_and_any_take_three_values(first: Truth, second: Truth, all_: Truth, any_: Truth) -> None:
    parts = [{"finding": "t.a"}, {"finding": "t.b"}]
    for known in ({"t.a": first, "t.b": second}, {"t.a": second, "t.b": first}):
        assert holds({"all": parts}, known) is all_
        assert holds({"any": parts}, known) is any_


def test_evidence_keeps_only_the_grounds_that_are_enough_by_themselves() -> None:
    condition = CONDITION.validate_python(
        {
            "any": [
                {"question": "q", "is": "a"},
                {"all": [{"question": "q", "is": "a"}, {"question": "p", "is": "b"}]},
                {"all": [{"question": "p", "is": "b"}, {"none": [{"finding": "t.no"}]}]},
            ]
        }
    )
    found = evidence(condition, {"q": "a", "p": "b"}, {"t.no": False})
    q, p, no = Fact("answer", "q"), Fact("answer", "p"), Fact("finding", "t.no", holds=False)
    assert found == {frozenset({q}), frozenset({p, no})}


def test_a_question_that_is_not_asked_keeps_its_former_answer_out_of_sight() -> None:
    def question(name: str, **more: Any) -> Question:
        options = [{"id": "yes", "label": TEXT}, {"id": "no", "label": TEXT}]
        fixed = {"text": TEXT, "why": TEXT, "kind": "one", "element": "knowledge", "step": "embed", "options": options}
        return Question.model_validate({"id": name, **fixed, **more})

    questions = {
        "t.gate": question("t.gate"),
        "t.inner": question("t.inner", ask_when={"question": "t.gate", "is": "yes"}),
        "t.deep": question("t.deep", ask_when={"question": "t.inner", "is": "yes"}),
    }
    stored = {"t.gate": "no", "t.inner": "yes", "t.deep": "no"}
    memory = working_memory(stored, questions)
    assert dict(memory.facts) == {"t.gate": "no", "t.inner": NOT_ASKED, "t.deep": NOT_ASKED}
    memory = working_memory({**stored, "t.gate": "unknown"}, questions)
    assert dict(memory.facts) == {"t.gate": "unknown", "t.inner": UNANSWERED, "t.deep": UNANSWERED}
    assert memory.asked == {"t.gate": True, "t.inner": None, "t.deep": None}
    assert dict(working_memory({**stored, "t.gate": "yes"}, questions).facts) == {**stored, "t.gate": "yes"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"question": "q"},
        {"question": "q", "is_not": "a"},
        {"question": "q", "is": "a", "includes": "a"},
        {"all": []},
        {"some": [{"finding": "t.a"}]},
        {"finding": "t.a", "none": []},
        "q is a",
        {"question": "q", "at_least": "many"},
    ],
)
def test_the_language_is_closed(wrong: Any) -> None:
    with pytest.raises(ValidationError):
        CONDITION.validate_python(wrong)
