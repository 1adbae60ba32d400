"""Random small knowledge bases, rule bases and answers, drawn by Hypothesis."""

from types import MappingProxyType
from typing import Any

from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answer, Answers, Question, Theme
from rules.model import Rule, RuleBase
from rules.normal_form import TooManyWaysError

TEXT = {"nl": "tekst", "en": "text"}
LETTERS = "abcd"


def _question(data: Any, number: int, earlier: list[Question]) -> Question:
    kind = data.draw(st.sampled_from(["one", "one", "several", "number"]))
    fields: dict[str, Any] = {
        "id": f"t.q{number}", "text": TEXT, "why": TEXT, "kind": kind, "element": "knowledge", "step": "identify",
        "not_applicable": data.draw(st.booleans()),
    }  # fmt: skip
    if kind == "number":
        fields["number"] = {"minimum": 0, "maximum": 9, "unit": TEXT}
    else:
        fields["options"] = [{"id": letter, "label": TEXT} for letter in LETTERS[: data.draw(st.integers(2, 4))]]
    if earlier and data.draw(st.booleans()):
        fields["ask_when"] = _condition(data, earlier, [], depth=1)
    return Question.model_validate(fields)


def _leaf(data: Any, questions: list[Question], rules: list[str]) -> dict[str, Any]:
    if rules and data.draw(st.integers(0, 2)) == 0:
        return {"finding": data.draw(st.sampled_from(rules))}
    question = data.draw(st.sampled_from(questions))
    if data.draw(st.integers(0, 5)) == 0:
        return {"question": question.id, "is": UNKNOWN}
    if question.kind == "number":
        return {
            "question": question.id,
            data.draw(st.sampled_from(["at_least", "at_most"])): data.draw(st.integers(0, 9)),
        }
    ids = [option.id for option in question.options]
    if question.kind == "several":
        return {"question": question.id, "includes": data.draw(st.sampled_from(ids))}
    accepted = data.draw(st.lists(st.sampled_from([*ids, UNKNOWN]), min_size=1, max_size=3, unique=True))
    if len(accepted) == 1:
        return {"question": question.id, "is": accepted[0]}
    return {"question": question.id, "is_one_of": accepted}


def _condition(data: Any, questions: list[Question], rules: list[str], depth: int = 2) -> dict[str, Any]:
    if depth == 0 or data.draw(st.integers(0, 2)) == 0:
        return _leaf(data, questions, rules)
    key = data.draw(st.sampled_from(["all", "any", "none"]))
    return {key: [_condition(data, questions, rules, depth - 1) for _ in range(data.draw(st.integers(1, 3)))]}


@st.composite
def rule_bases(draw: Any) -> RuleBase:
    """A rule base of 2 to 9 rules in layers over 2 to 6 questions, every condition within the limit of ways."""

    class Data:
        def draw(self, strategy: Any) -> Any:
            return draw(strategy)

    data = Data()
    questions: list[Question] = []
    for number in range(data.draw(st.integers(2, 6))):
        questions.append(_question(data, number, questions))
    rules: dict[str, Rule] = {}
    for number in range(data.draw(st.integers(2, 9))):
        when = _condition(data, questions, list(rules))
        rules[f"t.r{number}"] = Rule.model_validate({"id": f"t.r{number}", "says": TEXT, "when": when})
    theme = Theme.model_validate({"id": "t", "title": TEXT, "about": TEXT})
    knowledge = KnowledgeBase(
        MappingProxyType({}),
        MappingProxyType({"t": theme}),
        MappingProxyType({question.id: question for question in questions}),
        *[MappingProxyType({})] * 5,
    )
    base = RuleBase(MappingProxyType(rules), knowledge)
    try:
        _ = base.ways, base.refutations
    except TooManyWaysError:
        return draw(rule_bases())  # type: ignore[no-any-return]
    return base


def answers_to(question: Question) -> st.SearchStrategy[Answer]:
    """Any answer that the question takes."""
    extra: list[Answer] = [UNKNOWN, *([NOT_APPLICABLE] if question.not_applicable else [])]
    if question.number is not None:
        return st.sampled_from(extra) | st.integers(question.number.minimum, question.number.maximum)
    if question.kind == "one":
        return st.sampled_from([*extra, *(option.id for option in question.options)])
    alone = [(option.id,) for option in question.options if option.exclusive]
    free = [option.id for option in question.options if not option.exclusive]
    chosen = st.sets(st.sampled_from(free), min_size=1).map(
        lambda some: tuple(option.id for option in question.options if option.id in some)
    )
    return st.sampled_from([*extra, *alone]) | chosen


@st.composite
def answer_sets(draw: Any, knowledge: KnowledgeBase) -> Answers:
    """Complete or partial answers, in any order, former answers to questions that are not asked among them."""
    share = draw(st.sampled_from([0.3, 0.7, 1.0]))
    answers: Answers = {}
    for question in draw(st.permutations(list(knowledge.questions.values()))):
        if draw(st.floats(0, 1)) <= share:
            answers[question.id] = draw(answers_to(question))
    return answers
