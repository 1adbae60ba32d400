"""`check-text` on the command line: a mail, agenda or list of questions, looked through before it is sent."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from assessment.anonymity.traces import Name
from assessment.answers.encodings import NoTextError, text_of
from assessment.drafts.check import LONGEST, Mark, check
from knowledge.base import knowledge_base
from knowledge.model import Lesson
from knowledge.text import Language
from rules.engine.inference import inference
from ui.cli.names import HideOption
from ui.cli.options import Lang, LangOption, stop
from ui.cli.sheet import assessment_named
from ui.words import say

FileArgument = Annotated[Path, typer.Argument(help="Tekst die je gaat sturen, of - / the text to be sent, or -.")]
ForOption = Annotated[
    str | None,
    typer.Option(
        "--for",
        help="Antwoordbestand, casus of id, dat zegt of de bron bekend mag zijn / "
        "answer file, case or id, which says whether the source may be known.",
    ),
]


def check_text(
    file: FileArgument, assessment: ForOption = None, lang: LangOption = Lang.nl, hide: HideOption = None
) -> None:
    """Kijk een mail, agenda of vragen na voor je ze stuurt. / Look through a text before you send it."""
    language: Language = lang.value
    text = _text(file, language)
    answers = assessment_named(assessment, language).answers if assessment is not None else None
    checked = check(text, answers, inference(), map(Name, hide or ()))
    if answers is None:
        typer.echo(say("draft.no_assessment", language))
    typer.echo(say("draft.hidden" if checked.hidden else "draft.open", language))
    if len(text) > LONGEST:
        typer.echo(say("draft.too_long", language, count=LONGEST))
    lessons = list(dict.fromkeys(lesson for mark in checked.marks for lesson in mark.lessons))
    for mark in checked.marks:
        numbers = "".join(f"[{lessons.index(lesson) + 1}]" for lesson in mark.lessons)
        typer.echo("\n" + "\n".join(_told(mark, checked.text, numbers, language)))
    typer.echo("\n" + say("draft.marked", language, count=len(checked.marks)))
    typer.echo(say("draft.read_yourself", language))
    if lessons:
        typer.echo("\n" + say("draft.rests_on", language))
    for number, lesson in enumerate(lessons, start=1):
        typer.echo(f"[{number}] {lesson.advice.in_(language)}\n    {_places(lesson, language)}")


def _told(mark: Mark, text: str, numbers: str, language: Language) -> list[str]:
    called = f" ({mark.called.in_(language)})" if mark.called is not None else ""
    return [
        f"{mark.line(text)}: {mark.text}",
        f"   {say(f'draftkind.{mark.kind}', language)}{called}. {mark.because.in_(language)} {numbers}",
        f"   {say('draft.better', language)} {mark.better.in_(mark.language or language)}",
    ]


def _places(lesson: Lesson, language: Language) -> str:
    titles = {one.id: one.title.in_(language) for one in knowledge_base().sources.values()}
    return "; ".join(f"{titles[one.source]}: {one.at}" for one in lesson.sources)


def _text(file: Path, language: Language) -> str:
    try:
        return text_of(sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes())
    except OSError as error:
        stop(say("cli.not_read", language, file=file, why=error.strerror))
    except NoTextError as error:
        stop(f"{file}: {error.text.in_(language)}")
