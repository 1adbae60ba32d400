"""The act that comes nearest to a question in the user's own words."""

import re
from collections import Counter
from collections.abc import Sequence

from assessment.sheets.compose.contents import Line

STEM = 6
"""So many first letters of a word tell which word it is, whatever ends it."""
SHORTEST = 4
"""Shorter words tell nothing of what is asked."""
COMMON = 0.25
"""A word in more than this share of the acts tells nothing either."""
SHARED = 2
"""With so many words of the question an act is about it, or with half of them where the question has few."""
ASKING = frozenset(
    re.findall(
        r"\w+",
        "moet moeten kunnen mogen zullen welke welk hoeveel hoelang waarom wanneer worden wordt zijn waren heeft "
        "hebben doen deze daar onze mijn jullie niet voor naar over door meer best beste should would could which "
        "what when where have does they them their that this with from about there many much most your will",
    )
)
"""Words of four letters and more with which people ask, whatever it is about."""


def nearest(question: str, lines: Sequence[Line]) -> Line | None:
    """The act with most of the words of the question, rare words first; None where none has enough of them."""
    asked = _stems(question)
    enough = max(1, min(SHARED, len(asked) // 2))
    described = {line.act: _stems(line.label) for line in lines}
    told = {line.act: described[line.act] | _stems(line.instead) for line in lines}
    often = Counter(stem for stems in told.values() for stem in stems)
    asked = {stem for stem in asked if 0 < often[stem] <= max(1, COMMON * len(lines))}

    def weight(line: Line) -> float:
        return sum((2 if stem in described[line.act] else 1) / often[stem] for stem in asked & told[line.act])

    about = [line for line in lines if len(asked & told[line.act]) >= enough and asked & described[line.act]]
    return max(about, key=weight, default=None)


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in re.findall(r"\w+", text.lower()) if len(word) >= SHORTEST and word not in ASKING}
