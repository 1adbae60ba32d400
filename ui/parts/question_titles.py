"""The name of a part of the questions, numbered as the parts are shown."""

from collections.abc import Sequence

from ui.parts.question_parts import Part
from ui.parts.widgets import words
from ui.visit.session import t


def part_title(part: Part, shown: Sequence[Part]) -> str:
    """The theme of a part; where several of its parts are shown, with which one of them it is."""
    same = [one.id for one in shown if one.theme == part.theme]
    if len(same) < 2 or part.id not in same:
        return words(part.theme)
    return t("questions.part", theme=words(part.theme), number=same.index(part.id) + 1)
