"""What stands in an answer file behind a question, as the answer that is meant; and texts that can be kept."""

import re
import unicodedata
from contextlib import suppress
from datetime import date
from typing import Any

from babel.dates import get_month_names

from assessment.answers.understood import Words
from knowledge.answering import answer_problem, as_answer
from knowledge.base import KnowledgeBase
from knowledge.model import Answer
from knowledge.text import LANGUAGES, LOCALES, Text

MONTHS = {
    name.lower().rstrip("."): number
    for language in LANGUAGES
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale=LOCALES[language]).items()
}
"""The number of each month, by its names in each language, in full and cut short."""


def meant(question_id: str, value: Any, knowledge: KnowledgeBase) -> tuple[Answer | None, Text | None]:
    """The answer that a value stands for, None where none is given; and what is wrong where that is not certain."""
    question = knowledge.questions[question_id]
    if question.number is not None and question.number.to_a_day and (day := given_day(value)) is not None:
        return question.number.weeks_to(day, date.today()), None
    if answer_problem(question, value) is None:
        return as_answer(question, value), None
    words = Words(question, knowledge.renamed)
    texts = [_written(one) for one in value] if isinstance(value, list | tuple) else [_written(value)]
    if any(text is None for text in texts):
        return None, Text(
            nl="verwacht: een antwoord, of een lijst met antwoorden: [eerste, tweede]",
            en="expected: an answer, or a list of answers: [first, second]",
        )
    found = [(str(text), words.answer(str(text))) for text in texts]
    for text, answer in found:
        reason = words.reason(text)
        if reason is not None or answer is None:
            return None, reason
    answers = [answer for _, answer in found if answer not in ("", None)]
    if not answers:
        return None, None
    if len(answers) == 1:
        return answers[0], None
    chosen = [one for answer in answers for one in (answer if isinstance(answer, tuple) else (str(answer),))]
    joined = "; ".join(dict.fromkeys(chosen))
    return words.answer(joined), words.reason(joined)


def given_day(value: Any) -> date | None:
    """The day that a value names, as 2027-03-09 or 9 March 2027; without a year the next such day. None for others."""
    text, today = str(value).strip().lower(), date.today()
    with suppress(ValueError):
        return date.fromisoformat(text)
    written = re.fullmatch(r"(\d{1,2})\s+([a-z]+)\.?(?:\s+(\d{4}))?", text)
    if written is None or written[2] not in MONTHS:
        return None
    for year in (int(written[3]),) if written[3] else (today.year, today.year + 1):
        with suppress(ValueError):  # no year has a 31 February, and few a 29th
            day = date(year, MONTHS[written[2]], int(written[1]))
            if written[3] or day >= today:
                return day
    return None


def unprintable(text: str) -> Text | None:
    """What is wrong with a title or note that holds control characters or half characters; None where nothing is."""
    for place, one in enumerate(text, start=1):
        if unicodedata.category(one) in ("Cc", "Cs") and one not in "\n\t\r":
            return Text(
                nl=f"teken {place} is een onzichtbaar stuurteken of een half teken (U+{ord(one):04X}); typ de tekst "
                "opnieuw",
                en=f"character {place} is an invisible control character or half a character (U+{ord(one):04X}); type "
                "the text again",
            )
    return None


def _written(value: Any) -> str | None:
    """A single value as it was written; None where it is no single value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer():
        return f"{value:.3f}"  # it may have been written as 1.000
    return str(value) if isinstance(value, str | int | float) else None
