"""Answers and conditions in words, in both languages."""

from collections.abc import Mapping

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
    Test,
    parts,
)
from knowledge.model import Answer, Question
from knowledge.text import Language, Text
from rules.meaning import NOT_ASKED, UNANSWERED

SPECIAL: Mapping[str, Text] = {
    UNKNOWN: Text(nl="Weet ik niet", en="I don't know"),
    NOT_APPLICABLE: Text(nl="Niet van toepassing", en="Not applicable"),
    UNANSWERED: Text(nl="Nog niet beantwoord", en="Not answered yet"),
    NOT_ASKED: Text(nl="Niet gevraagd in deze situatie", en="Not asked in this situation"),
}


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
    return Text(nl="; ".join(label.nl for label in labels), en="; ".join(label.en for label in labels))


def condition_in_words(condition: Condition, questions: Mapping[str, Question], language: Language) -> str:
    """A condition on questions as one phrase, as: 'question' = answer and (...)."""
    nl = language == "nl"

    def phrase(part: Condition, nested: bool) -> str:
        match part:
            case AllOf() | AnyOf() | NoneOf():
                inner = [phrase(one, nested=True) for one in parts(part)]
                if isinstance(part, NoneOf):
                    return ("niet " if nl else "not ") + f"({(' of ' if nl else ' or ').join(inner)})"
                word = (" en " if nl else " and ") if isinstance(part, AllOf) else (" of " if nl else " or ")
                return f"({word.join(inner)})" if nested and len(inner) > 1 else word.join(inner)
            case Concluded():
                return part.finding
            case _:
                question = questions[part.question]
                return f"'{question.text.in_(language)}' {_demand(part, question, language)}"

    return phrase(condition, nested=False)


def _demand(test: Test, question: Question, language: Language) -> str:
    nl = language == "nl"
    match test:
        case Includes():
            return f"= {in_words(question, (test.includes,)).in_(language)}"
        case AtLeast():
            return f"{'is minstens' if nl else 'is at least'} {test.at_least}"
        case AtMost():
            return f"{'is hooguit' if nl else 'is at most'} {test.at_most}"
        case _:
            labels = [in_words(question, token).in_(language) for token in test.accepted]
            return "= " + (" of " if nl else " or ").join(labels)
