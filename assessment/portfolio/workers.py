"""Who scores the pieces of a portfolio: this process, or the workers of a Dask cluster; with equal results."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

from assessment.portfolio.batches import Piece, TableError
from assessment.portfolio.evaluation import Evaluator, Numbers, Problems
from assessment.portfolio.write.results import as_batch, schema
from rules.model import RuleBase, rule_base

AHEAD = 3
"""How many pieces are in hand while one is written: one that is read, one that is evaluated, one that waits."""
ANSWERS_WITHIN = 10
"""Seconds that a scheduler may take to answer."""
WORKS_WITHIN = 30
"""Seconds after which it is looked up whether there still are workers."""


@dataclass(frozen=True)
class Scored:
    """One piece with its results as rows of the table, its numbers for the report, and what is wrong in it.

    `kept` are the places in the piece of the rows that have a result.
    """

    batch: Any
    kept: Numbers
    asked_in: Mapping[str, int]
    unknown_in: Mapping[str, int]
    wrong: Problems


Scoring = Callable[[Iterator[Piece]], Iterator[tuple[Piece, Scored]]]
"""Scores pieces, and gives them in the order in which they came; only a few of them are in hand at a time."""


class Scorer:
    """A rule base made ready to score pieces."""

    def __init__(self, base: RuleBase):
        self._evaluator, self._columns = Evaluator(base), schema(base)

    def __call__(self, piece: Piece) -> Scored:
        """The results of one piece."""
        results, wrong = self._evaluator(piece)
        return Scored(as_batch(results, self._columns), results.kept, results.asked_in, results.unknown_in, wrong)


def in_this_process(base: RuleBase) -> Scoring:
    """While one piece is written, the next is evaluated and the one after it is read."""
    scorer = Scorer(base)

    def scored(read: "Future[Piece | None]") -> tuple[Piece, Scored] | None:
        piece = read.result()
        return None if piece is None else (piece, scorer(piece))

    def in_order(pieces: Iterator[Piece]) -> Iterator[tuple[Piece, Scored]]:
        with ThreadPoolExecutor(1) as reading, ThreadPoolExecutor(1) as evaluating:
            waiting = deque(evaluating.submit(scored, reading.submit(next, pieces, None)) for _ in range(AHEAD))
            while (done := waiting.popleft().result()) is not None:
                yield done
                waiting.append(evaluating.submit(scored, reading.submit(next, pieces, None)))

    return in_order


@cache
def _scorer() -> Scorer:
    return Scorer(rule_base())


def _versions() -> tuple[str, str]:
    """What a worker works with."""
    return rule_base().knowledge.version, rule_base().version


def _scored_by_worker(piece: Piece) -> tuple[tuple[str, str], Scored]:
    return _versions(), _scorer()(piece)


def on_cluster(address: str, base: RuleBase) -> Scoring:
    """The workers of the Dask scheduler at an address, each with this program and the same knowledge and rules.

    What a worker was doing when it was lost, another does again.

    Raises:
        TableError: the extra `cluster` is missing, nobody answers there, there are no workers, or they are of another
            version; also while pieces are scored.
    """
    try:
        from distributed import Client
    except ImportError:
        raise TableError(
            "verwacht voor --scheduler: de extra 'cluster' (pip install 'dialoogwijzer[cluster]')",
            "expected for --scheduler: the extra 'cluster' (pip install 'dialoogwijzer[cluster]')",
        ) from None
    try:
        client: Any = Client(address, timeout=ANSWERS_WITHIN, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError, ImportError):
        raise TableError(
            f"{address}: hier antwoordt geen Dask-scheduler", f"{address}: no Dask scheduler answers here"
        ) from None
    wanted = (base.knowledge.version, base.version)

    def in_order(pieces: Iterator[Piece]) -> Iterator[tuple[Piece, Scored]]:
        waiting: deque[tuple[Piece, Any]] = deque()
        with client:
            _require_workers(client, address)
            room = AHEAD + 2 * sum(client.nthreads().values())
            for piece in pieces:
                waiting.append((piece, client.submit(_scored_by_worker, piece, pure=False)))
                if len(waiting) >= room:
                    yield from _first(waiting, client, wanted, address)
            while waiting:
                yield from _first(waiting, client, wanted, address)

    return in_order


def _require_workers(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=ANSWERS_WITHIN)
    except TimeoutError:
        raise TableError(f"{address}: er zijn geen workers", f"{address}: there are no workers") from None


def _first(
    waiting: deque[tuple[Piece, Any]], client: Any, wanted: tuple[str, str], address: str
) -> Iterable[tuple[Piece, Scored]]:
    piece, future = waiting.popleft()
    while True:
        try:
            versions, scored = future.result(timeout=WORKS_WITHIN)
        except TimeoutError:
            _require_workers(client, address)
        except Exception as error:  # whatever a worker or the connection may raise
            shown = " ".join(f"{type(error).__name__}: {error}".split())[:200]
            raise TableError(
                f"{address}: het cluster kan dit niet uitvoeren: {shown}",
                f"{address}: the cluster cannot do this: {shown}",
            ) from None
        else:
            break
    if versions != wanted:
        raise TableError(
            f"{address}: een worker heeft een andere versie van kennis of regels; installeer overal dezelfde",
            f"{address}: a worker has another version of knowledge or rules; install the same everywhere",
        )
    return [(piece, scored)]
