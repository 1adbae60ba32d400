"""Writes what the project and some of its extras need, a requirement a line: `python setup/wanted.py dev,postgres`.

With `--only` before them it is what the extras alone need.
"""

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def wanted(extra: str) -> Iterator[str]:
    """What this extra needs, with that of the extras that it names."""
    for one in PROJECT["optional-dependencies"][extra]:
        name, bracket, named = one.partition("[")
        if name == PROJECT["name"] and bracket:
            for other in named.rstrip("]").split(","):
                yield from wanted(other)
        else:
            yield one


def main() -> None:
    """Write them to standard output."""
    only = sys.argv[1] == "--only"
    lines = [] if only else [*PROJECT["dependencies"]]
    for extra in filter(None, sys.argv[-1].split(",")):
        lines += wanted(extra)
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
