"""What the columns and levels of a table of results are called, with their ids beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.model import Level
from assessment.portfolio.score_columns import LEVEL_NAMES
from assessment.portfolio.words import labels
from assessment.scoring import parts
from knowledge.text import Language
from rules.model import RuleBase

LESSON = "lesson."
COUNTS = ("open_safety_findings", "unknown", "answered", "asked")
ENDS = ("lowest", "highest", "lowest_level", "highest_level")


@dataclass(frozen=True)
class Naming:
    """The words of a table of results in one language."""

    language: Language
    columns: Mapping[str, str]
    levels: Mapping[str, str]
    lessons: Mapping[str, str]
    """By their ids, without `lesson.`."""
    lessons_column: str
    yes: str
    no: str


def naming(base: RuleBase, language: Language) -> Naming:
    """The words for what a rule base concludes."""
    words, every = labels(language), parts(base)
    columns = {name: _with_id(words[f"result.{name}"], name) for name in ("id", "title", *COUNTS)}
    for part in (every.overall, *every.themes):
        for end in ENDS:
            name = f"{part.about}.{end}"
            columns[name] = _with_id(f"{part.title.in_(language)}: {words[f'result.{end}']}", name)
    cards = {lesson: card.title.in_(language) for lesson, card in base.knowledge.card_of.items()}
    lessons = {lesson: _with_id(title, lesson) for lesson, title in cards.items()}
    for lesson, title in cards.items():
        columns[f"{LESSON}{lesson}"] = _with_id(f"{words['result.advice']}: {title}", f"{LESSON}{lesson}")
    levels: tuple[Level, ...] = LEVEL_NAMES
    return Naming(
        language,
        columns,
        {one: _with_id(words[f"level.{one}"].partition(" (")[0], one) for one in levels},
        lessons,
        _with_id(words["result.lessons"], "lessons"),
        words["result.yes"],
        words["result.no"],
    )


def _with_id(words: str, name: str) -> str:
    return f"{words} [{name}]"
