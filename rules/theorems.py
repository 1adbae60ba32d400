"""Theorems: what must hold of the advice for every possible set of answers. Written in YAML, proved in `proofs.py`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from knowledge.acts import Means, VerdictKind
from knowledge.condition import Condition
from knowledge.consistency import condition_problems
from knowledge.model import Basis, Citation
from knowledge.text import Frozen, Id, Text, Words
from knowledge.yaml_files import ContentError, Problem, parse, read_file
from rules.model import RuleBase

THEOREMS = Path(__file__).parent / "theorems.yaml"


class Verdicts(Frozen):
    """The verdicts of `never`, which none of these acts gets, planned or done: the acts of `acts`, those of `means`,
    and those of `cards` that are no good ways, but for `but`.

    An act gets a verdict where its rule holds and no earlier one of its decision list does; and, but for a stop or a
    repair, where no verdict says that its means is unsuitable.
    """

    acts: tuple[Id, ...] = ()
    means: tuple[Means, ...] = ()
    cards: tuple[Id, ...] = ()
    but: tuple[Id, ...] = ()
    never: tuple[VerdictKind, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_acts(self) -> Self:
        if not (self.acts or self.means or self.cards):
            raise ValueError("expected at least one of acts, means and cards")
        return self

    def rules(self, base: RuleBase) -> Iterator[str]:
        """The rules of these verdicts."""
        for rule, one in base.verdicts.items():
            act = one.act
            on_card = act.card in self.cards and not act.good
            named = act.id in self.acts or (act.id not in self.but and (act.means in self.means or on_card))
            if named and one.verdict.verdict in self.never:
                yield rule

    def problems(self, base: RuleBase) -> list[str]:
        """What is named here and does not exist."""
        acts = {one.act.id: one.act.card for one in base.verdicts.values()}
        wrong = [f"expected the id of an act, found {one!r}" for one in (*self.acts, *self.but) if one not in acts]
        cards = {*acts.values()}
        return wrong + [f"expected the card of an act, found {one!r}" for one in self.cards if one not in cards]


class Theorem(Frozen):
    """In every answer set in which `when` is true and `unless` is not true (unanswered is not true), and in which a
    lesson of `advised` is advised (where that is given): no lesson of `never` is advised, every lesson of `always` is,
    at least one of `one_of` is, `then` is true, and no act of `verdicts` is given a verdict that is named there."""

    id: Id
    says: Text
    basis: Basis
    sources: tuple[Citation, ...] = ()
    when: Condition | None = None
    unless: Condition | None = None
    advised: tuple[Id, ...] = ()
    never: tuple[Id, ...] = ()
    always: tuple[Id, ...] = ()
    one_of: tuple[Id, ...] = ()
    then: Condition | None = None
    verdicts: Verdicts | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not (self.never or self.always or self.one_of or self.then or self.verdicts):
            raise ValueError("expected at least one of never, always, one_of, then and verdicts")
        return self

    @property
    def lessons(self) -> tuple[str, ...]:
        """Every lesson that the theorem speaks of."""
        return (*self.advised, *self.never, *self.always, *self.one_of)


class Implied(Frozen):
    """A rule that adds nothing to another with the same lesson, kept on purpose: its words explain what it finds."""

    rule: Id
    by: Id
    reason: Words


class Theorems(Frozen):
    """The theorems, and the implied rules that are kept with a reason."""

    theorems: tuple[Theorem, ...]
    implied: tuple[Implied, ...] = Field(default=())


def load_theorems(base: RuleBase, path: Path = THEOREMS) -> Theorems:
    """Read the theorems. Raises ContentError where one names a lesson, rule or answer that does not exist."""
    document = read_file(path, f"{path.parent.name}/{path.name}")
    found: Theorems = parse(document, Theorems)
    problems = []
    for index, theorem in enumerate(found.theorems):
        line = document.line(("theorems", index))
        wrong = [
            f"expected the id of a lesson, found {one!r}"
            for one in theorem.lessons
            if one not in base.knowledge.lessons
        ]
        for condition in (theorem.when, theorem.unless, theorem.then):
            if condition is not None:
                wrong += condition_problems(condition, base.knowledge.questions, frozenset(base.rules))
        if theorem.verdicts is not None:
            wrong += theorem.verdicts.problems(base)
        problems += [Problem(document.name, line, theorem.id, expected) for expected in wrong]
    for index, one in enumerate(found.implied):
        for rule in (one.rule, one.by):
            if rule not in base.rules:
                line = document.line(("implied", index))
                problems.append(Problem(document.name, line, rule, "expected the id of a rule"))
    if problems:
        raise ContentError(problems)
    return found
