"""Why, why not, what if and what next on the command line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assessment.advice import advise
from assessment.changes.next_question import NextQuestions
from assessment.changes.smallest_change import what_if
from assessment.model import Assessment
from knowledge.base import CONTENT, knowledge_base
from knowledge.model import Answer
from knowledge.text import LANGUAGES, Language
from rules.engine.inference import inference
from tests.support.amounts import cover
from ui.cli.main import app

pytestmark = pytest.mark.slow

CASE = CONTENT / "scenarios" / "company-b.yaml"
ANSWERS = knowledge_base().scenarios["company-b"].answers


def told(*arguments: str | Path, status: int = 0) -> str:
    """What a command prints, on one line."""
    return " ".join(" ".join(lines(*arguments, status=status)).split())


def lines(*arguments: str | Path, status: int = 0) -> list[str]:
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    assert result.exit_code == status, result.output
    return result.output.strip().splitlines()


def written(answer: Answer) -> str:
    return ",".join(answer) if isinstance(answer, tuple) else str(answer)


@pytest.mark.parametrize(
    ("lesson", "language"),
    cover(["SC-written-summary", "FU-source-disclosure-test", "PR-look-beyond-tier-one"], LANGUAGES),
)
def test_the_change_that_is_told_does_what_it_says(lesson: str, language: Language) -> None:
    trials = what_if(inference())
    advised = lesson in trials.advised(ANSWERS)
    change = trials.smallest_change(ANSWERS, lesson)
    assert change is not None
    said = told("explain", CASE, lesson, "--lang", language)
    assert lesson in said
    assert all(one.asked.in_(language) in said and one.answer.in_(language) in said for one in change.words)
    tried = told("what-if", CASE, *(f"{name}={written(answer)}" for name, answer in change.answers.items()))
    title = knowledge_base().card_of[lesson].title.nl
    side = "Alleen bij A" if advised else "Alleen bij B"
    assert f"Waar: {side} Advies: {title}" in " ".join(tried.split())


def test_everything_that_has_a_name_is_explained() -> None:
    names = [line.split(":")[0].removeprefix("- ") for line in lines("explain", CASE)[1:] if line.startswith("- ")]
    advice = advise(Assessment(title="x", answers=ANSWERS, knowledge_version=""), inference())
    scores = [*filter(None, [advice.overall]), *advice.scores, *advice.element_scores]
    assert names == [*(one.card for one in advice.recommendations), *(one.about for one in scores)]
    assert "source-protection" in names and "overall" in names
    for name in names[:3] + names[-3:]:
        assert told("explain", CASE, name, "--lang", "en")


def test_a_question_that_is_not_asked_is_not_called_an_answer() -> None:
    said = told("explain", CASE, "MS-field-representative-mix", "--lang", "en")
    asked = knowledge_base().questions["event.picks-places"].text.en
    assert said.count(f"This question is not part of your situation: ‘{asked}’") == 1
    assert f"You answered ‘{asked}" not in said


def test_the_question_that_settles_most_comes_first() -> None:
    first = NextQuestions(inference().base).order(ANSWERS)[0].question
    assert f"1. {knowledge_base().questions[first].text.nl}" in told("next", CASE)


@pytest.mark.parametrize(
    "arguments",
    [
        ("explain", CASE, "nowhere"),
        ("what-if", CASE, "talk.bond"),
        ("what-if", CASE, "nowhere.x=yes"),
        ("what-if", CASE, "talk.bond=many"),
        ("next", "no-such-file.yaml"),
    ],
    ids=lambda arguments: " ".join(str(one) for one in arguments if one != CASE),
)
def test_what_cannot_be_explained_gives_one_line(arguments: tuple[str | Path, ...]) -> None:
    assert len(lines(*arguments, status=2)) == 1
