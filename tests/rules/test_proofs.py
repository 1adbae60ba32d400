"""What is proved holds for every set of answers; and a rule base in which it does not hold is found out."""

from types import MappingProxyType
from typing import Any

import pytest

from knowledge.base import knowledge_base
from knowledge.text import Text
from knowledge.yaml_files import ContentError
from rules.engine.inference import reference
from rules.engine.memory import working_memory
from rules.model import Rule, RuleBase, rule_base
from rules.proofs.statements import Result, prove
from rules.theorems import THEOREMS, Implied, Theorem, Theorems, load_theorems

NOTHING = Theorems(theorems=())
SAYS = Text(nl="iets", en="something")


def failed(base: RuleBase, theorems: Theorems = NOTHING, theme: str | None = None) -> dict[str, Result]:
    return {result.name: result for result in prove(base, theorems, theme) if not result.holds}


def changed(**rules: dict[str, Any]) -> RuleBase:
    """The rule base with some rules replaced or added, at the end."""
    base = rule_base()
    new = {name.replace("__", ".").replace("_", "-"): fields for name, fields in rules.items()}
    kept = {rule_id: rule for rule_id, rule in base.rules.items() if rule_id not in new}
    added = {rule_id: Rule.model_validate({"id": rule_id, "says": SAYS, **fields}) for rule_id, fields in new.items()}
    return RuleBase(MappingProxyType({**kept, **added}), base.knowledge)


@pytest.mark.slow
def test_every_statement_about_the_rule_base_is_proved() -> None:
    base = rule_base()
    results = list(prove(base, load_theorems(base)))
    assert [f"{one.name}: {one.answers}" for one in results if not one.holds] == []
    assert len(results) > 2 * len(base.rules)


def theorem(**fields: Any) -> Theorems:
    return Theorems(theorems=(Theorem.model_validate({"id": "X-test", "says": SAYS, "basis": "inferred", **fields}),))


def test_a_broken_theorem_gives_the_smallest_answers_that_break_it() -> None:
    base = rule_base()
    rule = next(rule for rule in base.rules.values() if rule.lesson == "WL-barrier-fear-of-reprisal")
    found = failed(base, theorem(never=[rule.lesson]), theme=rule.theme)["X-test"]
    assert found.answers is not None and len(found.answers) == 1
    trace = reference(base, working_memory(found.answers, knowledge_base().questions))
    assert rule.id in trace.findings


def test_the_parts_of_a_theorem_each_count() -> None:
    barrier, curious = "WL-barrier-fear-of-reprisal", "PR-curious-listening-stance"
    risk, safe = ({"question": "start.people-at-risk", "is": one} for one in ("yes", "no"))
    unsafe = {"question": "start.people-at-risk", "is_one_of": ["yes", "unknown"]}
    holding = [
        {"when": risk, "always": [barrier]},
        {"when": risk, "one_of": [barrier, curious]},
        {"when": safe, "never": [barrier]},
        {"unless": unsafe, "never": [barrier]},
        {"advised": [barrier], "then": unsafe},
    ]
    broken = [
        {"when": risk, "always": [barrier, curious]},
        {"advised": [curious], "one_of": [barrier]},
        {"unless": risk, "never": [barrier]},
        {"advised": [barrier], "then": risk},
    ]
    every = Theorems(theorems=tuple(one for fields in holding + broken for one in theorem(**fields).theorems))
    found = [result.holds for result in prove(rule_base(), every, "start") if result.name == "X-test"]
    assert found == [True] * len(holding) + [False] * len(broken)


def test_a_rule_that_can_never_apply_is_found() -> None:
    never = {
        "all": [
            {"question": "start.people-at-risk", "is": "yes"},
            {"none": [{"finding": "start.people-could-get-into-trouble"}]},
        ]
    }
    assert "can apply: start.never" in failed(changed(start__never={"when": never}), theme="start")


def test_a_rule_that_another_implies_is_found_unless_it_is_listed() -> None:
    wide = next(rule for rule in rule_base().rules.values() if rule.id == "start.people-could-get-into-trouble")
    base = changed(
        start__narrow={"when": {"question": "start.people-at-risk", "is": "yes"}, "lesson": wide.lesson},
    )
    name = f"not implied: start.narrow by {wide.id}"
    assert name in failed(base, theme="start")
    listed = Theorems(theorems=(), implied=(Implied(rule="start.narrow", by=wide.id, reason="for the test"),))
    assert name not in failed(base, listed, theme="start")


def test_a_better_answer_that_brings_a_safety_finding_is_found() -> None:
    question = next(one for one in knowledge_base().questions.values() if one.scored and one.kind == "one")
    best = max(question.options, key=lambda option: option.points or 0)
    rule = {"when": {"question": question.id, "is": best.id}, "lesson": "WL-barrier-fear-of-reprisal"}
    found = failed(changed(start__perverse=rule), theme=question.theme)
    assert f"more points never lower the score: {question.id}" in found


def test_a_question_that_cannot_change_the_advice_is_found() -> None:
    base = rule_base()
    quiet = {rule.id: rule for rule in base.rules.values() if "start.people-at-risk" not in base.reach[rule.id]}
    found = failed(RuleBase(MappingProxyType(quiet), base.knowledge), theme="start")
    assert "can change the advice: start.people-at-risk" in found


def test_a_theorem_about_nothing_is_refused(tmp_path: Any) -> None:
    for old, new in (("FU-stick-to-facts", "FU-no-such-lesson"), ("is: no}", "is: perhaps}"), ("then:", "dan:")):
        path = tmp_path / "rules" / "theorems.yaml"
        path.parent.mkdir(exist_ok=True)
        text = THEOREMS.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(ContentError, match=r"theorems\.yaml"):
            load_theorems(rule_base(), path)
