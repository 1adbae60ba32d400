"""One meaning: the reference, durable-rules and the columns conclude the same, on the same evidence."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.columns import Columns, unpacked
from rules.engine.inference import reference
from rules.engine.memory import working_memory
from rules.model import RuleBase
from tests.support.amounts import amount
from tests.support.random_bases import answer_sets, rule_bases

pytestmark = pytest.mark.slow

engine_module = pytest.importorskip("rules.engine.engine", reason="durable-rules is not installed")
quiet = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=amount(60, 3000))


def agree(base: RuleBase, data: st.DataObject, sets: int) -> None:
    answers = [data.draw(answer_sets(base.knowledge)) for _ in range(sets)]
    memories = [working_memory(one, base.knowledge.questions) for one in answers]
    columns = Columns(base)
    encoded = columns.encode(memories)
    seen = columns.of_answers(answers)
    for place in {**seen.bits, **encoded.bits}:
        assert list(unpacked(seen.bits[place], sets)) == list(unpacked(encoded.bits[place], sets))
    conclusions = columns.evaluate(encoded)
    with engine_module.Engine(base) as engine:
        for row, memory in enumerate(memories):
            expected = reference(base, memory)
            assert conclusions.findings(row) == set(expected.findings)
            assert conclusions.undetermined(row) == expected.undetermined
            findings, refuted = engine.run(memory)
            assert findings == dict(expected.findings)
            assert refuted == dict(expected.refuted)


@quiet
@given(rule_bases(), st.data())
def test_all_engines_agree_on_random_rule_bases(base: RuleBase, data: st.DataObject) -> None:
    agree(base, data, sets=5)
