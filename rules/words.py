"""Answers and conditions in words, in both languages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from knowledge.condition import (
    NOT_APPLICABLE,
    UNKNOWN,
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    Concluded,
    Condition,
    Includes,
    NoneOf,
    parts,
)
from knowledge.model import Answer, Question
from knowledge.text import LANGUAGES, Language, Text
from rules.meaning import NOT_ASKED, UNANSWERED

SPECIAL: Mapping[str, Text] = {
    UNKNOWN: Text(nl="Weet ik niet", en="I don't know"),
    NOT_APPLICABLE: Text(nl="Niet van toepassing", en="Not applicable"),
    UNANSWERED: Text(nl="Nog niet beantwoord", en="Not answered yet"),
    NOT_ASKED: Text(nl="Niet gevraagd in deze situatie", en="Not asked in this situation"),
}

Form = Literal["all", "any", "none", "finding", "is", "includes", "at-least", "at-most"]


@dataclass(frozen=True)
class Clause:
    """One line of a condition: a combination with its parts, or a test or finding with the id that it is about.

    `values` are the answers that a test accepts, in words.
    """

    form: Form
    parts: tuple["Clause", ...] = ()
    about: str = ""
    values: tuple[str, ...] = ()


def in_words(question: Question, answer: Answer, option_id: str = "") -> Text:
    """An answer as a person would read it; with `option_id` only whether that option was chosen."""
    if isinstance(answer, str) and answer in SPECIAL:
        return SPECIAL[answer]
    if question.number is not None:
        return Text(nl=f"{answer} {question.number.unit.nl}", en=f"{answer} {question.number.unit.en}")
    chosen = answer if isinstance(answer, tuple) else (answer,)
    if option_id:
        option = question.option(option_id)
        assert option is not None
        if option_id in chosen:
            return option.label
        return Text(nl=f"Niet gekozen: {option.label.nl}", en=f"Not chosen: {option.label.en}")
    labels = [option.label for option in question.options if option.id in chosen]
    return Text(**{language: _in_a_row([label.in_(language) for label in labels]) for language in LANGUAGES})


def _in_a_row(labels: Sequence[str]) -> str:
    """Labels one after another; those that are sentences keep the full stop of the last only."""
    return "; ".join((*(one.rstrip(".") for one in labels[:-1]), *labels[-1:]))


def clause(condition: Condition, questions: Mapping[str, Question], language: Language) -> Clause:
    """A condition as a nested list in words."""
    match condition:
        case AllOf() | AnyOf() | NoneOf():
            form: Form = "all" if isinstance(condition, AllOf) else "any" if isinstance(condition, AnyOf) else "none"
            return Clause(form, tuple(clause(part, questions, language) for part in parts(condition)))
        case Concluded():
            return Clause("finding", about=condition.finding)
    accepted: tuple[Answer, ...]
    match condition:
        case Includes():
            form, accepted = "includes", ((condition.includes,),)
        case AtLeast():
            form, accepted = "at-least", (condition.at_least,)
        case AtMost():
            form, accepted = "at-most", (condition.at_most,)
        case _:
            form, accepted = "is", condition.accepted
    question = questions[condition.question]
    values = tuple(in_words(question, answer).in_(language) for answer in accepted)
    return Clause(form, about=question.id, values=values)


_PHRASE: Mapping[Form, Text] = {
    "all": Text(nl="en", en="and"),
    "any": Text(nl="of", en="or"),
    "none": Text(nl="niet", en="not"),
    "is": Text(nl="=", en="="),
    "includes": Text(nl="=", en="="),
    "at-least": Text(nl="is minstens", en="is at least"),
    "at-most": Text(nl="is hooguit", en="is at most"),
}


def condition_in_words(condition: Condition, questions: Mapping[str, Question], language: Language) -> str:
    """A condition on questions as one phrase, as: 'question' = answer and (...)."""
    or_ = f" {_PHRASE['any'].in_(language)} "

    def phrase(one: Clause, nested: bool) -> str:
        if one.form == "finding":
            return one.about
        word = _PHRASE[one.form].in_(language)
        inner = [phrase(part, nested=True) for part in one.parts]
        if one.form == "none":
            return f"{word} ({or_.join(inner)})"
        if one.parts:
            joined = f" {word} ".join(inner)
            return f"({joined})" if nested and len(inner) > 1 else joined
        return f"'{questions[one.about].text.in_(language)}' {word} {or_.join(one.values)}"

    return phrase(clause(condition, questions, language), nested=False)
