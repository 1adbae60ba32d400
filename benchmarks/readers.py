"""Gives files that grow to everything that reads a file: time grows in proportion, and no file takes long.

`python -m benchmarks.readers [NAME ...]` exits with 1 where a reader takes too long, or more than in proportion.
"""

import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.hard_files import HARD, Hard
from tests.support.mutated_files import complaint, sound

STEPS = 4
"""The largest file is let in; each one before is half as large."""
LONGEST, STEEPEST = 10.0, 3.0
"""Seconds for the largest, and how many times those of half of it."""
SHORT = 0.5
"""Seconds below which a ratio says nothing."""


def times(hard: Hard) -> list[float]:
    """Seconds of work for each size, with all readers together."""
    found = []
    for step in reversed(range(STEPS)):
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"given{hard.suffix}"
            path.write_bytes(hard.made(hard.most >> step))
            before = time.process_time()
            wrong = complaint(path)
            found.append(time.process_time() - before)
            if wrong:
                sys.exit(f"{path.name}: {wrong}")
    return found


def main() -> None:
    """Try, and print the seconds for each size."""
    sound()
    failed = False
    for name, hard in HARD.items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        found = times(hard)
        steep = found[-1] > SHORT and found[-1] > STEEPEST * found[-2]
        wrong = "  too steep" if steep else "  too long" if found[-1] > LONGEST else ""
        failed = failed or bool(wrong)
        shown = "".join(f"{seconds:9.2f}" for seconds in found)
        print(f"{name + ' (' + hard.suffix + ')':<36}{hard.most:>10,}{shown}{wrong}", flush=True)
    sys.exit(failed)


if __name__ == "__main__":
    main()
