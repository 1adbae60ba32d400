"""One company: its answers, its score, its advice with the explanation, and the sheets that it takes away.

What an outsider needs is here; the example in docs/analyst.ipynb uses it. What is not named here may change.

    from pathlib import Path
    from assessment import advise, assess_frame, make_dossier, read_answers, write_sheet

    answers = read_answers(Path("answers.yaml"))
    advise(answers).to_frame("en")                     # the verdict on each act, most urgent first
    write_sheet(make_dossier(answers), "director", "pdf", "en")    # the bytes of a file
    assess_frame(table)                                # a DataFrame of answers -> scores and advised lessons
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assessment.advice import advise
    from assessment.answers.files import AnswerFileError
    from assessment.answers.files import read as read_answers
    from assessment.content_frames import citations_frame, lessons_frame, questions_frame, rules_frame
    from assessment.dossier import Dossier
    from assessment.dossier import dossier as make_dossier
    from assessment.model import Advice, Assessment
    from assessment.plan import Plan, plan_for
    from assessment.portfolio.batches import TableError
    from assessment.portfolio.frames import Examined, assess_frame, examine_frame, no_results
    from assessment.portfolio.read.mapping import TableMapping, read_mapping
    from assessment.sheets.problem import SheetError
    from assessment.sheets.purposes import write_sheet

_FROM = {
    "advice": ("advise",),
    "answers.files": ("AnswerFileError", "read_answers"),
    "content_frames": ("citations_frame", "lessons_frame", "questions_frame", "rules_frame"),
    "dossier": ("Dossier", "make_dossier"),
    "model": ("Advice", "Assessment"),
    "plan": ("Plan", "plan_for"),
    "portfolio.batches": ("TableError",),
    "portfolio.frames": ("Examined", "assess_frame", "examine_frame", "no_results"),
    "portfolio.read.mapping": ("TableMapping", "read_mapping"),
    "sheets.problem": ("SheetError",),
    "sheets.purposes": ("write_sheet",),
}
_THERE = {"read_answers": "read", "make_dossier": "dossier"}
"""What a name is called in its module, where that is something else."""

__all__ = [
    "Advice",
    "AnswerFileError",
    "Assessment",
    "Dossier",
    "Examined",
    "Plan",
    "SheetError",
    "TableError",
    "TableMapping",
    "advise",
    "assess_frame",
    "citations_frame",
    "examine_frame",
    "lessons_frame",
    "make_dossier",
    "no_results",
    "plan_for",
    "questions_frame",
    "read_answers",
    "read_mapping",
    "rules_frame",
    "write_sheet",
]


def __getattr__(name: str) -> Any:
    """A public name, imported when it is first asked for: most of the program needs only a part of this package."""
    for module, names in _FROM.items():
        if name in names:
            return getattr(import_module(f"assessment.{module}"), _THERE.get(name, name))
    raise AttributeError(f"module 'assessment' has no attribute {name!r}")
