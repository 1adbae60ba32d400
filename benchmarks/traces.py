"""How much of what could lead to somebody is found, and how often plain text is marked: python -m benchmarks.traces

Both halves of the phrases in benchmarks/traces are counted; the detection was tuned on the first half only. With
--misses the first half also says what went wrong; what went wrong in the other is not shown, so that it stays apart.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from assessment.anonymity.traces import traces
from knowledge.text import LANGUAGES

FOLDER = Path(__file__).parent / "traces"
HALVES = ("tuning", "held-out")
NOTES = "notes"
"""Freer notes, by others; they are printed too."""
ARTICLES = {"de", "het", "een", "the", "a", "an"}


@dataclass(frozen=True)
class Tried:
    """A phrase, whether all that leads is in it is covered word for word, touched at all, and what was marked."""

    phrase: str
    whole: bool
    touched: bool
    marked: tuple[str, ...]


def tried(phrase: str) -> Tried:
    """A phrase with [leads] marked, tried. In a phrase without marks nothing should be found."""
    text, leads, depth, start = "", [], 0, 0
    for place, one in enumerate(phrase):
        if one == "[" and (not depth or phrase[place - 1] == " "):
            start, depth = (len(text), 1) if not depth else (start, depth + 1)
            text += one if depth > 1 else ""
        elif one == "[":
            depth, text = depth + 1, text + one
        elif one == "]":
            depth -= 1
            if depth:
                text += one
            else:
                leads.append((start, len(text)))
        else:
            text += one
    hits = traces(text)
    covered = {place for hit in hits for place in range(hit.start, hit.end)}
    words = [
        [
            range(start + one.start(), start + one.end())
            for one in re.finditer(r"\w+", text[start:end])
            if one.group() not in ARTICLES
        ]
        for start, end in leads
    ]
    whole = all(place in covered for some in words for word in some for place in word)
    touched = all(any(place in covered for word in some for place in word) for some in words)
    return Tried(text, whole, touched, tuple(hit.text for hit in hits))


def measured(half: str) -> Iterator[tuple[str, str, list[Tried]]]:
    """The phrases of a half, tried: leads and plain text, per language."""
    phrases = yaml.safe_load((FOLDER / f"{half}.yaml").read_text("utf-8"))
    for kind in ("leads", "plain"):
        for language in LANGUAGES:
            yield kind, language, [tried(one) for one in phrases[kind][language]]


def main() -> None:
    """Print the figures."""
    for half in (*HALVES, NOTES):
        for kind, language, some in measured(half):
            if kind == "leads":
                found, touched = sum(one.whole for one in some), sum(one.touched for one in some)
                print(
                    f"{half:9s} {language}: {found} of {len(some)} found whole ({found / len(some):.0%}), "
                    f"{touched} at least in part ({touched / len(some):.0%})"
                )
                wrong = [one for one in some if not one.whole]
            else:
                wrong = [one for one in some if one.marked]
                share = len(wrong) / len(some)
                print(f"{half:9s} {language}: {len(wrong)} of {len(some)} plain phrases marked ({share:.0%})")
            if half != "held-out" and "--misses" in sys.argv:
                for one in wrong:
                    print(f"    {one.phrase}: {', '.join(one.marked) or '-'}")


if __name__ == "__main__":
    main()
