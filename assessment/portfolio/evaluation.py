"""All rules and scores for a piece of a table at once, with the column evaluator."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, reduce
from itertools import islice
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from assessment.model import Level
from assessment.portfolio.cells import ASKED, Column, Reader
from assessment.portfolio.pieces import Piece, Problem, plain
from assessment.scoring import LEVELS, Counted, Flag, Part, parts, score_range, shown
from knowledge.condition import UNKNOWN
from knowledge.model import Question
from rules.columns import Codes, Columns, Conclusions, Flags
from rules.meaning import NOT_ASKED, UNANSWERED
from rules.model import Rule, RuleBase
from rules.normal_form import Variable

Numbers = NDArray[np.int64]
LEVEL_NAMES: tuple[Level, ...] = tuple(name for _, name in reversed(LEVELS))
NO_SCORE = -1
LISTED = 20_000
"""The most problems that are told one by one."""
_told = lru_cache(65_536)(shown)


@dataclass(frozen=True)
class ScoreColumn:
    """The lowest or highest scores of one theme (NaN where it has none), and their places in LEVEL_NAMES (or -1)."""

    scores: NDArray[np.float64]
    levels: Codes


@dataclass(frozen=True)
class Results:
    """What follows for each row that is in order, in the order of the table.

    `scores` holds the lowest and highest per theme, 'overall' first; `lessons` a flag per row for each lesson;
    `unknown_in` how many rows answer a question with 'don't know', and `asked_in` to how many it is asked.
    """

    ids: Any
    titles: Any
    scores: Mapping[str, tuple[ScoreColumn, ScoreColumn]]
    safety: Numbers
    asked: Numbers
    answered: Numbers
    unknown: Numbers
    lessons: Mapping[str, Flags]
    asked_in: Mapping[str, int]
    unknown_in: Mapping[str, int]


@dataclass(frozen=True)
class Problems:
    """What is wrong with the cells of a piece: how many there are, and the first of them."""

    listed: list[Problem]
    count: int


class Evaluator:
    """A rule base made ready for tables."""

    def __init__(self, base: RuleBase):
        knowledge = base.knowledge
        self.base = base
        self.questions = knowledge.questions
        self._asking = {one.id: f"asked.{one.id}" for one in self.questions.values() if one.ask_when is not None}
        asking = {
            rule: Rule(id=rule, says=self.questions[question].text, when=self.questions[question].ask_when)
            for question, rule in self._asking.items()
        }
        # whether a question is asked follows from answers just as a finding does
        whole = RuleBase(MappingProxyType({**asking, **base.rules}), knowledge)
        self._columns = Columns(whole)
        self._readers = {
            one.id: Reader(one, self._columns, whole.domains, knowledge.renamed) for one in self.questions.values()
        }
        self._settling = {variable: _settling(codes) for variable, codes in self._columns.codes.items()}
        every = parts(base)
        self._parts = [part for part in (every.overall, *every.themes) if part.questions]
        self._leading: dict[str, list[str]] = {lesson: [] for lesson in knowledge.lessons}
        for rule in base.rules.values():
            if rule.lesson is not None:
                self._leading[rule.lesson].append(rule.id)
        self._safety = [
            rule for lesson, leading in self._leading.items() for rule in leading
            if knowledge.lessons[lesson].severity == "critical"
        ]  # fmt: skip

    def __call__(self, piece: Piece) -> tuple[Results, Problems]:
        """The results of the rows that are in order, and what is wrong with the others. Empty rows are left out."""
        count = len(piece.rows)
        piece = replace(piece, ids=plain(piece.ids), titles=plain(piece.titles))
        read = {
            question: reader.column(piece.columns.get(question), count) for question, reader in self._readers.items()
        }
        wrong = {question: flags for question, column in read.items() if (flags := column.wrong).any()}
        filled = _any((column.filled for column in read.values()), count) | _given(piece.ids) | _given(piece.titles)
        kept = np.flatnonzero(filled & ~_any(wrong.values(), count))
        columns = {question: Column(column.cells, column.places[kept]) for question, column in read.items()}
        problems = Problems(list(islice(self._problems(piece, wrong), LISTED)), int(_sum(wrong.values(), count).sum()))
        return self._evaluate(columns, piece, kept), problems

    def _problems(self, piece: Piece, wrong: Mapping[str, Flags]) -> Iterator[Problem]:
        """Row by row."""
        for row in np.flatnonzero(_any(wrong.values(), len(piece.rows))).tolist():
            for question, flags in wrong.items():
                if flags[row]:
                    reason = self._readers[question].reason(piece.columns[question][row].as_py())
                    if reason is not None:
                        yield Problem(str(piece.rows[row]), question, reason)

    def _evaluate(self, read: Mapping[str, Column], piece: Piece, kept: Numbers) -> Results:
        given: dict[Variable, Codes] = {}
        for question, column in read.items():
            given.update(self._readers[question].codes(column))
        seen = self._columns.visible(given)
        settled = {variable: self._settling[variable][codes] for variable, codes in seen.items()}
        found = self._columns.evaluate(seen)
        surely = self._columns.evaluate(self._columns.visible(settled))
        rows = len(kept)
        facts = {one: _Facts(self._columns.codes[Variable(one)], seen[Variable(one)]) for one in self.questions}
        asked = {one: self._asked(one, found, rows) for one in self.questions}
        unknown = {one: facts[one].are(UNKNOWN) for one in self.questions}
        open_ = [facts[one].are(UNANSWERED) & asked[one] for one in self.questions]
        items = {
            question.id: self._item(question, read[question.id], facts[question.id], surely)
            for question in self.questions.values()
            if question.scored
        }
        total = _sum(asked.values(), rows)
        return Results(
            ids=_labels(piece, kept),
            titles=piece.titles.take(kept),
            scores={part.about: self._score(part, items, surely, rows) for part in self._parts},
            safety=_sum((found.true[rule] for rule in self._safety), rows),
            asked=total,
            answered=total - _sum(open_, rows),
            unknown=_sum(unknown.values(), rows),
            lessons={
                lesson: _any((found.true[rule] for rule in leading), rows) for lesson, leading in self._leading.items()
            },
            asked_in={question: int(flags.sum()) for question, flags in asked.items()},
            unknown_in={question: int(flags.sum()) for question, flags in unknown.items()},
        )

    def _asked(self, question: str, found: Conclusions, rows: int) -> Flags:
        rule = self._asking.get(question)
        return found.true[rule] if rule is not None else np.ones(rows, np.bool_)

    def _item(self, question: Question, column: Column, facts: "_Facts", surely: Conclusions) -> Counted:
        """What the question adds to a score, per row."""
        table = column.counts()
        cells = len(column.cells)
        fact = np.where(facts.are(NOT_ASKED), cells - 1, np.where(facts.are(UNANSWERED), cells - 2, column.places))
        rule = self._asking.get(question.id)
        if rule is None:
            state: Any = ASKED.index(True)
        else:
            state = np.where(surely.true[rule], ASKED.index(True), ASKED.index(None))
            state = np.where(surely.false[rule], ASKED.index(False), state)
        lowest, highest, weight, certain = table[..., 0], table[..., 1], table[..., 2], table[..., 3] > 0
        if rule is None and not question.not_applicable:
            return Counted(lowest[state, fact], highest[state, fact], question.weight or 0, True)
        return Counted(lowest[state, fact], highest[state, fact], weight[state, fact], certain[state, fact])

    def _score(
        self, part: Part, items: Mapping[str, Counted], surely: Conclusions, rows: int
    ) -> tuple[ScoreColumn, ScoreColumn]:
        sure: Flag = _any((surely.true[rule] for rule in part.capping), rows)
        perhaps: Flag = _any((~surely.false[rule] for rule in part.capping), rows)
        with np.errstate(invalid="ignore"):  # no score where nothing is certain: 0 / 0 is NaN
            lowest, highest = score_range([items[question] for question in part.questions], sure, perhaps)
        return _shown(lowest), _shown(highest)


@dataclass(frozen=True)
class _Facts:
    """The answers to one question as the rules see them."""

    tokens: Mapping[str, int]
    codes: Codes

    def are(self, token: str) -> Flags:
        """The rows with this token."""
        if token not in self.tokens:
            return np.zeros(len(self.codes), np.bool_)
        return np.equal(self.codes, np.int8(self.tokens[token]))


def _settling(codes: Mapping[str, int]) -> Codes:
    """Per token code, that of the token that is left when only real answers are: the others become 'no answer'."""
    open_ = (UNKNOWN, NOT_ASKED)
    return np.array([codes[UNANSWERED] if token in open_ else code for token, code in codes.items()], np.int8)


def _shown(scores: Any) -> ScoreColumn:
    distinct, place = np.unique(np.asarray(scores, np.float64), return_inverse=True)
    told = [_told(score) if score == score else (np.nan, None) for score in distinct.tolist()]
    rounded = np.array([score for score, _ in told], np.float64)
    levels = np.array([NO_SCORE if name is None else LEVEL_NAMES.index(name) for _, name in told], np.int8)
    return ScoreColumn(rounded[place], levels[place])


def _any(flags: Iterable[Flags], rows: int) -> Flags:
    return reduce(np.logical_or, flags, np.zeros(rows, np.bool_))


def _sum(flags: Iterable[Flags], rows: int) -> Numbers:
    return reduce(np.add, flags, np.zeros(rows, np.int64))


def _given(texts: Any) -> Flags:
    return texts.is_valid().to_numpy(zero_copy_only=False)  # type: ignore[no-any-return]


def _labels(piece: Piece, kept: Numbers) -> Any:
    """The id of each row; where it has none, its place in the table."""
    ids = piece.ids.take(kept)
    if not ids.null_count:
        return ids
    return ids.fill_null(pa.array([str(piece.rows[row]) for row in kept.tolist()], pa.string()))
