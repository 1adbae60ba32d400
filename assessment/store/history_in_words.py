"""What happened to an assessment, in words, one line for each event."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from assessment.plan import STATUSES, Decision
from assessment.store.state import Happening
from knowledge.answering import answer_problem
from knowledge.base import KnowledgeBase
from knowledge.model import Answer
from knowledge.renames import present_id
from knowledge.text import Frozen, Text
from rules.words import in_words


class Line(Frozen):
    """One event: its number, when, by whom, and what it was."""

    number: int
    moment: datetime
    who: str
    says: Text


class Moment(Frozen):
    """A moment to go back to, the number of its event, and how many questions had an answer then."""

    number: int
    moment: datetime
    answered: int


PAUSE = timedelta(minutes=10)
"""After so long without an answer, whoever answers begins anew."""


def moments(past: Iterable[Happening], before: Iterable[str] = ()) -> tuple[Moment, ...]:
    """The moments at which answering paused, the latest first; the present one is left out.

    `before` are the questions that were answered before the events of `past`.
    """
    found: list[Moment] = []
    answered = {*before}
    for one in past:
        if one.kind == "answer" and one.about is not None:
            (answered.discard if one.value is None else answered.add)(one.about)
        elif found:
            continue
        if found and one.moment - found[-1].moment < PAUSE:
            found.pop()
        found.append(Moment(number=one.number, moment=one.moment, answered=len(answered)))
    return tuple(found[-2::-1])


def lines(past: Iterable[Happening], knowledge: KnowledgeBase) -> tuple[Line, ...]:
    """The events in words, in their order. Stored advice is left out: storing it changes nothing.
    So is since when advice is not given, which came with a file, and what was answered in an earlier assessment.

    A question or answer that no longer exists is named by its id.
    """
    return tuple(
        Line(number=one.number, moment=one.moment, who=one.who, says=_says(one, knowledge))
        for one in past
        if one.kind not in ("advice", "lapsed", "kept")
    )


def _says(one: Happening, knowledge: KnowledgeBase) -> Text:
    match one.kind:
        case "title":
            return _both("Titel: {0}", "Title: {0}", _plain(one.value))
        case "adopted":
            aside = _plain(", ".join(one.value["set_aside"]) or "–")
            return _both(
                "Overgenomen in een nieuwere kennisbank; opzij gelegd: {0}",
                "Taken over into a newer knowledge base; set aside: {0}",
                aside,
            )
        case "action":
            if one.value is None:
                return _both("Besluit teruggenomen: {0}", "Decision taken back: {0}", _plain(one.about or ""))
            decision = Decision.model_validate(one.value)
            return _both("Plan: {0}: {1}", "Plan: {0}: {1}", decision.task.title, STATUSES[decision.status])
        case "comment":
            return _both("Reactie bij: {0}", "Comment at: {0}", what_about(one.about or "", knowledge))
        case "date" if one.value is None:
            return _both("Geen dag meer voor wat het eerst komt", "No day any more for what comes first")
        case "date":
            return _both("Wat het eerst komt, is op {0}", "What comes first is on {0}", _plain(one.value))
    asked = _asked(one.about or "", knowledge)
    if one.kind == "note":
        return _both("Aantekening bij: {0}", "Note at: {0}", asked)
    if one.value is None:
        return _both("Antwoord teruggenomen: {0}", "Answer taken back: {0}", asked)
    undone = _both(" (ongedaan gemaakt)", " (undone)") if one.undoes is not None else Text.model_construct(nl="", en="")
    return _both("{0} {1}{2}", "{0} {1}{2}", asked, _answer(one.about or "", one.value, knowledge), undone)


def what_about(name: str, knowledge: KnowledgeBase) -> Text:
    """What a question or the key of a task is about; the key itself where that no longer exists."""
    kind, _, about = name.partition(".")
    if kind == "act":
        acts = {act.id: act.label for each in knowledge.act_lists.values() for act in each.acts}
        return acts.get(about) or _plain(name)
    if kind == "recommendation" and about in knowledge.cards:
        return knowledge.cards[about].title
    return _asked(about if kind == "homework" else name, knowledge)


def _asked(question: str, knowledge: KnowledgeBase) -> Text:
    return knowledge.noted.get(present_id(question, knowledge.renamed)) or _plain(question)


def _answer(question: str, answer: Answer, knowledge: KnowledgeBase) -> Text:
    found = knowledge.questions.get(question)
    if found is not None and answer_problem(found, answer) is None:
        return in_words(found, answer)
    return _plain(", ".join(answer) if isinstance(answer, tuple) else str(answer))


def _plain(words: str) -> Text:
    return Text.model_construct(nl=words, en=words)


def _both(nl: str, en: str, *parts: Text) -> Text:
    return Text.model_construct(nl=nl.format(*(one.nl for one in parts)), en=en.format(*(one.en for one in parts)))
