"""What is wrong between the parts of a knowledge base: names that do not exist, tests that a question forbids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, get_args

from knowledge.answering import answers_problems
from knowledge.condition import (
    NOT_APPLICABLE,
    UNKNOWN,
    AtLeast,
    AtMost,
    Concluded,
    Condition,
    Includes,
    Test,
    leaves,
)
from knowledge.model import Citation, Element, Question, Scenario, Step
from knowledge.wording import Name, Word, Wording

if TYPE_CHECKING:
    from knowledge.base import KnowledgeBase


def condition_problems(condition: Condition, questions: Mapping[str, Question], rules: frozenset[str]) -> list[str]:
    """What a condition names that does not exist, or tests in a way that its question does not allow."""
    found = []
    for leaf in leaves(condition):
        if isinstance(leaf, Concluded):
            if leaf.finding not in rules:
                found.append(f"expected the id of a rule, found {leaf.finding!r}")
        elif leaf.question not in questions:
            found.append(f"expected the id of a question that comes before, found {leaf.question!r}")
        else:
            problem = _test_problem(leaf, questions[leaf.question])
            found += [f"{leaf.question}: {problem}"] if problem else []
    return found


def _test_problem(test: Test, question: Question) -> str | None:
    if isinstance(test, AtLeast | AtMost):
        if question.number is None:
            return "expected a number question for at_least and at_most"
        bound = test.at_least if isinstance(test, AtLeast) else test.at_most
        if not question.number.minimum <= bound <= question.number.maximum:
            return f"expected a bound from {question.number.minimum} to {question.number.maximum}, found {bound}"
        return None
    if isinstance(test, Includes):
        if question.kind != "several":
            return "expected a several-choice question for includes"
        return None if question.option(test.includes) else f"expected one of its options, found {test.includes!r}"
    for token in test.accepted:
        if token == UNKNOWN or (token == NOT_APPLICABLE and question.not_applicable):
            continue
        if question.kind != "one":
            return f"expected only {UNKNOWN} or {NOT_APPLICABLE} for `is` on this kind of question, found {token!r}"
        if question.option(token) is None:
            return f"expected one of its options, found {token!r}"
    return None


def mistakes(base: KnowledgeBase) -> Iterator[tuple[str, str, str, str]]:
    """(kind of item, id, field, what was expected) for each mistake that only shows between items."""
    earlier: dict[str, Question] = {}
    for question in base.questions.values():
        if question.theme not in base.themes:
            yield "Question", question.id, "id", f"expected it to begin with a theme, one of {', '.join(base.themes)}"
        if question.ask_when is not None:
            for expected in condition_problems(question.ask_when, earlier, frozenset()):
                yield "Question", question.id, "ask_when", expected
        if question.kind == "several" and question.scored and not any(option.exclusive for option in question.options):
            yield "Question", question.id, "options", "expected an exclusive option for 'none of these'"
        earlier[question.id] = question
    for kind, expected_ids, found in (
        ("elements", get_args(Element), base.elements),
        ("steps", get_args(Step), base.steps),
    ):
        for item_id in {*expected_ids} ^ {*found}:
            yield (
                "Theme",
                next(iter(base.themes)),
                "",
                f"{kind}.yaml: expected exactly {', '.join(expected_ids)}; see {item_id}",
            )
    counted = Counter(lesson.id for card in base.cards.values() for lesson in card.lessons)
    for card in base.cards.values():
        if base.card_themes[card.card] not in base.themes:
            yield "Card", card.card, "", f"expected a file named after a theme, one of {', '.join(base.themes)}"
        for lesson in card.lessons:
            if counted[lesson.id] > 1:
                yield "Card", card.card, "lessons", f"{lesson.id}: expected each lesson once"
            for expected in citation_problems(base, lesson.sources):
                yield "Card", card.card, "lessons", f"{lesson.id}: sources: {expected}"
    on_card = {act.id: act.card for each in base.act_lists.values() for act in each.acts}
    for checklist in base.checklists.values():
        for act in checklist.joint.parts if checklist.joint is not None else ():
            if on_card.get(act) != checklist.id:
                yield "Checklist", checklist.id, "joint", f"expected acts of this card, found {act!r}"
    for situation in base.situations.values():
        for expected in citation_problems(base, situation.sources):
            yield "Situation", situation.id, "sources", expected
    names = {name.id for name in base.names}
    for wording in base.wordings.values():
        for expected in wording_problems(base.questions, wording):
            yield "Wording", wording.id, "words", expected
        for word in wording.words:
            if word.name is not None and word.name not in names:
                yield "Wording", wording.id, "words", f"expected one of {', '.join(sorted(names))}, found {word.name!r}"
    for case in base.scenarios.values():
        for field, expected in case_problems(base, case):
            yield "Scenario", case.id, field, expected


def case_problems(base: KnowledgeBase, case: Scenario) -> Iterator[tuple[str, str]]:
    """(field, what was expected) for each thing that a case names and this knowledge base lacks."""
    for expected in citation_problems(base, case.sources):
        yield "sources", expected
    for vote in case.training.votes if case.training is not None else ():
        for expected in citation_problems(base, vote.sources):
            yield "training", f"{vote.id}: sources: {expected}"
        for choice in vote.choices:
            for question_id, problem in answers_problems(base.questions, choice.answers):
                yield "training", f"{vote.id}: {choice.id}: {question_id}: {problem.en}"
    for question_id, problem in answers_problems(base.questions, case.answers):
        yield "answers", f"{question_id}: {problem.en}"
    for lesson_id in (*case.lessons, *case.not_lessons):
        if lesson_id not in base.lessons:
            yield "lessons", f"expected the id of a lesson, found {lesson_id!r}"


def wording_problems(questions: Mapping[str, Question], wording: Wording) -> Iterator[str]:
    """What a wording names that is no question with several answers, or no option of it."""
    asked: tuple[Word | Name, ...] = (*wording.words, *wording.names)
    for word in asked:
        question = questions.get(word.question)
        if question is None or question.kind != "several":
            yield f"expected a several-choice question, found {word.question!r}"
        else:
            for option in sorted(word.options):
                if question.option(option) is None:
                    yield f"{word.question}: expected one of its options, found {option!r}"


def citation_problems(base: KnowledgeBase, citations: tuple[Citation, ...]) -> Iterator[str]:
    """What citations name that is no publication or no heading of it."""
    for citation in citations:
        source = base.sources.get(citation.source)
        if source is None:
            yield f"expected one of {', '.join(base.sources)}, found {citation.source!r}"
        elif citation.at not in source.sections:
            yield f"expected a heading of {citation.source}, found {citation.at!r}"
