"""Every view of why and why not writes the same outline: each thing once, down to the answers."""

from collections.abc import Iterator

from assessment.model import AnswerInWords, Ground, Reason
from assessment.outline import Point, outline
from knowledge.text import Text
from rules.meaning import NOT_ASKED
from rules.words import SPECIAL


def text(words: str) -> Text:
    return Text(nl=words, en=words)


GIVEN = AnswerInWords(question="a.b", asked=text("Who?"), answer=text("We"))
OUTSIDE = AnswerInWords(question="a.c", asked=text("When?"), answer=SPECIAL[NOT_ASKED])
SHARED = Reason(rule="x.shared", says=text("It is so."), holds=True, grounds=(Ground(answers=(GIVEN,), findings=()),))
AGAINST = Reason(
    rule="x.not", says=text("It is safe."), holds=False, grounds=(Ground(answers=(OUTSIDE,), findings=()),)
)
WHOLE = Reason(
    rule="x.whole",
    says=text("So it is."),
    holds=True,
    grounds=(
        Ground(answers=(GIVEN,), findings=(SHARED,)),
        Ground(answers=(), findings=(AGAINST,)),
        Ground(answers=(), findings=()),
    ),
)


def kinds(points: tuple[Point, ...], depth: int = 0) -> Iterator[tuple[int, str]]:
    for point in points:
        yield depth, point.kind
        yield from kinds(point.below, depth + 1)


def test_grounds_that_are_each_enough_stand_apart_and_what_counts_together_stands_together() -> None:
    assert [*kinds(outline([WHOLE]))] == [
        (0, "each-enough"),
        (1, "together"), (2, "you-said"), (2, "finding"), (3, "you-said"),
        (1, "finding"), (2, "not-asked"),
    ]  # fmt: skip


def test_what_was_told_once_is_named_and_not_told_again() -> None:
    assert [*kinds(outline([SHARED, WHOLE, SHARED]))][:5] == [
        (0, "finding"), (1, "you-said"), (0, "each-enough"), (1, "together"), (2, "you-said"),
    ]  # fmt: skip
    assert [point.kind for point in outline([SHARED, WHOLE])[1].below[0].below] == ["you-said", "see-above"]
    assert len(outline([SHARED, SHARED])) == 1


def test_the_answers_of_a_reason_are_those_below_its_first_ground() -> None:
    assert WHOLE.answers() == (GIVEN,) and AGAINST.answers() == (OUTSIDE,)
