"""Which answers a question takes, and a clear line about each that it does not."""

from collections.abc import Mapping
from typing import Any

from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answer, Question
from knowledge.text import Text


def answer_problem(question: Question, value: Any) -> Text | None:
    """What is wrong with `value` as an answer to `question`; None where it is an answer."""
    value = _plain(value)
    if value == UNKNOWN or (value == NOT_APPLICABLE and question.not_applicable):
        return None
    ids = [option.id for option in question.options]
    also = [option.also for option in question.options if option.also is not None]
    offered = ", ".join([*ids, UNKNOWN, *([NOT_APPLICABLE] if question.not_applicable else [])])
    if question.number is not None:
        low, high = question.number.minimum, question.number.maximum
        if type(value) is int and low <= value <= high:
            return None
        return Text(
            nl=f"verwacht: een heel getal van {low} tot en met {high}, of {UNKNOWN}; gevonden: {_shown(value)}",
            en=f"expected: a whole number from {low} to {high}, or {UNKNOWN}; found: {_shown(value)}",
        )
    if question.kind == "one":
        if isinstance(value, str) and value in ids:
            return None
        return Text(
            nl=f"verwacht: één van {offered}; gevonden: {_shown(value)}",
            en=f"expected: one of {offered}; found: {_shown(value)}",
        )
    chosen = list(value) if isinstance(value, list | tuple) else None
    if (
        not chosen
        or any(not isinstance(one, str) or one not in (*ids, *also) for one in chosen)
        or len(set(chosen)) < len(chosen)
    ):
        return Text(
            nl=f"verwacht: een lijst met één of meer van {offered}; gevonden: {_shown(value)}",
            en=f"expected: a list of one or more of {offered}; found: {_shown(value)}",
        )
    alone = [option.id for option in question.options if option.exclusive and option.id in chosen]
    if alone and len(chosen) > 1:
        return Text(
            nl=f"verwacht: {alone[0]} alleen, zonder andere antwoorden erbij",
            en=f"expected: {alone[0]} by itself, without other answers",
        )
    return None


def as_answer(question: Question, value: Any) -> Answer:
    """The value in its one stored form: chosen options stand in the order of the question.

    Raises:
        ValueError: it is no answer to this question.
    """
    problem = answer_problem(question, value)
    if problem is not None:
        raise ValueError(f"{question.id}: {problem.en}")
    value = _plain(value)
    if isinstance(value, list | tuple):
        return tuple(option.id for option in question.options if option.id in value or option.also in value)
    return value  # type: ignore[no-any-return]


def _plain(value: Any) -> Any:
    """The value; where it is a list of 'don't know' or 'not applicable' alone, that by itself."""
    alone = isinstance(value, list | tuple) and len(value) == 1 and value[0] in (UNKNOWN, NOT_APPLICABLE)
    return value[0] if alone else value


def answers_problems(questions: Mapping[str, Question], answers: Mapping[Any, Any]) -> list[tuple[str, Text]]:
    """Every id in `answers` that is no question here, or whose value is no answer to it, with what was expected."""
    found: list[tuple[str, Text]] = []
    for key, value in answers.items():
        question = questions.get(key) if isinstance(key, str) else None
        problem = (
            Text(nl="deze vraag bestaat niet in deze kennisbank", en="no such question in this knowledge base")
            if question is None
            else answer_problem(question, value)
        )
        if problem is not None:
            found.append((_shown(key), problem))
    return found


def _shown(value: Any) -> str:
    shown = " ".join(str(value).split()) if isinstance(value, str | int | float) else repr(value)
    shown = "".join(letter for letter in shown if letter.isprintable())
    return (shown if len(shown) <= 60 else shown[:60] + "…") or "''"
