"""The inference that the application uses: errors and differences surface, threads do not disturb each other."""

import logging
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from random import Random
from types import MappingProxyType
from typing import Any

import pytest

from knowledge.base import knowledge_base
from knowledge.condition import Is
from rules.checks import disagreements
from rules.engine.inference import Inference, inference, reference
from rules.engine.memory import WorkingMemory, working_memory
from rules.model import Rule, RuleBase, rule_base
from rules.sampling import random_answers
from tests.support.amounts import amount

pytestmark = pytest.mark.slow

engine_module = pytest.importorskip("rules.engine.engine", reason="durable-rules is not installed")

KNOWLEDGE = knowledge_base()


def memories(number: int, seed: int = 1) -> list[WorkingMemory]:
    random = Random(seed)
    return [
        working_memory(random_answers(KNOWLEDGE, random, share=random.random()), KNOWLEDGE.questions)
        for _ in range(number)
    ]


def test_answers_may_come_in_any_order() -> None:
    random = Random(4)
    for _ in range(amount(10, 300)):
        answers = random_answers(KNOWLEDGE, random)
        shuffled = dict(random.sample(list(answers.items()), len(answers)))
        first, second = (inference().run(working_memory(one, KNOWLEDGE.questions)) for one in (answers, shuffled))
        assert first == second and first.engine == "durable-rules"


def test_eight_threads_on_one_engine_conclude_what_one_does() -> None:
    some = memories(amount(24, 400))
    expected = [reference(rule_base(), memory).findings for memory in some]
    with ThreadPoolExecutor(8) as pool:
        traces = list(pool.map(inference().run, some))
    assert [trace.findings for trace in traces] == expected
    assert not any(trace.difference for trace in traces)


def test_the_engine_keeps_nothing_of_a_former_run() -> None:
    some = memories(amount(10, 25), seed=9)
    once = [inference().run(memory).findings for memory in some]
    assert [inference().run(memory).findings for memory in reversed(some)] == once[::-1]


def without(base: RuleBase, rule_id: str) -> RuleBase:
    """The rule base with the condition of one rule replaced by one that holds on another answer."""
    question = KNOWLEDGE.questions["talk.opening"]
    other = Is.model_validate({"question": question.id, "is": question.options[0].id})
    changed = Rule(id=rule_id, says=base.rules[rule_id].says, when=other, lesson=base.rules[rule_id].lesson)
    return RuleBase(MappingProxyType({**base.rules, rule_id: changed}), base.knowledge)


def test_a_difference_is_logged_and_the_reference_decides(caplog: pytest.LogCaptureFixture) -> None:
    base = rule_base()
    found_often = Counter(rule for memory in memories(amount(20, 60)) for rule in reference(base, memory).findings)
    rule_id = next(rule for rule, _ in found_often.most_common() if base.rules[rule].lesson is not None)
    with engine_module.Engine(without(base, rule_id)) as wrong, caplog.at_level(logging.ERROR):
        suspicious = Inference(base, wrong)
        found = disagreements(suspicious, sets=amount(20, 60))
        assert found and any(rule_id in line for line in found)
        assert "differ on" in caplog.text
        for memory in memories(amount(15, 40), seed=2):
            trace = suspicious.run(memory)
            assert trace.findings == reference(base, memory).findings
            assert trace.engine == ("reference" if trace.difference else "durable-rules")


def test_an_error_inside_the_engine_is_not_swallowed() -> None:
    engine = engine_module.Engine(rule_base())
    broken = Inference(rule_base(), engine)
    memory, other = islice((one for one in memories(20) if reference(rule_base(), one).findings), 2)

    def fail(*_: Any) -> None:
        raise ZeroDivisionError("inside an action")

    for stage in engine._stages:
        stage._fact = fail
    with pytest.raises(engine_module.EngineError, match="inside an action"):
        engine.run(memory)
    assert broken.run(memory).engine == "reference"
    for stage in engine._stages:
        del stage._fact
    right = broken.run(memory)
    assert right.engine == "durable-rules"
    engine.close()
    assert "closed" in broken.run(other).difference


def test_the_same_answers_are_not_worked_out_twice() -> None:
    with engine_module.Engine(rule_base()) as engine:
        asked = Inference(rule_base(), engine)
        memory, other = memories(2)
        same = WorkingMemory(MappingProxyType(dict(memory.facts)), memory.asked)
        assert asked.run(memory) is asked.run(same) is not asked.run(other)


def test_limits_of_durable_rules_are_checked_when_rules_are_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    for limit in ("MAXIMUM_RULES", "MAXIMUM_FIRST_TESTS", "MAXIMUM_SAME_PATTERN", "MAXIMUM_TOKEN_USES"):
        with monkeypatch.context() as patch:
            patch.setattr(engine_module, limit, 1)
            with pytest.raises(engine_module.EngineError, match="at most 1"):
                engine_module.Engine(rule_base())
    with monkeypatch.context() as patch:
        patch.setattr(engine_module, "MAXIMUM_JOINS", 0)
        with pytest.raises(engine_module.EngineError, match="tests together"):
            engine_module.Engine(rule_base())


def test_names_that_durable_rules_would_confuse_are_refused() -> None:
    engine_module._check_collisions(["core.first", "talk.opening"])
    with pytest.raises(engine_module.EngineError, match="cannot tell"):
        engine_module._check_collisions(["costarring", "liquid"])  # a known collision of FNV-1a with 32 bits


@pytest.mark.slow
def test_memory_does_not_grow_with_evaluations() -> None:
    """In a process of its own: the resident size after many evaluations is about what it was after the first."""
    first, more = amount(40, 500), amount(120, 100_000)
    program = (
        "import resource, sys\n"
        "from tests.rules.test_inference import memories\n"
        "from rules.engine.inference import inference\n"
        "some = memories(40)\n"
        "def run(n):\n"
        "    for i in range(n): inference().engine.run(some[i % 40])\n"
        "    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        f"first = run({first}); last = run({more})\n"
        "sys.exit(0 if last < first * 1.1 else 1)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
