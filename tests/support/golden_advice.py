"""The advice on each case of a publication as a text to read in review: what is said, in which order, and why."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from assessment.advice import advise
from assessment.model import Advice, Assessment
from knowledge.base import knowledge_base
from knowledge.model import Scenario
from knowledge.text import LANGUAGES, Language, Text
from rules.engine.inference import inference

FOLDER = Path(__file__).parent.parent / "golden" / "advice"


def cases() -> tuple[Scenario, ...]:
    """The cases that a publication tells."""
    return tuple(one for one in knowledge_base().scenarios.values() if not one.invented)


def path(case: str, language: Language) -> Path:
    """Where the text of a case stands."""
    return FOLDER / f"{case}.{language}.md"


def text(case: Scenario, language: Language) -> str:
    """The advice on a case: each act with its verdict, cards, and per recommendation its lessons and their rules."""
    assessment = Assessment(title=case.title.in_(language), answers=case.answers, knowledge_version="")
    return "\n".join(_lines(advise(assessment, inference(), date(2026, 1, 1)), language)) + "\n"


def _lines(advice: Advice, language: Language) -> list[str]:
    def say(words: Text) -> str:
        return words.in_(language)

    lines = [f"# {advice.title}", ""]
    for score in (*((advice.overall,) if advice.overall else ()), *advice.scores):
        lines.append(f"- {say(score.title)}: {score.lowest:.0f} – {score.highest:.0f}")
        lines += [f"    - {say(one.says)}" for one in score.capped_by]
    lines += ["", *(f"- {say(one.title)}: {one.verdict}" for one in advice.occasions), ""]
    for verdict in advice.verdicts:
        lines.append(f"- {verdict.verdict} ({verdict.tier}): {say(verdict.label)} `{verdict.act}`")
        texts = (verdict.because, verdict.instead, verdict.say, verdict.do_not_say)
        lines += [f"    - {say(one)}" for one in texts if one is not None]
    lines += ["", *(f"- {say(one.title)} `{one.card}`" for one in advice.checklists)]
    for number, one in enumerate(advice.recommendations, start=1):
        lines += ["", f"## {number}. {say(one.title)} ({one.ground}, {one.severity}, {one.phase})", ""]
        for advised in one.lessons:
            lines.append(f"- {say(advised.lesson.advice)} `{advised.lesson.id}`")
            lines += [f"    - {say(reason.says)}" for reason in advised.reasons]
    lines += ["", "## ?", "", *(f"- {say(one.asked)}" for one in advice.homework)]
    return lines


def texts() -> Iterator[tuple[Path, str]]:
    """Every text with the file in which it stands."""
    yield from ((path(case.id, language), text(case, language)) for case in cases() for language in LANGUAGES)
