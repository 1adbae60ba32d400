"""What survives: answers when the process is killed, many writers at once, 10,000 assessments, and the engine's memory.

`python -m benchmarks.reliability [WHAT...] [--url URL] [--kills N] [--seconds N] [--evaluations N]`, with WHAT one or
more of kills, crowd, opening, threads, memory. The store is a new SQLite file, unless the URL of an empty database is
given. It prints one line for each, and ends with status 1 when something was lost.
"""

import argparse
import multiprocessing
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import NamedTuple

from assessment.store import Conflict, Store
from knowledge.base import knowledge_base
from rules.engine.inference import inference
from rules.engine.memory import working_memory
from rules.sampling import random_answers

CONTEXT = multiprocessing.get_context("forkserver")  # a process that can be killed starts in milliseconds
CONTEXT.set_forkserver_preload(["assessment.store"])


class Killed(NamedTuple):
    """How many processes were killed, how many answers they said they saved, and how many of these were not there."""

    kills: int
    acknowledged: int
    lost: int


class Crowd(NamedTuple):
    """What writers did at once: saves, refusals to overwrite, updates that were lost, and errors that a user sees."""

    saves: int
    conflicts: int
    lost: int
    errors: list[str]
    slowest: float
    put: dict[str, str]
    """What each value of the shared answer was put in the place of."""


def kills(url: str, count: int, seed: int = 0) -> Killed:
    """Kill a process that saves answers, at random moments, and look what is there afterwards."""
    chance, acknowledged, lost = random.Random(seed), 0, 0
    store = Store(url)
    for _ in range(count):
        assessment = store.create("", "v")
        here, there = CONTEXT.Pipe(duplex=False)
        process = CONTEXT.Process(target=_save_on, args=(url, assessment, there))
        process.start()
        there.close()
        said = [here.recv()]  # it has begun
        time.sleep(chance.uniform(0, 0.1))
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        said += _rest(here)
        process.join()
        there_now = store.open(assessment).assessment.answers
        acknowledged += len(said)
        lost += sum(there_now.get(f"q{number}") != number for number in said)
        lost += len(there_now) > len(said) + 1  # more than one that nobody was told of
    store.close()
    return Killed(count, acknowledged, lost)


def _save_on(url: str, assessment: str, told: Connection) -> None:
    store = Store(url)
    revision = store.open(assessment).revision
    for number in range(1_000_000):
        revision = store.save_answer(assessment, f"q{number}", number, revision)
        told.send(number)


def _rest(told: Connection) -> list[int]:
    numbers: list[int] = []
    while True:
        try:
            numbers.append(told.recv())
        except (EOFError, OSError):
            return numbers


def crowd(url: str, seconds: float, threads: int = 8, processes: int = 4) -> Crowd:
    """Threads in one process and processes of their own all change one answer, and each counts in one of its own.

    Whoever is refused, because another was first, looks again and goes on. An update is lost where the history of the
    shared answer has a value that its writer put in the place of another one than it saw.
    """
    store = Store(url)
    assessment = store.create("", "v", {"shared": "start"})
    until = time.time() + seconds
    with CONTEXT.Pool(processes) as pool:
        elsewhere = [pool.apply_async(_count, (url, assessment, f"p{number}", until)) for number in range(processes)]
        with ThreadPoolExecutor(threads) as here:
            counting = [here.submit(_count_in, store, assessment, f"t{number}", until) for number in range(threads)]
        parts = [one.result() for one in counting] + [one.get(timeout=seconds + 120) for one in elsewhere]
    now = store.open(assessment).assessment.answers
    before = {new: seen for part in parts for new, seen in part.put.items()}
    values = [one.value for one in store.history(assessment) if one.about == "shared"]
    lost = sum(before.get(new) != old for old, new in pairwise(values)) + abs(len(values) - 1 - len(before))
    names = [f"t{number}" for number in range(threads)] + [f"p{number}" for number in range(processes)]
    lost += sum(abs(part.saves - int(str(now.get(name, 0)))) for name, part in zip(names, parts, strict=True))
    store.close()
    return Crowd(
        saves=2 * sum(part.saves for part in parts),
        conflicts=sum(part.conflicts for part in parts),
        lost=lost,
        errors=[error for part in parts for error in part.errors],
        slowest=max(part.slowest for part in parts),
        put=before,
    )


def _count(url: str, assessment: str, name: str, until: float) -> Crowd:
    store = Store(url)
    try:
        return _count_in(store, assessment, name, until)
    finally:
        store.close()


def _count_in(store: Store, assessment: str, name: str, until: float) -> Crowd:
    saves = conflicts = 0
    slowest, errors, put = 0.0, [], {}
    while time.time() < until or not saves:  # everybody gets a turn, however busy the machine
        begun = time.perf_counter()
        try:
            seen = store.open(assessment)
            new = f"{name}-{saves}"
            revision = store.save_answer(assessment, "shared", new, seen.revision)
            put[new] = str(seen.assessment.answers["shared"])
            store.save_answer(assessment, name, saves + 1, revision)
        except Conflict:
            conflicts += 1
        except Exception as problem:
            errors.append(repr(problem))
            break
        else:
            saves += 1
        slowest = max(slowest, time.perf_counter() - begun)
    return Crowd(saves, conflicts, 0, errors, slowest, put)


class Opening(NamedTuple):
    """Milliseconds, with so many stored assessments; the first is opened where nothing else is stored."""

    alone: float
    one: float
    one_95: float
    page: float
    search: float
    whole: float
    own: float
    audit: float
    delete: float
    waited: float
    """How long the slowest reader waited meanwhile."""


def opening(url: str, count: int, sample: int = 200) -> Opening:
    """Open one, list a page of them, search, list all, a user's own ten, who did what, and delete one for good."""
    knowledge, chance, store = knowledge_base(), random.Random(1), Store(url)
    answers = [random_answers(knowledge, chance, share=0.9) for _ in range(20)]
    first = store.create("Gesprek", "v", answers[0])
    alone = min(_milliseconds(lambda: store.open(first)) for _ in range(20))
    made = [store.create(f"Gesprek {number}", "v", answers[number % 20]) for number in range(count)]
    chosen = chance.sample(made, min(sample, count))
    store.open(chosen[0])
    times = [_milliseconds(lambda one=one: store.open(one)) for one in chosen]  # type: ignore[misc]
    page = median(_milliseconds(lambda: store.list(first=20)) for _ in range(20))
    search = median(_milliseconds(lambda: store.list("gesprek 77", 20)) for _ in range(20))
    whole = _milliseconds(store.list)
    user = store.seen_by("somebody")
    for number in range(10):
        user.create(f"Eigen {number}", "v", answers[number])
    own = min(_milliseconds(user.list) for _ in range(5))
    for _ in range(min(count, 10_000)):
        store.exported(first, "pdf")
    audit = median(_milliseconds(lambda: store.sharing.audit(first, 20)) for _ in range(20))
    with ThreadPoolExecutor(2) as threads:
        deleting = threads.submit(lambda: _milliseconds(lambda: store.delete(made[-1])))
        reading = threads.submit(lambda: _slowest(lambda: store.open(first), deleting.done))
        delete, waited = deleting.result(), reading.result()
    store.close()
    return Opening(alone, median(times), quantiles(times, n=20)[-1], page, search, whole, own, audit, delete, waited)


def _slowest(work: Callable[[], object], until: Callable[[], bool]) -> float:
    times = [_milliseconds(work)]
    while not until():
        times.append(_milliseconds(work))
    return max(times)


def threads_agree(count: int, sets: int = 200) -> int:
    """How often so many threads on one engine conclude something else than one thread does."""
    knowledge, running, chance = knowledge_base(), inference(), random.Random(2)
    memories = [working_memory(random_answers(knowledge, chance, share=0.9), knowledge.questions) for _ in range(sets)]
    alone = [running.run(memory) for memory in memories]
    with ThreadPoolExecutor(count) as pool:
        rounds = [pool.submit(lambda: [running.run(memory) for memory in memories]) for _ in range(count)]
        together = [one.result() for one in rounds]
    return sum(one != other for results in together for one, other in zip(alone, results, strict=True))


def memory(evaluations: int, step: int = 10) -> list[float]:
    """Megabytes in use before, and after each part of so many evaluations by the engine."""
    knowledge, running, chance = knowledge_base(), inference(), random.Random(3)
    sets = [working_memory(random_answers(knowledge, chance, share=0.9), knowledge.questions) for _ in range(200)]
    for one in sets:
        running.run(one)
    used = [_megabytes()]
    for _ in range(step):
        for number in range(evaluations // step):
            running.run(sets[number % len(sets)])
        used.append(_megabytes())
    return used


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", default=["kills", "crowd", "opening", "threads", "memory"])
    parser.add_argument("--url", help="an empty database; default: a new SQLite file")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--assessments", type=int, default=10_000)
    parser.add_argument("--evaluations", type=int, default=100_000)
    chosen = parser.parse_args()
    bad = 0
    with TemporaryDirectory() as folder:
        url = chosen.url or f"sqlite:///{folder}/dialoogwijzer.sqlite"
        if "kills" in chosen.what:
            killed = kills(url, chosen.kills)
            bad += killed.lost
            print(f"killed {killed.kills} times: {killed.acknowledged} answers acknowledged, {killed.lost} lost")
        if "crowd" in chosen.what:
            crowded = crowd(url, chosen.seconds)
            bad += crowded.lost + len(crowded.errors)
            print(
                f"8 threads and 4 processes, {chosen.seconds:.0f} s: {crowded.saves} saves, {crowded.conflicts} "
                f"refused as another was first, {crowded.lost} lost, {len(crowded.errors)} errors, "
                f"slowest {crowded.slowest:.2f} s"
            )
            print(*crowded.errors[:3], sep="\n")
        if "opening" in chosen.what:
            found = opening(url, chosen.assessments)
            print(
                f"one of {chosen.assessments} assessments opens in {found.one:.1f} ms (95 %: {found.one_95:.1f} ms), "
                f"{found.one / found.alone:.1f} times as long as the only one; 20 of the list take {found.page:.1f} ms "
                f"({found.page / found.one:.1f} times opening one), a search {found.search:.1f} ms, the whole list "
                f"{found.whole:.0f} ms, that of a user with ten {found.own:.1f} ms, 20 of 10,000 lines on who did what "
                f"{found.audit:.1f} ms; deleting one for good {found.delete:.0f} ms, in which the slowest reader "
                f"waited {found.waited:.0f} ms"
            )
        if "threads" in chosen.what:
            different = threads_agree(8)
            bad += different
            print(f"8 threads on one engine ({inference().engine_name}): {different} of 1600 results differ from one")
        if "memory" in chosen.what:
            used = memory(chosen.evaluations)
            print(
                f"{chosen.evaluations} evaluations by {inference().engine_name}: MB "
                + " ".join(f"{one:.0f}" for one in used)
            )
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
