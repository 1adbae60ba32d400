"""The reference, durable-rules, the columns and Z3 agree on the whole rule base, whatever is answered."""

from functools import cache
from random import Random

import pytest
import z3

from rules.columns import Columns
from rules.engine.inference import Trace, reference
from rules.engine.memory import working_memory
from rules.model import rule_base
from rules.normal_form import Variable
from rules.proofs.space import AnswerSpace
from rules.sampling import random_answers
from tests.support.amounts import amount

pytestmark = pytest.mark.slow

engine_module = pytest.importorskip("rules.engine.engine", reason="durable-rules is not installed")

SETS = amount(40, 10_000)


@cache
def told_to_z3() -> tuple[AnswerSpace, dict[tuple[Variable, str], z3.BoolRef], dict[str, tuple[z3.BoolRef, ...]]]:
    """The rule base as Z3 has it, what says that a variable has a token, and what says a rule's truth."""
    base = rule_base()
    space = AnswerSpace(base)
    literals = {
        (variable, token): space.is_(variable, [token])
        for variable, tokens in base.domains.tokens.items()
        for token in tokens
    }
    signs = {
        rule: (space.true[rule], z3.Not(space.true[rule]), space.false[rule], z3.Not(space.false[rule]))
        for rule in base.rules
    }
    return space, literals, signs


def disagreeing(seed: int) -> list[str]:
    """The rules on which some engine differs from the reference, over one batch of random answer sets."""
    base, random = rule_base(), Random(seed)
    (space, literals, signs), found = told_to_z3(), []
    answers = [random_answers(base.knowledge, random, share=random.choice([0.4, 0.8, 1.0])) for _ in range(SETS)]
    memories = [working_memory(one, base.knowledge.questions) for one in answers]
    columns = Columns(base)
    conclusions = columns.evaluate(columns.of_answers(answers))
    with engine_module.Engine(base) as engine:
        for row, memory in enumerate(memories):
            expected = reference(base, memory)
            findings, refuted = engine.run(memory)
            if findings != dict(expected.findings) or refuted != dict(expected.refuted):
                found.append(f"durable-rules, seed {seed}, row {row}")
            if conclusions.findings(row) != set(expected.findings):
                found.append(f"columns, seed {seed}, row {row}")
            if conclusions.undetermined(row) != expected.undetermined:
                found.append(f"columns, seed {seed}, row {row}, undetermined")
            given = [literals[one, base.domains.token(one, memory.facts[one.question])] for one in space.at]
            if not possible(space.solver, [*given, *told(signs, expected)]):
                found.append(f"Z3, seed {seed}, row {row}")
    return found


def possible(solver: z3.Solver, demands: list[z3.BoolRef]) -> bool:
    """`solver.check(*demands) == sat` without looking at the sort of each demand, which takes most of the time."""
    asts = (z3.Ast * len(demands))(*(demand.ast for demand in demands))
    answer = z3.Z3_solver_check_assumptions(solver.ctx.ref(), solver.solver, len(demands), asts)
    return bool(answer == z3.Z3_L_TRUE)


def told(signs: dict[str, tuple[z3.BoolRef, ...]], trace: Trace) -> list[z3.BoolRef]:
    """What Z3 must say of every rule. The answers leave it no choice, so these can be met only where it agrees."""
    demands = []
    for rule, (true, not_true, false, not_false) in signs.items():
        truth = None if rule in trace.undetermined else rule in trace.findings
        demands += [true if truth else not_true, false if truth is False else not_false]
    return demands


@pytest.mark.parametrize("seed", range(amount(1, 2)))
def test_four_readings_of_the_rule_base_agree(seed: int) -> None:
    assert disagreeing(seed) == []
