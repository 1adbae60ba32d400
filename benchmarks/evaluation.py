"""How long an advice takes, and how its parts and the engines compare, in one run on this machine.

`python -m benchmarks.evaluation [--sets N]` prints medians in milliseconds and their ratio to one durable-rules run.
All is processor time, which other work on the machine hardly changes.
"""

import argparse
import time
from collections.abc import Callable
from random import Random
from statistics import median, quantiles

import rules.model
from assessment.advice import advise
from assessment.dossier import dossier
from assessment.model import Assessment
from assessment.sheets.purposes import write_sheet
from knowledge.base import CONTENT, knowledge_base, load
from rules.columns import Columns
from rules.engine.inference import Inference, inference, reference
from rules.engine.memory import working_memory
from rules.model import BASE
from rules.sampling import random_answers


def milliseconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.process_time()
    work()
    return 1000 * (time.process_time() - start)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sets", type=int, default=300, help="number of random answer sets")
    sets = parser.parse_args().sets
    loading = milliseconds(lambda: rules.model.load(BASE, load(CONTENT)).ways)
    knowledge = knowledge_base()
    compiling = milliseconds(inference)
    running: Inference = inference()
    base = running.base
    random = Random(1)
    given = [random_answers(knowledge, random, share=0.9) for _ in range(sets)]
    given += [dict(case.answers) for case in knowledge.scenarios.values()]
    memories = [working_memory(answers, knowledge.questions) for answers in given]
    columns = Columns(base)
    encoded = columns.encode(memories)
    assessments = [Assessment(title="x", answers=answers, knowledge_version=knowledge.version) for answers in given]
    rows: dict[str, list[float]] = {
        "answers -> advice with explanations": [milliseconds(lambda a=a: advise(a, running)) for a in assessments],
        "inference, compared with the reference": [milliseconds(lambda m=m: running.run(m)) for m in memories],
        "reference meaning with evidence": [milliseconds(lambda m=m: reference(base, m)) for m in memories],
        "columns, per row of the batch": [milliseconds(lambda: columns.evaluate(encoded)) / len(memories)],
        "PDF sheet": [
            milliseconds(lambda a=a: write_sheet(dossier(a, running), "full", "pdf", "nl")) for a in assessments[-5:]
        ],
    }
    if running.engine is not None:
        engine = running.engine
        rows["durable-rules alone"] = [milliseconds(lambda m=m: engine.run(m)) for m in memories]
    unit = median(rows.get("durable-rules alone", rows["reference meaning with evidence"]))
    counted = f"{len(base.rules)} rules, {len(knowledge.questions)} questions, {len(given)} answer sets"
    print(f"{counted}, {running.engine_name}")
    print(f"{'loading and checking all content':42s} {loading:9.1f} ms")
    print(f"{'compiling the rules for the engine':42s} {compiling:9.1f} ms")
    for name, times in rows.items():
        high = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
        print(f"{name:42s} {median(times):9.3f} ms  (95 %: {high:9.3f} ms)  {median(times) / unit:8.3f} x")


if __name__ == "__main__":
    main()
