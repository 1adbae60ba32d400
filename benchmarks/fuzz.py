"""Gives thousands of mutated files to every reader: no traceback, no hang, no write, and one clear line each.

`python -m benchmarks.fuzz [--files N] [--first N]` exits with 1 where a reader fails, and names the file by its number.
"""

import argparse
import faulthandler
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.support.mutated_files import complaint, mutated, sound

LONGEST = 2.0
"""Seconds of work that one reader may take."""


def main() -> None:
    """Try, and print what failed and how long the slowest took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0)
    given = parser.parse_args()
    sound()
    failed, slowest, start = 0, (0.0, ""), time.perf_counter()
    for number in range(given.first, given.first + given.files):
        suffix, content = mutated(number)
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"given{suffix}"
            path.write_bytes(content)
            faulthandler.dump_traceback_later(60, exit=True)
            before = time.process_time()
            wrong = complaint(path)
            seconds = time.process_time() - before
            faulthandler.cancel_dump_traceback_later()
        slowest = max(slowest, (seconds, f"{number}{suffix}"))
        if seconds > LONGEST:
            wrong = wrong or f"takes {seconds:.1f} s"
        if wrong:
            failed += 1
            print(f"{number}{suffix}: {wrong}", flush=True)
    taken = time.perf_counter() - start
    print(f"{given.files:,d} files, {failed} failed, {taken:.0f} s; the slowest took {slowest[0]:.2f} s ({slowest[1]})")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
