"""Old ids: which question or option has taken the place of one that is no longer there, so that answers come along."""

from collections.abc import Iterator, Mapping, Sequence

from knowledge.answering import answer_problem, as_answer
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answer, Answers, Question
from knowledge.text import Frozen, Id, Text


class Renamed(Frozen):
    """An old question id and the one that took its place; with `option`, that of one option of a present question."""

    question: Id
    option: Id | None = None
    to: Id


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
    return _follow({one.question: one.to for one in renamed if one.option is None}, question)


def carry_over(
    answers: Mapping[str, Answer], questions: Mapping[str, Question], renamed: Sequence[Renamed] = ()
) -> Carried:
    """Each answer under the present id of its question and options, or set aside where no question takes it.

    Where two old questions became one, an answer to the present id goes before one to a former id.
    """
    kept: Answers = {}
    aside: list[SetAside] = []
    ids = {question: present_id(question, renamed) for question in answers}
    for old, new in sorted(ids.items(), key=lambda item: item[0] != item[1]):
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
    return Carried(answers=kept, set_aside=tuple(aside))


def rename_problems(
    renamed: Sequence[Renamed], questions: Mapping[str, Question]
) -> Iterator[tuple[int, str, str, str]]:
    """(place in the list, old id, field, what was expected) for each entry that leads nowhere."""
    seen: set[tuple[str, str | None]] = set()
    for place, one in enumerate(renamed):
        about = one.question if one.option is None else f"{one.question} {one.option}"
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


def _renamed_options(question: str, answer: Answer, renamed: Sequence[Renamed]) -> Answer:
    options = {one.option: one.to for one in renamed if one.option is not None and one.question == question}
    if isinstance(answer, tuple):
        return tuple(dict.fromkeys(_follow(options, option) for option in answer))
    return _follow(options, answer) if isinstance(answer, str) else answer


def _follow(renamed: Mapping[str, str], old: str) -> str:
    """The end of the line that begins with `old`; in a circle, some place in it."""
    new = old
    for _ in renamed:
        new = renamed.get(new, new)
    return new
