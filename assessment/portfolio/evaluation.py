"""All rules and scores for a batch of a table at once, with the column evaluator."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import islice
from operator import and_, or_
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from assessment.answers.understood import Words
from assessment.portfolio.batches import Batch, Problem
from assessment.portfolio.cells import ASKED, Column, Reader
from assessment.portfolio.score_columns import Scale, ScoreColumn, Total
from assessment.scoring import parts
from knowledge.condition import UNKNOWN
from rules.columns import Bits, Columns, Conclusions, Facts, Flags, unpacked
from rules.meaning import NOT_ASKED, UNANSWERED
from rules.model import Rule, RuleBase
from rules.normal_form import Variable

Numbers = NDArray[np.int32 | np.int64]
LISTED = 20_000
"""The most problems that are told one by one."""


@dataclass(frozen=True)
class Results:
    """What follows for each row that is in order, in the order of the table.

    `kept` are the places of these rows in the batch. `scores` holds the lowest and highest per theme, 'overall' first;
    `lessons` in which rows each is advised, as bits; `unknown_in` how many rows answer a question with 'don't know',
    and `asked_in` to how many it is asked.
    """

    kept: Numbers
    ids: Any
    titles: Any
    scores: Mapping[str, tuple[ScoreColumn, ScoreColumn]]
    safety: Numbers
    asked: Numbers
    answered: Numbers
    unknown: Numbers
    lessons: Mapping[str, Bits]
    asked_in: Mapping[str, int]
    unknown_in: Mapping[str, int]


@dataclass(frozen=True)
class Problems:
    """What is wrong with the cells of a batch: how many there are, and the first of them."""

    listed: list[Problem]
    count: int


def _asking(base: RuleBase) -> dict[str, str]:
    """For each question with a condition the rule that says whether it is asked."""
    return {one.id: f"asked.{one.id}" for one in base.knowledge.questions.values() if one.ask_when is not None}


@lru_cache(maxsize=2)
def _ready(base: RuleBase) -> tuple[RuleBase, Columns, Mapping[str, Words]]:
    """The rules with those that say whether a question is asked, their columns, and the words for answers.

    Made once, and not for each table.
    """
    questions = base.knowledge.questions
    asking = {
        rule: Rule(id=rule, says=questions[question].text, when=questions[question].ask_when)
        for question, rule in _asking(base).items()
    }
    # whether a question is asked follows from answers just as a finding does
    whole = RuleBase(MappingProxyType({**asking, **base.rules}), base.knowledge)
    words = {one.id: Words(one, base.knowledge.renamed) for one in questions.values()}
    return whole, Columns(whole), words


class Evaluator:
    """A rule base made ready for tables."""

    def __init__(self, base: RuleBase):
        knowledge = base.knowledge
        self.base = base
        self.questions = knowledge.questions
        self._asking = _asking(base)
        whole, self._columns, words = _ready(base)
        self._readers = {
            name: Reader(one, self._columns, whole.domains, knowledge.renamed) for name, one in words.items()
        }
        self._scale = Scale(self.questions.values())
        every = parts(base)
        self._overall, self._themes = every.overall, [part for part in every.themes if part.questions]
        capping = [one for rule, earlier in base.capping.items() for one in (rule, *earlier)]
        self._scoring = self._columns.needed([*self._asking.values(), *capping])
        self._leading: dict[str, list[str]] = {lesson: [] for lesson in knowledge.lessons}
        for rule in base.rules.values():
            if rule.lesson is not None:
                self._leading[rule.lesson].append(rule.id)

    def __call__(self, batch: Batch) -> tuple[Results, Problems]:
        """The results of the rows that are in order, and what is wrong with the others. Empty rows are left out."""
        count = len(batch.rows)
        read = {
            question: reader.column(batch.columns.get(question), count) for question, reader in self._readers.items()
        }
        wrong = {question: flags for question, column in read.items() if (flags := column.wrong).any()}
        filled = _any((column.filled for column in read.values()), count) | _given(batch.ids) | _given(batch.titles)
        kept = np.flatnonzero(filled & ~_any(wrong.values(), count))
        if len(kept) < count:
            read = {question: Column(column.cells, column.places[kept]) for question, column in read.items()}
        problems = Problems(list(islice(self._problems(batch, wrong), LISTED)), int(_sum(wrong.values(), count).sum()))
        return self._evaluate(read, batch, kept), problems

    def _problems(self, batch: Batch, wrong: Mapping[str, Flags]) -> Iterator[Problem]:
        """Row by row."""
        for row in np.flatnonzero(_any(wrong.values(), len(batch.rows))).tolist():
            for question, flags in wrong.items():
                if flags[row]:
                    reason = self._readers[question].reason(batch.columns[question][row].as_py())
                    if reason is not None:
                        yield Problem(str(batch.rows[row]), question, reason)

    def _evaluate(self, read: Mapping[str, Column], batch: Batch, kept: Numbers) -> Results:
        rows = len(kept)
        given: dict[str, Bits] = {}
        for question, column in read.items():
            given.update(self._readers[question].bits(column))
        seen = self._columns.visible(Facts(rows, given))
        found = self._columns.evaluate(seen)
        surely = self._columns.evaluate(self._columns.visible(self._columns.settled(seen)), self._scoring)
        asked = {one: self._asked(one, found) for one in self.questions}
        unknown = {one: unpacked(seen.are(Variable(one), UNKNOWN), rows) for one in self.questions}
        open_ = (unpacked(seen.are(Variable(one), UNANSWERED), rows) & flags for one, flags in asked.items())
        total = _sum(asked.values(), rows)
        return Results(
            kept=kept,
            ids=_labels(batch, kept),
            titles=batch.titles.take(kept),
            scores=self._scores(read, seen, surely),
            safety=_sum((self._given(rule, found) for rule in self.base.capping), rows),
            asked=total,
            answered=total - _sum(open_, rows),
            unknown=_sum(unknown.values(), rows),
            lessons={
                lesson: reduce(or_, (found.true_bits[rule] for rule in leading), seen.none)
                for lesson, leading in self._leading.items()
            },
            asked_in={question: int(np.count_nonzero(flags)) for question, flags in asked.items()},
            unknown_in={question: int(np.count_nonzero(flags)) for question, flags in unknown.items()},
        )

    def _asked(self, question: str, found: Conclusions) -> Flags:
        rule = self._asking.get(question)
        return found.true[rule] if rule is not None else np.ones(found.rows, np.bool_)

    def _scores(
        self, read: Mapping[str, Column], seen: Facts, surely: Conclusions
    ) -> dict[str, tuple[ScoreColumn, ScoreColumn]]:
        whole, found, caps = Total(self._scale, seen.rows), {}, self._caps(surely)
        for part in self._themes:
            total = Total(self._scale, seen.rows)
            for question in part.questions:
                self._add(question, read[question], seen, surely, total)
            found[part.about] = total.scores(*caps)
            whole.include(total)
        if self._overall.questions:
            found = {self._overall.about: whole.scores(*caps), **found}
        return found

    def _given(self, rule: str, found: Conclusions) -> Flags:
        """The rows in which this verdict is given: its rule holds and none before it does."""
        return found.true[rule] & ~_any((found.true[one] for one in self.base.capping[rule]), found.rows)

    def _add(self, question: str, column: Column, seen: Facts, surely: Conclusions, total: Total) -> None:
        rule = self._asking.get(question)
        if rule is None:
            total.add(column, None)
            return
        cells, rows = len(column.cells), seen.rows
        kind = np.min_scalar_type(len(ASKED) * cells)
        unanswered, hidden, sure, excluded = (
            unpacked(bits, rows).astype(kind)
            for bits in (
                seen.are(Variable(question), UNANSWERED),
                seen.are(Variable(question), NOT_ASKED),
                surely.true_bits[rule],
                surely.false_bits[rule],
            )
        )
        # arithmetic on short numbers is many times as fast here as choosing row by row
        answered = 1 - unanswered - hidden
        places = column.places.astype(kind) * answered + unanswered * (cells - 2) + hidden * (cells - 1)
        states = ASKED.index(None) + sure - excluded
        total.add(column, (states * cells + places).astype(np.intp))

    def _caps(self, surely: Conclusions) -> tuple[Flags, Flags]:
        none = np.zeros((surely.rows + 7) // 8, np.uint8)
        sure, perhaps = none, none
        for rule, before in self.base.capping.items():
            ruled_out = reduce(and_, (surely.false_bits[one] for one in before), ~none)
            beaten = reduce(or_, (surely.true_bits[one] for one in before), none)
            sure = sure | (surely.true_bits[rule] & ruled_out)
            perhaps = perhaps | (~surely.false_bits[rule] & ~beaten)
        return unpacked(sure, surely.rows), unpacked(perhaps, surely.rows)


def _any(flags: Iterable[Flags], rows: int) -> Flags:
    return reduce(np.logical_or, flags, np.zeros(rows, np.bool_))


def _sum(flags: Iterable[Flags], rows: int) -> Numbers:
    total = np.zeros(rows, np.uint16)
    for some in flags:
        total += some.view(np.uint8)
    return total.astype(np.int32)


def _given(texts: Any) -> Flags:
    return texts.is_valid().to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def _labels(batch: Batch, kept: Numbers) -> Any:
    """The id of each row; where it has none, its place in the table."""
    ids = batch.ids.take(kept)
    if not ids.null_count:
        return ids
    return ids.fill_null(pa.array([str(batch.rows[row]) for row in kept.tolist()], pa.string()))
