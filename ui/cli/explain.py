"""Explanations on the command line: `explain`, `what-if` and `next`."""

from collections.abc import Iterable
from typing import Annotated

import typer

from assessment.advice import advise
from assessment.changes.comparison import compare
from assessment.changes.next_question import SCAN, NextQuestions
from assessment.changes.smallest_change import what_if
from assessment.model import Advice, Assessment
from assessment.sheets.compose.comparison import write_comparison
from assessment.sheets.compose.explanation import Explanations
from knowledge.answering import answer_problem, as_answer
from knowledge.base import knowledge_base
from knowledge.model import Answer
from rules.engine.inference import inference
from rules.words import SPECIAL
from ui.cli.options import Lang, LangOption, stop
from ui.cli.sheet import NamedArgument, assessment_named
from ui.words import say


def explain(
    answers: NamedArgument,
    name: Annotated[
        str | None, typer.Argument(help="Les, kaart, thema of element / lesson, card, theme or element.")
    ] = None,
    lang: LangOption = Lang.nl,
) -> None:
    """Waarom dit advies, waarom niet, en wat zou het veranderen? / Why, why not, and what would change it?"""
    assessment = assessment_named(answers, lang.value)
    advice, writer = advise(assessment, inference()), Explanations(lang.value)
    scores = [*([advice.overall] if advice.overall else []), *advice.scores, *advice.element_scores]
    if name is None:
        cards = [(one.card, one.title) for one in advice.recommendations]
        _show(writer.names([*cards, *((one.about, one.title) for one in scores)]))
        return
    for score in scores:
        if score.about == name:
            _show(writer.score(score))
            return
    knowledge = inference().base.knowledge
    lessons = [one.id for one in knowledge.cards[name].lessons] if name in knowledge.cards else [name]
    if not knowledge.lessons.keys() >= set(lessons):
        stop(say("cli.unknown_name", lang.value, name=name))
    for place, lesson in enumerate(lessons):
        if place:
            typer.echo("")
        _explain_lesson(lesson, assessment, advice, writer)


def try_other(
    answers: NamedArgument,
    changes: Annotated[list[str], typer.Argument(help="vraag=antwoord / question=answer")],
    lang: LangOption = Lang.nl,
) -> None:
    """Wat verandert er met andere antwoorden? Er wordt niets bewaard. / What would other answers change?"""
    assessment = assessment_named(answers, lang.value)
    other = {**assessment.answers, **dict(_given(change, lang) for change in changes)}
    then = assessment.model_copy(update={"answers": other})
    typer.echo(write_comparison(compare(assessment, then, inference()), lang.value), nl=False)


def next_questions(
    answers: NamedArgument,
    count: Annotated[int, typer.Option(min=1, help="Hoeveel vragen / how many questions.")] = SCAN,
    lang: LangOption = Lang.nl,
) -> None:
    """Welke open vragen kunnen het advies nog het meest veranderen? / Which open questions can still change most?"""
    rules = inference().base
    order = NextQuestions(rules).order(assessment_named(answers, lang.value).answers)
    _show(Explanations(lang.value).order(order, dict(rules.knowledge.questions), count))


def _explain_lesson(lesson: str, assessment: Assessment, advice: Advice, writer: Explanations) -> None:
    trials = what_if(inference())
    advised = {one.lesson.id: one for each in advice.recommendations for one in each.lessons}
    if lesson in advised:
        _show(writer.why(advised[lesson], trials.smallest_change(assessment.answers, lesson)))
    else:
        _show(writer.why_not(knowledge_base().lessons[lesson], trials.why_not(assessment.answers, lesson)))


def _given(change: str, lang: Lang) -> tuple[str, Answer]:
    name, found, value = change.partition("=")
    questions = knowledge_base().questions
    if not found or name not in questions:
        stop(say("cli.no_change", lang.value, change=change))
    question = questions[name]
    raw: int | str | list[str] = value
    if question.number is not None and value.isdecimal():
        raw = int(value)
    elif question.kind == "several" and value not in SPECIAL:
        raw = value.split(",")
    problem = answer_problem(question, raw)
    if problem is not None:
        stop(f"{name}: {problem.in_(lang.value)}")
    return name, as_answer(question, raw)


def _show(lines: Iterable[str]) -> None:
    for line in lines:
        typer.echo(line)
