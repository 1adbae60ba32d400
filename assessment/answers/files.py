"""Answer files: YAML that a person fills in an editor, and that is read with one clear line per mistake."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from textwrap import wrap
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
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.damaged import told_as
from knowledge.model import Answer, Question, Scenario
from knowledge.renames import SetAside, carry_over, present_id
from knowledge.text import Language, Text
from knowledge.yaml_files import MORE, MOST_PROBLEMS, ContentError, Problem, parse
from rules.words import SPECIAL, condition_in_words

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
    notes = {key: "\n".join(map(str, note)) if isinstance(note, list) else note for key, note in notes.items()}
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


A_DAY = "2027-03-09"
"""How a day is written in an answer file."""
_WORDS: dict[str, Text] = {
    "head": Text(
        nl="Antwoorden voor Dialoogwijzer. Zet je antwoord achter de dubbele punt. Leeg betekent: nog niet beantwoord. "
        f"Weet je het niet, vul dan {UNKNOWN} in. Zet meer antwoorden tussen haken: [eerste, tweede]. "
        "Daarna: dialoogwijzer assess DIT-BESTAND",
        en="Answers for Dialoogwijzer. Put your answer after the colon. Empty means: not answered yet. "
        f"If you do not know, write {UNKNOWN}. Put several answers between brackets: [first, second]. "
        "Then: dialoogwijzer assess THIS-FILE --lang en",
    ),
    "one": Text(nl="kies één", en="choose one"),
    "several": Text(nl="kies één of meer, tussen haken", en="choose one or more, between brackets"),
    "acts": Text(
        nl=f"zet tussen haken wat je van plan bent; met {DONE} erachter als het al gebeurd is. "
        "Een rij die inspringt, zegt preciezer wat erboven staat",
        en=f"put between brackets what you plan; with {DONE} behind it if it is done already. "
        "A row that is set in says more exactly what stands above it",
    ),
    "number": Text(
        nl="een heel getal van {low} tot en met {high} ({unit})", en="a whole number from {low} to {high} ({unit})"
    ),
    "day": Text(nl="of de dag, als {day} of 9 maart", en="or the day, as {day} or 9 March"),
    "alone": Text(nl="alleen, zonder andere", en="by itself, without others"),
    "why": Text(nl="Waarom we dit vragen:", en="Why we ask:"),
    "when": Text(nl="Alleen als:", en="Only if:"),
    "notes": Text(
        nl='In je eigen woorden (mag leeg blijven), als `id: "tekst"`. Bij een rij die je koos: één zin over wat je '
        "precies doet, met wie, wanneer; die zin staat dan in je eigen advies. Bij core.own-question: je vraag, die "
        "boven het antwoord staat. Bij een andere vraag: een aantekening.",
        en='In your own words (may stay empty), as `id: "text"`. With a row that you chose: one sentence on what you '
        "do exactly, with whom, when; that sentence then stands in your own advice. With core.own-question: your "
        "question, which stands above its answer. With another question: a note.",
    ),
}


def write_empty(knowledge: KnowledgeBase, language: Language = "nl") -> str:
    """The whole questionnaire as a commented answer file in which nothing has been filled in."""
    lines = [
        *_comment(_WORDS["head"].in_(language), ""),
        "",
        'title: ""',
        f'knowledge_version: "{knowledge.version}"',
        "answers:",
    ]
    theme = ""
    for question in knowledge.questions.values():
        if question.theme != theme:
            theme = question.theme
            lines += ["", f"  # ===== {knowledge.themes[theme].title.in_(language)} ====="]
        lines += ["", *_about(question, knowledge, language), f"  {question.id}:"]
    lines += ["", *_comment(_WORDS["notes"].in_(language), ""), "notes:"]
    return "\n".join(lines) + "\n"


def _about(question: Question, knowledge: KnowledgeBase, language: Language) -> list[str]:
    of_acts = question.chapter == CHAPTER
    kind = _WORDS["acts" if of_acts else question.kind].in_(language)
    if question.number is not None:
        number = question.number
        kind = kind.format(low=number.minimum, high=number.maximum, unit=number.unit.in_(language))
        kind += f", {_WORDS['day'].in_(language).format(day=A_DAY)}" if number.to_a_day else ""
    lines = _comment(f"{question.text.in_(language)} ({kind})")
    lines += _comment(f"{_WORDS['why'].in_(language)} {question.why.in_(language)}")
    if question.ask_when is not None:
        when = condition_in_words(question.ask_when, knowledge.questions, language)
        lines += _comment(f"{_WORDS['when'].in_(language)} {when}")
    choices = [
        (
            f"{'  ' if option.under else ''}{option.id}",
            option.label.in_(language) + (f" ({_WORDS['alone'].in_(language)})" if option.exclusive else ""),
        )
        for option in question.options
        if not (of_acts and option.id.endswith(DONE))
    ]
    choices += [(UNKNOWN, SPECIAL[UNKNOWN].in_(language))]
    choices += [(NOT_APPLICABLE, SPECIAL[NOT_APPLICABLE].in_(language))] if question.not_applicable else []
    width = max(len(choice) for choice, _ in choices)
    return [*lines, *(f"  #   {choice.ljust(width)}  {label}" for choice, label in choices)]


def _comment(text: str, indent: str = "  ") -> list[str]:
    return [f"{indent}# {line}" for line in wrap(text, 104)]
