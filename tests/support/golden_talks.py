"""The conversation kits and dialogue plans of the publications' cases, to read in a difference."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from assessment.advisers.dialogue import DialoguePlan
from assessment.dossier import Dossier, dossier
from assessment.model import Assessment
from assessment.sheets.compose.conversation import conversation_sheet
from assessment.sheets.compose.dialogue import dialogue_sheet
from assessment.sheets.document import Document
from assessment.sheets.writers import write
from knowledge.base import knowledge_base
from knowledge.text import LANGUAGES, Language
from rules.engine.inference import inference
from tests.support.golden_texts import shortened, unchanging

FOLDER = Path(__file__).parent.parent / "golden" / "talks"
MADE_ON = date(2026, 11, 27)
PLAN = DialoguePlan(on=date(2027, 5, 3), participants=19)

Sheet = Callable[[Dossier, Language], Document]


def _planned(made: Dossier, language: Language) -> Document:
    return dialogue_sheet(made, language, PLAN)


SHEETS: dict[str, Sheet] = {
    "company-a": conversation_sheet,
    "company-b": conversation_sheet,
    "khammam-2020-before": dialogue_sheet,
    "online-series-2021": dialogue_sheet,
    "rajasthan-2023": _planned,
}
"""The sheet to read of each case."""


def path(case: str, language: Language) -> Path:
    """The file with the approved sheet of a case."""
    return FOLDER / f"{case}.{language}.md"


def text(case: str, language: Language) -> str:
    """The sheet of a case as Markdown, made on a fixed day."""
    scenario = knowledge_base().scenarios[case]
    assessment = Assessment(title=scenario.title.in_(language), answers=scenario.answers, knowledge_version="-")
    made = unchanging(dossier(assessment, inference(), today=MADE_ON))
    return shortened(write(SHEETS[case](made, language), "md").decode())


def texts() -> Iterator[tuple[Path, str]]:
    """Every text with the file in which it stands."""
    yield from ((path(case, language), text(case, language)) for case in SHEETS for language in LANGUAGES)
