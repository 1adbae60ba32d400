"""What we know as DataFrames, for who analyses the content: questions, lessons, citations and rules."""

from typing import TYPE_CHECKING

from knowledge.base import knowledge_base
from knowledge.frames import FLAG, NUMBER, TEXT, frame, joined
from knowledge.text import Language
from rules.model import rule_base
from rules.words import condition_in_words

if TYPE_CHECKING:
    from pandas import DataFrame


def questions_frame(language: Language = "nl") -> "DataFrame":
    """A row for each question, in the order in which they are asked.

    Columns: `question` (id), `theme`, `text`, `why` and `asked_when` (a condition in words; missing where it is always
    asked), all text; `kind` (category: one, several, number); `options` (ids joined by '; ', empty for a number);
    `lowest` and `highest` (Int64, missing unless it asks a number); `protects` and `scored` (bool).
    """
    questions = knowledge_base().questions
    columns = {"question": TEXT, "theme": TEXT, "text": TEXT, "why": TEXT, "asked_when": TEXT,
               "kind": ("one", "several", "number"), "options": TEXT, "lowest": "Int64", "highest": "Int64",
               "protects": FLAG, "scored": FLAG}  # fmt: skip
    rows = (
        (
            one.id,
            one.theme,
            one.text.in_(language),
            one.why.in_(language),
            condition_in_words(one.ask_when, questions, language) if one.ask_when is not None else None,
            one.kind,
            joined(option.id for option in one.options),
            one.number.minimum if one.number is not None else None,
            one.number.maximum if one.number is not None else None,
            one.protects,
            one.scored,
        )
        for one in questions.values()
    )
    return frame(columns, rows)


def lessons_frame(language: Language = "nl") -> "DataFrame":
    """A row for each lesson, in the order of the cards.

    Columns: `lesson` (id), `card`, `theme`, `title` (of the card), `advice`, `evidence`, `basis`, all text; `severity`
    (category: critical, high, normal); `phase` and `kind` (text); `rules` (int64, how many rules lead to it).
    """
    knowledge = knowledge_base()
    leading = [rule.lesson for rule in rule_base().rules.values()]
    columns = {"lesson": TEXT, "card": TEXT, "theme": TEXT, "title": TEXT, "advice": TEXT, "evidence": TEXT,
               "basis": TEXT, "severity": ("critical", "high", "normal"), "phase": TEXT, "kind": TEXT,
               "rules": NUMBER}  # fmt: skip
    rows = (
        (
            one.id,
            card.card,
            knowledge.card_themes[card.card],
            card.title.in_(language),
            one.advice.in_(language),
            one.evidence.in_(language),
            one.basis,
            one.severity,
            one.phase,
            one.kind,
            leading.count(one.id),
        )
        for card in knowledge.cards.values()
        for one in card.lessons
    )
    return frame(columns, rows)


def citations_frame(language: Language = "nl") -> "DataFrame":
    """A row for each passage that a lesson rests on.

    Columns, all text: `lesson` (id), `source` (id), `title`, `publisher`, `url`, `at` (the headings, the widest first,
    with ' > ' between them) and `item` (missing where it is the whole passage); and `year` (Int64, missing where the
    publication has none).
    """
    knowledge = knowledge_base()
    columns = {"lesson": TEXT, "source": TEXT, "title": TEXT, "publisher": TEXT, "year": "Int64", "url": TEXT,
               "at": TEXT, "item": TEXT}  # fmt: skip
    rows = (
        (lesson.id, source.id, source.title.in_(language), source.publisher, source.year, source.url, one.at, one.item)
        for lesson in knowledge.lessons.values()
        for one in lesson.sources
        for source in (knowledge.sources[one.source],)
    )
    return frame(columns, rows)


def rules_frame(language: Language = "nl") -> "DataFrame":
    """A row for each rule, in the order of the rule base.

    Columns, all text: `rule` (id), `theme`, `says`, `when` (the condition in words), `lesson` (id, missing for an
    intermediate finding); and `ground` (category: gap, strength, setting).
    """
    base = rule_base()
    columns = {"rule": TEXT, "theme": TEXT, "says": TEXT, "when": TEXT, "lesson": TEXT,
               "ground": ("gap", "strength", "setting")}  # fmt: skip
    rows = (
        (
            one.id,
            one.theme,
            one.says.in_(language),
            condition_in_words(one.when, base.knowledge.questions, language),
            one.lesson,
            one.ground,
        )
        for one in base.rules.values()
    )
    return frame(columns, rows)
