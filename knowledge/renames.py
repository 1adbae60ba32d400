"""Old ids: which question or option has taken the place of one that is no longer there, so that answers come along."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Self

from pydantic import Field, model_validator

from knowledge.answering import answer_problem, as_answer
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answer, Answers, Question
from knowledge.text import Frozen, Id, Text


class Renamed(Frozen):
    """An old question id and the one that took its place; with `option`, that of one option of a present question.

    With `as`, what an option of a question that has gone says is now said by that option of the question `to`; so does
    a number of at least or at most so much.
    """

    question: Id
    option: Id | None = None
    at_least: int | None = None
    at_most: int | None = None
    to: Id
    as_: Id | None = Field(default=None, alias="as")

    @model_validator(mode="after")
    def _from_an_option(self) -> Self:
        told_by = [one for one in (self.option, self.at_least, self.at_most) if one is not None]
        renames_an_option = self.as_ is None and self.option is not None
        if len(told_by) > 1 or (not renames_an_option and bool(told_by) != (self.as_ is not None)):
            raise ValueError("expected one of `option`, `at_least` and `at_most` where there is `as`")
        return self

    def said_by(self, answer: Answer) -> bool:
        """Whether this answer to the old question says what is carried over."""
        if type(answer) is int:
            low, high = self.at_least, self.at_most
            return (low is not None and answer >= low) or (high is not None and answer <= high)
        return self.option is not None and self.option in (answer if isinstance(answer, tuple) else (answer,))


class Changes(Frozen):
    """What was renamed since earlier versions of the knowledge base."""

    renamed: tuple[Renamed, ...]


class SetAside(Frozen):
    """An answer that no present question takes, and why. `asked` is the question, where it still exists."""

    question: Id
    asked: Text | None
    answer: Answer
    because: Text


class Carried(Frozen):
    """Answers that were given with an earlier knowledge base, as the present one takes them."""

    answers: Answers
    set_aside: tuple[SetAside, ...]


def present_id(question: str, renamed: Sequence[Renamed]) -> str:
    """The id that the question with this former id has now; an id that was not renamed is returned as it is."""
    return _follow(_moved(renamed), question)


def _moved(renamed: Sequence[Renamed]) -> dict[str, str]:
    return {one.question: one.to for one in renamed if one.option is None}


def carry_over(
    answers: Mapping[str, Answer], questions: Mapping[str, Question], renamed: Sequence[Renamed] = ()
) -> Carried:
    """Each answer under the present id of its question and options, or set aside where no question takes it.

    Where two old questions became one, an answer to the present id goes before one to a former id.
    """
    kept: Answers = {}
    aside: list[SetAside] = []
    moved = _moved(renamed)
    ids = {question: _follow(moved, question) for question in answers}
    said, told = _said_elsewhere(answers, questions, renamed)
    for old, new in sorted(ids.items(), key=lambda item: item[0] != item[1]):
        if old in told:
            continue
        question = questions.get(new)
        answer = _renamed_options(new, answers[old], renamed)
        if question is None:
            problem: Text | None = Text(nl="Deze vraag bestaat niet meer.", en="This question no longer exists.")
        elif new in kept:
            problem = Text(
                nl="Deze vraag is samengegaan met een andere, die al een antwoord heeft.",
                en="This question was merged with another one, which already has an answer.",
            )
        else:
            problem = answer_problem(question, answer)
        if question is not None and problem is None:
            kept[new] = as_answer(question, answer)
        elif problem is not None:
            asked = question.text if question is not None else None
            aside.append(SetAside(question=old, asked=asked, answer=answers[old], because=problem))
    for new, answer in said.items():
        kept[new] = _joined(questions[new], kept[new], answer) if new in kept else answer
    return Carried(answers=kept, set_aside=tuple(aside))


def _said_elsewhere(
    answers: Mapping[str, Answer], questions: Mapping[str, Question], renamed: Sequence[Renamed]
) -> tuple[Answers, frozenset[str]]:
    """What options of questions that have gone say in present ones, and the questions of which something was kept.

    Of answers that cannot stand together the first is kept.
    """
    said: Answers = {}
    told: set[str] = set()
    for one in renamed:
        given = answers.get(one.question)
        if one.as_ is None or given is None or one.question in questions or one.to not in questions:
            continue
        if one.said_by(given):
            question, before = questions[one.to], said.get(one.to, ())
            several = question.kind == "several"
            answer = (*before, one.as_) if several and isinstance(before, tuple) else one.as_
            if (several or one.to not in said) and answer_problem(question, answer) is None:
                said[one.to] = as_answer(question, answer)
                told.add(one.question)
    return said, frozenset(told)


def _joined(question: Question, kept: Answer, said: Answer) -> Answer:
    """The answer that stands, with what an old question said as well where both can be true."""
    if not isinstance(kept, tuple) or not isinstance(said, tuple):
        return kept
    both = tuple(dict.fromkeys((*kept, *said)))
    return as_answer(question, both) if answer_problem(question, both) is None else kept


def rename_problems(
    renamed: Sequence[Renamed], questions: Mapping[str, Question]
) -> Iterator[tuple[int, str, str, str]]:
    """(place in the list, old id, field, what was expected) for each entry that leads nowhere."""
    seen: set[tuple[str, str | None]] = set()
    for place, one in enumerate(renamed):
        about = one.question if one.option is None else f"{one.question} {one.option}"
        if one.as_ is not None:
            yield from ((place, about, field, expected) for field, expected in _elsewhere_problems(one, questions))
            continue
        if (one.question, one.option) in seen:
            yield place, about, "", "expected each old id once"
        seen.add((one.question, one.option))
        if one.option is None:
            if one.question in questions:
                yield place, about, "question", "expected an id that no question has any more"
            elif present_id(one.question, renamed) not in questions:
                yield place, about, "to", f"expected the id of a question, found {one.to!r}"
            continue
        question = questions.get(one.question)
        if question is None or not question.options:
            yield place, about, "question", f"expected the present id of a choice question, found {one.question!r}"
        elif question.option(one.option) or one.option in (UNKNOWN, NOT_APPLICABLE):
            yield place, about, "option", "expected an id that no option of this question has any more"
        elif question.option(str(_renamed_options(one.question, one.option, renamed))) is None:
            yield place, about, "to", f"expected one of its options, found {one.to!r}"


def _elsewhere_problems(one: Renamed, questions: Mapping[str, Question]) -> Iterator[tuple[str, str]]:
    question = questions.get(one.to)
    if one.question in questions:
        yield "question", "expected an id that no question has any more"
    if question is None:
        yield "to", f"expected the id of a question, found {one.to!r}"
    elif question.option(str(one.as_)) is None:
        yield "as", f"expected one of its options, found {one.as_!r}"


def _renamed_options(question: str, answer: Answer, renamed: Sequence[Renamed]) -> Answer:
    options = {
        one.option: one.to for one in renamed if one.option is not None and one.as_ is None and one.question == question
    }
    if isinstance(answer, tuple):
        return tuple(dict.fromkeys(_follow(options, option) for option in answer))
    return _follow(options, answer) if isinstance(answer, str) else answer


def _follow(renamed: Mapping[str, str], old: str) -> str:
    """The end of the line that begins with `old`; in a circle, some place in it."""
    new = old
    for _ in renamed:
        new = renamed.get(new, new)
    return new
