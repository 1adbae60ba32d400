"""How fast sheets are made, and with how much memory: `python -m benchmarks.sheets [pages]`."""

import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import cycle, islice
from multiprocessing import get_context
from statistics import median

from assessment.answers.files import Given
from assessment.dossier import Dossier, from_file
from assessment.model import Assessment
from assessment.sheets.purposes import write_sheet
from knowledge.base import knowledge_base
from rules.engine.inference import inference

CASE = "rajasthan-2023"
RUNS = 9
PAGES = 500
WORKERS = 2
LIMITS = {"full pdf": 1.0, "full docx": 1.0, "full xlsx": 1.0, "pages": 60.0, "memory": 500.0}


def dossier_of(case: str) -> Dossier:
    """The dossier of a case."""
    knowledge = knowledge_base()
    given = knowledge.scenarios[case]
    assessment = Assessment(title=given.title.nl, answers=given.answers, knowledge_version=knowledge.version)
    return from_file(Given(assessment, case=case), inference(), date(2026, 11, 20))


def seconds(run: Callable[[], object]) -> float:
    """The median processor time of some runs, after one to warm up."""
    run()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return median(times)


def page(case: str) -> tuple[int, float]:
    """One director's page from answers: its bytes, and the megabytes that this process has needed until now."""
    return len(write_sheet(dossier_of(case), "director", "pdf", "nl")), megabytes()


def megabytes() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the times, their ratio to computing the advice, and whether each is within its limit."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    dossier = dossier_of(CASE)
    advising = seconds(lambda: dossier_of(CASE))
    print(f"{'answers -> dossier':22s} {advising * 1000:8.1f} ms      1.0 x")
    for purpose, form in (
        ("full", "pdf"), ("full", "docx"), ("full", "xlsx"), ("full", "html"), ("full", "json"),
        ("director", "pdf"), ("director", "docx"), ("accountability", "docx"),
    ):  # fmt: skip
        took = seconds(lambda purpose=purpose, form=form: write_sheet(dossier, purpose, form, "nl"))  # type: ignore[misc]
        told = _told(f"{purpose} {form}", took)
        print(f"{purpose + ' ' + form:22s} {took * 1000:8.1f} ms {took / advising:8.1f} x {told}")
    cases = list(islice(cycle(knowledge_base().scenarios), pages))
    start = time.perf_counter()
    # Spawned: a fork of a process in which Typst has run waits for ever for threads that it does not have.
    with ProcessPoolExecutor(WORKERS, get_context("spawn")) as workers:
        made = list(workers.map(page, cases, chunksize=10))
    took = time.perf_counter() - start
    told = _told("pages", took) if pages == PAGES else ""
    print(f"{pages} director's pages, {WORKERS} processes: {took:.1f} s, {took / pages * 1000:.0f} ms each {told}")
    most = max(megabytes(), *(needed for _, needed in made))
    print(f"most memory of one process: {most:.0f} MB {_told('memory', most)}")


def _told(name: str, measured: float) -> str:
    if name not in LIMITS:
        return ""
    return f"(limit {LIMITS[name]:g}: {'within' if measured <= LIMITS[name] else 'OVER'})"


if __name__ == "__main__":
    main()
