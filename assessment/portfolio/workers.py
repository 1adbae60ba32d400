"""Who examines the batches of a portfolio: this process, or the workers of a Dask cluster; with equal results."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from assessment.portfolio.batches import Batch, TableError
from assessment.portfolio.frames import Examined, Examiner, examine_frame, no_results
from knowledge.text import Language
from rules.model import RuleBase

AHEAD = 3
"""How many batches are in hand while one is written: one that is read, one that is evaluated, one that waits."""
ANSWERS_WITHIN = 10
"""Seconds that a scheduler may take to answer."""
WORKS_WITHIN = 30
"""Seconds after which it is looked up whether there still are workers."""

Done = tuple[Batch, Examined | None]
"""A batch with what was found in it; None where it has no rows."""
Examining = Callable[[Iterator[Batch], Language], Iterator[Done]]
"""Examines batches, and gives them in the order in which they came; only a few are in hand at a time."""


def in_this_process(base: RuleBase) -> Examining:
    """While one batch is written, the next is examined and the one after it is read."""
    examine = Examiner(base)

    def in_order(batches: Iterator[Batch], language: Language) -> Iterator[Done]:
        def examined(read: "Future[Batch | None]") -> Done | None:
            batch = read.result()
            if batch is None:
                return None
            return batch, examine(batch.frame(), language=language) if len(batch.rows) else None

        with ThreadPoolExecutor(1) as reading, ThreadPoolExecutor(1) as evaluating:
            waiting = deque(evaluating.submit(examined, reading.submit(next, batches, None)) for _ in range(AHEAD))
            while (done := waiting.popleft().result()) is not None:
                yield done
                waiting.append(evaluating.submit(examined, reading.submit(next, batches, None)))

    return in_order


def on_cluster(address: str) -> Examining:
    """The workers of the Dask scheduler at an address, each with this program and the same knowledge and rules.

    Each batch is a Dask DataFrame of one partition that goes through `map_partitions(examine_frame)`, as anybody's own
    does. What a worker was doing when it was lost, another does again.

    Raises:
        TableError: the extra `cluster` is missing, nobody answers there, there are no workers, or they are of another
            version; also while batches are examined.
    """
    try:
        from dask import dataframe
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

    def examined(batch: Batch, language: Language) -> Any:
        whole: Any = dataframe
        frame = whole.from_pandas(batch.frame(), npartitions=1, sort=False)
        parts = frame.map_partitions(examine_frame, language=language, meta=no_results(), enforce_metadata=False)
        return parts.to_delayed()[0]

    def in_order(batches: Iterator[Batch], language: Language) -> Iterator[Done]:
        waiting: deque[tuple[Batch, Any]] = deque()
        with client:
            _require_workers(client, address)
            room = AHEAD + 2 * sum(client.nthreads().values())
            for batch in batches:
                waiting.append((batch, client.compute(examined(batch, language)) if len(batch.rows) else None))
                if len(waiting) >= room:
                    yield _first(waiting, client, address)
            while waiting:
                yield _first(waiting, client, address)

    return in_order


def _require_workers(client: Any, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=ANSWERS_WITHIN)
    except TimeoutError:
        raise TableError(f"{address}: er zijn geen workers", f"{address}: there are no workers") from None


def _first(waiting: deque[tuple[Batch, Any]], client: Any, address: str) -> Done:
    batch, future = waiting.popleft()
    if future is None:
        return batch, None
    while True:
        try:
            examined: Examined = future.result(timeout=WORKS_WITHIN)
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
    if examined.results.attrs != no_results().attrs:
        raise TableError(
            f"{address}: een worker heeft een andere versie van kennis of regels; installeer overal dezelfde",
            f"{address}: a worker has another version of knowledge or rules; install the same everywhere",
        )
    return batch, examined
