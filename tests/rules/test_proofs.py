"""What is proved holds for every set of answers; and a rule base in which it does not hold is found out."""

from functools import cache
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from knowledge.base import knowledge_base
from knowledge.model import Answers
from knowledge.text import Text
from knowledge.yaml_files import ContentError
from rules.engine.inference import reference
from rules.engine.memory import working_memory
from rules.model import Rule, RuleBase, rule_base
from rules.proofs.space import AnswerSpace
from rules.proofs.statements import statements
from rules.theorems import THEOREMS, Implied, Theorem, Theorems, Verdicts, load_theorems

pytestmark = pytest.mark.slow

PARTS = 2
"""Which can be proved at the same time."""
NOTHING = Theorems(theorems=())
SAYS = Text(nl="iets", en="something")


space = cache(AnswerSpace)
"""A rule base as Z3 has it, for all that is proved about it here."""


def proved(
    name: str, base: RuleBase, theorems: Theorems = NOTHING, theme: str | None = None
) -> list[tuple[bool, Answers | None]]:
    """Whether the statements of this name hold, and answers for which one does not; no other is proved."""
    return [work() for one, _, work in statements(base, theorems, theme, space(base)) if one == name]


def fails(name: str, base: RuleBase, theorems: Theorems = NOTHING, theme: str | None = None) -> bool:
    return any(not holds for holds, _ in proved(name, base, theorems, theme))


def changed(**rules: dict[str, Any]) -> RuleBase:
    """The rule base with some rules replaced or added, at the end."""
    base = rule_base()
    new = {name.replace("__", ".").replace("_", "-"): fields for name, fields in rules.items()}
    kept = {rule_id: rule for rule_id, rule in base.rules.items() if rule_id not in new}
    added = {rule_id: Rule.model_validate({"id": rule_id, "says": SAYS, **fields}) for rule_id, fields in new.items()}
    return RuleBase(MappingProxyType({**kept, **added}), base.knowledge)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_statement_about_the_rule_base_is_proved(part: int) -> None:
    base = rule_base()
    every = statements(base, load_theorems(base), None, space(base))
    found = [(name, *work()) for name, _, work in islice(every, part, None, PARTS)]
    assert [(name, answers) for name, holds, answers in found if not holds] == []
    assert len(found) > 2 * len(base.rules) // PARTS


def theorem(**fields: Any) -> Theorems:
    return Theorems(theorems=(Theorem.model_validate({"id": "X-test", "says": SAYS, "basis": "inferred", **fields}),))


def test_a_broken_theorem_gives_the_smallest_answers_that_break_it() -> None:
    base = rule_base()
    rules = {rule.id: rule.theme for rule in base.rules.values() if rule.lesson == "WL-barrier-fear-of-reprisal"}
    never = theorem(never=["WL-barrier-fear-of-reprisal"])
    ((holds, answers),) = proved("X-test", base, never, theme=next(iter(rules.values())))
    assert not holds and answers is not None and len(answers) == 1
    trace = reference(base, working_memory(answers, knowledge_base().questions))
    assert rules.keys() & trace.findings.keys()


def test_the_parts_of_a_theorem_each_count() -> None:
    barrier, curious = "WL-barrier-fear-of-reprisal", "PR-curious-listening-stance"
    risk, safe = ({"finding": one} for one in ("facts.danger", "facts.no-danger"))
    told = {"question": "core.danger-setting", "includes": "few"}
    exposing = {"acts": ["note-names-or-record"], "never": ["go-ahead", "first-this"]}
    hearing = {"means": ["talk"], "cards": ["hear-safely"], "never": ["go-ahead"]}
    reprisal = {"all": [{"finding": "facts.reprisal"}, {"question": "core.occasions", "includes": "worker-talk"}]}
    holding: list[dict[str, Any]] = [
        {"when": risk, "always": [barrier]},
        {"when": risk, "one_of": [barrier, curious]},
        {"when": told, "always": [barrier]},
        {"when": safe, "then": {"none": [risk]}},
        {"when": risk, "verdicts": exposing},
        {"when": reprisal, "verdicts": hearing},
    ]
    broken: list[dict[str, Any]] = [
        {"when": risk, "always": [barrier, curious]},
        {"advised": [curious], "one_of": [barrier]},
        {"unless": told, "never": [barrier]},
        {"advised": [barrier], "then": told},
        {"verdicts": exposing},
        {"when": risk, "verdicts": hearing},
    ]
    every = Theorems(theorems=tuple(one for fields in holding + broken for one in theorem(**fields).theorems))
    found = [holds for holds, _ in proved("X-test", rule_base(), every, "listening")]
    assert found == [True] * len(holding) + [False] * len(broken)


def test_a_good_way_is_named_by_its_means_and_not_by_its_card() -> None:
    base = rule_base()
    by_means = Verdicts(means=("talk",), never=("go-ahead",))
    by_card = Verdicts(cards=("hear-safely",), but=("talk-with-people",), never=("go-ahead",))
    acts = [{base.verdicts[rule].act for rule in one.rules(base)} for one in (by_means, by_card)]
    assert any(act.good for act in acts[0]) and all(act.means == "talk" for act in acts[0])
    assert acts[1] and not any(act.good or act.id == "talk-with-people" for act in acts[1])


def test_a_rule_that_can_never_apply_is_found() -> None:
    never = {
        "all": [{"question": "core.danger-events", "includes": "punished"}, {"none": [{"finding": "facts.reprisal"}]}]
    }
    assert fails("can apply: listening.never", changed(listening__never={"when": never}), theme="listening")


def test_a_rule_that_another_implies_is_found_unless_it_is_listed_or_weighs_more() -> None:
    wide = rule_base().rules["listening.people-could-get-into-trouble"]
    when = {"question": "core.danger-setting", "includes": "few"}
    narrow: dict[str, Any] = {"when": when, "lesson": wide.lesson}
    base = changed(listening__narrow={**narrow, "ground": wide.ground})
    name = f"not implied: listening.narrow by {wide.id}"
    assert fails(name, base, theme="listening")
    listed = Theorems(theorems=(), implied=(Implied(rule="listening.narrow", by=wide.id, reason="for the test"),))
    assert not fails(name, base, listed, theme="listening")
    assert wide.ground == "setting"
    assert not fails(name, changed(listening__narrow={**narrow, "ground": "gap"}), theme="listening")


def test_a_better_answer_that_brings_a_stop_is_found() -> None:
    question = next(one for one in knowledge_base().questions.values() if one.scored and one.kind == "one")
    best = max(question.options, key=lambda option: option.points or 0)
    stop = next(rule for rule, earlier in rule_base().capping.items() if not earlier)
    perverse = changed(
        **{stop.replace(".", "__"): {"when": {"question": question.id, "is": best.id}, "under": "start"}}
    )
    assert fails(f"more points never lower the score: {question.id}", perverse, theme=question.theme)


def test_a_question_that_cannot_change_the_advice_is_found() -> None:
    base, quiet = rule_base(), "talk.bond"
    other = {"question": "core.goal", "includes": "meet"}
    rules = {
        rule.id: Rule.model_validate({**rule.model_dump(by_alias=True), "when": other}) if quiet in reach else rule
        for rule, reach in ((rule, base.reach[rule.id]) for rule in base.rules.values())
    }
    changed_base = RuleBase(MappingProxyType(rules), base.knowledge)
    assert fails(f"can change the advice: {quiet}", changed_base, theme="conversation")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("FU-stick-to-facts", "FU-no-such-lesson"),
        ("is: us}", "is: perhaps}"),
        ("then:", "dan:"),
        ("{finding: facts.danger}", "{finding: facts.nothing}"),
        ("acts: [union-standing-unknown]", "acts: [no-such-act]"),
        ("cards: [protect-source]", "cards: [no-such-card]"),
        ("means: [supplier-talk]", "means: [telepathy]"),
        ("never: [go-ahead]}", "never: [perhaps]}"),
        ("acts: [union-standing-unknown], ", ""),
    ],
)
def test_a_theorem_about_nothing_is_refused(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "rules" / "theorems.yaml"
    path.parent.mkdir()
    text = THEOREMS.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=r"theorems\.yaml"):
        load_theorems(rule_base(), path)
