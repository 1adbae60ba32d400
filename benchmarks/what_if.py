"""How long the questions after the advice take: what if, what would change it, why not, what to ask next.

`python -m benchmarks.what_if [--cases N]` prints medians and worst times in milliseconds over the cases of the
knowledge base, and their ratio to one complete advice in the same run.
"""

import argparse
from random import Random
from statistics import median

from assessment.advice import advise
from assessment.changes.comparison import compare
from assessment.changes.next_question import NextQuestions
from assessment.changes.smallest_change import WhatIf
from assessment.model import Assessment
from benchmarks.evaluation import milliseconds
from knowledge.base import knowledge_base
from rules.engine.inference import inference


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=12, help="number of cases")
    parser.add_argument("--lessons", type=int, default=12, help="number of lessons per case, advised and not advised")
    given = parser.parse_args()
    knowledge, running, random = knowledge_base(), inference(), Random(1)
    trials, orders = WhatIf(running.base), NextQuestions(running.base)
    cases = list(knowledge.scenarios.values())[: given.cases]
    rows: dict[str, list[float]] = {}

    def measure(name: str, times: list[float]) -> None:
        rows.setdefault(name, []).extend(times)

    tried = []
    for case in cases:
        answers = case.answers
        assessment = Assessment(title="x", answers=answers, knowledge_version=knowledge.version)
        half = dict(random.sample(sorted(answers.items()), len(answers) // 2))
        other = assessment.model_copy(update={"answers": half})
        measure("complete advice", [milliseconds(lambda a=assessment: advise(a, running))])
        tried.append(len(trials.variants(answers)))
        measure("what if, every other answer", [milliseconds(lambda a=answers: trials.variants(a))])
        measure("next best question", [milliseconds(lambda a=half: orders.order(a))])
        measure("comparison with half of it", [milliseconds(lambda a=assessment, b=other: compare(a, b, running))])
        advised = sorted(trials.advised(answers))
        others = sorted(knowledge.lessons.keys() - advised)
        for lesson in random.sample(advised, min(given.lessons, len(advised))):
            change = milliseconds(lambda a=answers, one=lesson: trials.smallest_change(a, one))
            measure("smallest change, removing", [change])
        for lesson in random.sample(others, min(given.lessons, len(others))):
            measure(
                "smallest change, bringing", [milliseconds(lambda a=answers, x=lesson: trials.smallest_change(a, x))]
            )
            measure("why not", [milliseconds(lambda a=answers, x=lesson: trials.why_not(a, x))])
    unit = median(rows["complete advice"])
    print(f"{len(running.base.rules)} rules, {len(cases)} cases, {min(tried)} to {max(tried)} other answers per case")
    for name, times in rows.items():
        print(f"{name:30s} {median(times):9.1f} ms  (worst: {max(times):9.1f} ms)  {median(times) / unit:8.2f} x")


if __name__ == "__main__":
    main()
