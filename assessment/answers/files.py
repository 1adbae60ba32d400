"""Answer files: YAML that a person fills in an editor, and that is read with one clear line per mistake."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assessment.answers.advice_file import MAXIMUM_BYTES, AdviceFile, AdviceFileError, EarlierAdvice, is_advice_file
from assessment.answers.advice_file import parse as parse_advice_file
from assessment.answers.advice_file import parse_earlier as parse_earlier_advice_file
from assessment.answers.by_hand import DAMAGED
from assessment.answers.documents import (
    MAXIMUM_NOTE,
    NO_QUESTION,
    TOO_LONG,
    document_in,
    other_problems,
    parts_of,
    shown_key,
    text_in,
    title_of,
)
from assessment.answers.encodings import NoTextError, text_of
from assessment.answers.given_values import given_day, meant, unprintable
from assessment.model import Assessment
from assessment.plan import Decision
from knowledge.acts import CHAPTER, DONE
from knowledge.answering import answers_problems, as_answer
from knowledge.base import KnowledgeBase, knowledge_base
from knowledge.damaged import told_as
from knowledge.model import Answer, Scenario
from knowledge.renames import SetAside, carry_over, present_id
from knowledge.text import Language, Text
from knowledge.yaml_files import MORE, MOST_PROBLEMS, ContentError, Problem, parse

EARLIER = Text(
    nl="dit advies is gemaakt met een vroegere vragenlijst, en geen enkel antwoord past nog bij de vragen van nu",
    en="this advice was made with an earlier questionnaire, and none of its answers fits the present questions",
)


class AnswerFileError(ValueError):
    """The file is no answer file of this knowledge base; `problems` holds one line for each mistake, up to a number."""

    def __init__(self, problems: list[str]):
        left = len(problems) - MOST_PROBLEMS
        self.problems = (*problems[:MOST_PROBLEMS], MORE.format(left=left)) if left > 1 else tuple(problems)
        super().__init__("\n".join(self.problems))


@dataclass(frozen=True)
class Given:
    """What a file holds: an assessment, and where it is an advice file or a case what was decided and which case.

    `set_aside` are answers in an advice file of an earlier version that fit no present question.
    """

    assessment: Assessment
    decisions: Mapping[str, Decision] = field(default_factory=dict)
    lapsed: Mapping[str, date] = field(default_factory=dict)
    case: str | None = None
    occasion_on: date | None = None
    set_aside: tuple[SetAside, ...] = ()


def read(file: Path | tuple[str, str], knowledge: KnowledgeBase | None = None, language: Language = "nl") -> Assessment:
    """The assessment in an answer file, a case or an advice file.

    `file` is a path, or the text of a file with its name. `knowledge` is that of the product where it is not given;
    `language` is that of the sentences about mistakes.

    Raises:
        AnswerFileError: it does not parse, or holds what this knowledge base lacks; `problems` tells each mistake.
    """
    return read_all(file, knowledge or knowledge_base(), language).assessment


def read_all(file: Path | tuple[str, str], knowledge: KnowledgeBase, language: Language = "nl") -> Given:
    """Everything in an answer file, a case or an advice file. `file` is a path, or the text of a file with its name.

    An advice file of an earlier version gives its answers and notes only, as the present questions take them.

    Raises:
        AnswerFileError: it does not parse, or holds a question, an answer or a version that this knowledge base lacks.
    """
    named = str(file) if isinstance(file, Path) else file[1]
    with told_as(lambda: AnswerFileError([f"{named}: {DAMAGED.in_(language)}"]), AnswerFileError):
        advice_file = _advice_file(file, language)
        if advice_file is not None:
            name, given = advice_file
            if isinstance(given, EarlierAdvice):
                return _carried_over(name, given, knowledge, language)
            return _usable(name, given, knowledge, language)
        return _answer_file(file, knowledge, language)


def _advice_file(file: Path | tuple[str, str], language: Language) -> tuple[str, AdviceFile | EarlierAdvice] | None:
    """The advice file with its name; None where it is another kind of file."""
    try:
        if isinstance(file, Path):
            if file.suffix.lower() != ".json" or file.stat().st_size > MAXIMUM_BYTES:
                return None
            name, text = str(file), text_of(file.read_bytes())
        else:
            text, name = file
        return (name, parse_earlier_advice_file(text) or parse_advice_file(text)) if is_advice_file(text) else None
    except AdviceFileError as error:
        raise AnswerFileError([f"{name}: {error.text.in_(language)}"]) from None
    except (OSError, NoTextError):
        return None  # told by the reader of answer files


def _carried_over(name: str, file: EarlierAdvice, knowledge: KnowledgeBase, language: Language) -> Given:
    """What an advice file of version 1 says in the present questions.

    Raises:
        AnswerFileError: none of its answers fits a present question, or a note is too long.
    """
    carried = carry_over(file.assessment.answers, knowledge.questions, knowledge.renamed)
    if file.assessment.answers and not carried.answers:
        raise AnswerFileError([str(Problem(name, 0, "", EARLIER.in_(language)))])
    notes = {present_id(key, knowledge.renamed): note for key, note in file.assessment.notes.items()}
    notes = {key: note for key, note in notes.items() if key in knowledge.noted}
    if long := [key for key, note in notes.items() if len(note) > MAXIMUM_NOTE]:
        raise AnswerFileError([str(Problem(name, 0, key, f"hooguit / at most {MAXIMUM_NOTE}")) for key in long])
    assessment = file.assessment.model_copy(
        update={"answers": carried.answers, "notes": notes, "knowledge_version": knowledge.version}
    )
    return Given(assessment, set_aside=carried.set_aside)


def _usable(name: str, file: AdviceFile, knowledge: KnowledgeBase, language: Language) -> Given:
    """An advice file whose answers fit this knowledge base, whatever version they were given with."""
    answers, notes = file.assessment.answers, file.assessment.notes
    problems = [
        str(Problem(name, 0, key, expected.in_(language)))
        for key, expected in answers_problems(knowledge.questions, answers)
    ]
    problems += [str(Problem(name, 0, key, NO_QUESTION.in_(language))) for key in notes if key not in knowledge.noted]
    problems += [
        str(Problem(name, 0, key, TOO_LONG.in_(language)))
        for key, texts in (*((key, (note,)) for key, note in notes.items()), *_texts(file.decisions))
        if max(map(len, texts)) > MAXIMUM_NOTE
    ]
    written = [("title", (file.assessment.title,)), *((key, (note,)) for key, note in notes.items())]
    problems += [
        str(Problem(name, 0, key, wrong.in_(language)))
        for key, texts in (*written, *_texts(file.decisions))
        for text in texts
        if (wrong := unprintable(text)) is not None
    ]
    if problems:
        raise AnswerFileError(problems)
    assessment = file.assessment.model_copy(
        update={
            "answers": {key: as_answer(knowledge.questions[key], value) for key, value in answers.items()},
            "knowledge_version": knowledge.version,
        }
    )
    case = file.case if file.case in knowledge.scenarios else None
    return Given(assessment, file.decisions, file.lapsed, case, file.plan.occasion_on)


def _texts(decisions: Mapping[str, Decision]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key, one in decisions.items():
        yield key, (one.owner, one.words, one.reason, one.note, one.reference)


def _answer_file(file: Path | tuple[str, str], knowledge: KnowledgeBase, language: Language) -> Given:
    plays, on = None, None
    try:
        name, text = text_in(file, language)
        document = document_in(text, name, knowledge, language)
        if isinstance(document.data, dict) and "story" in document.data:
            case: Scenario = parse(document, Scenario)
            found = Assessment(title=case.title.in_(language), knowledge_version=knowledge.version)
            plays = case.id
            given: Any = case.answers
            notes: Any = {}
        else:
            found = Assessment(title=title_of(document), knowledge_version=knowledge.version)
            given, notes = parts_of(document, language)
    except ContentError as error:
        raise AnswerFileError([str(problem) for problem in error.problems]) from None
    problems, answers = list[str](), dict[str, Answer]()
    for key, value in given.items():
        answer, wrong = _answer(key, value, knowledge)
        if wrong is not None:
            problems.append(str(Problem(name, document.line(("answers", key)), shown_key(key), wrong.in_(language))))
        elif answer is not None:
            question = knowledge.questions[key]
            answers[key] = as_answer(question, answer)
            if question.number is not None and question.number.to_a_day:
                on = given_day(value)
    notes = _at_rows(notes, knowledge)
    for message, path in other_problems(document, notes, knowledge):
        problems.append(str(Problem(name, document.line(path), str(path[-1]), message.in_(language))))
    if problems:
        raise AnswerFileError(problems)
    assessment = found.model_copy(
        update={"answers": answers, "notes": {key: str(note) for key, note in notes.items() if note not in (None, "")}}
    )
    return Given(assessment, case=plays if plays in knowledge.scenarios else None, occasion_on=on)


def _answer(key: Any, value: Any, knowledge: KnowledgeBase) -> tuple[Answer | None, Text | None]:
    if not isinstance(key, str) or key not in knowledge.questions:
        return None, None if value is None else NO_QUESTION
    return meant(key, value, knowledge)


def _at_rows(notes: Mapping[Any, Any], knowledge: KnowledgeBase) -> dict[Any, Any]:
    """The notes by what they are about; a row may be written with its list before it, or as done."""
    found: dict[Any, list[Any]] = {}
    for key, note in notes.items():
        row = re.sub(rf"^{CHAPTER}\.[a-z-]+\.|{DONE}$", "", str(key))
        about = row if key not in knowledge.noted and row in knowledge.noted else key
        found.setdefault(about, []).extend(note if isinstance(note, list) else [note])
    return {about: some[0] if len(some) == 1 else "\n".join(map(str, some)) for about, some in found.items()}
