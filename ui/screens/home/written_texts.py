"""The texts of an assessment that can be taken away for good: all that was ever written, also what was emptied."""

from collections.abc import Iterable
from typing import NamedTuple

from assessment.plan import Decision
from assessment.store import Happening
from assessment.store.erasing import WRITTEN, Erasable
from assessment.store.history_in_words import what_about
from knowledge.base import knowledge_base
from knowledge.renames import present_id
from ui.visit.session import language, t


class Written(NamedTuple):
    """One text: what kind it is, and the question or task that it is about."""

    kind: Erasable
    about: str | None


def written_texts(past: Iterable[Happening]) -> dict[Written, str]:
    """Each text that stands in these events, with what it is called."""
    knowledge = knowledge_base()
    found: dict[Written, str] = {}
    titles = []
    for one in past:
        if one.kind == "title":
            titles.append(one)
        elif one.kind == "note" and one.value:
            question = knowledge.questions.get(present_id(one.about or "", knowledge.renamed))
            asked = question.text.in_(language()) if question is not None else one.about
            found[Written("note", one.about)] = t("data.erase_note", about=asked)
        elif one.kind == "action" and one.value and any(one.value.get(name) for name in WRITTEN):
            task = Decision.model_validate(one.value).task.title.in_(language())
            found[Written("action", one.about)] = t("data.erase_plan", about=task)
        elif one.kind == "comment" and one.value:
            about = what_about(one.about or "", knowledge).in_(language())
            found[Written("comment", one.about)] = t("data.erase_comments", about=about)
    if any(one.value for one in titles[:-1]):
        found[Written("title", None)] = t("data.erase_titles")
    return found
