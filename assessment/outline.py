"""Reasons as an outline: the lines that every view of why and why not writes, each in its own form."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from assessment.model import AnswerInWords, Ground, Reason

Kind = Literal["finding", "each-enough", "see-above", "together", "you-said", "not-asked"]


@dataclass(frozen=True)
class Point:
    """One line with the lines below it.

    `kind` tells how it is said: a finding, with all below it, with each below it enough by itself, or told above
    already; points that count together; or an answer that was given, or not asked. A finding has a `reason`, an answer
    an `answer`, and `together` neither.
    """

    kind: Kind
    reason: Reason | None = None
    answer: AnswerInWords | None = None
    below: tuple["Point", ...] = ()


def outline(reasons: Iterable[Reason]) -> tuple[Point, ...]:
    """A point per reason down to the answers; what was told once is only named when it comes again."""
    told: set[str] = set()
    return tuple(_finding(reason, told) for reason in reasons if reason.rule not in told)


def _finding(reason: Reason, told: set[str]) -> Point:
    if reason.rule in told:
        return Point("see-above", reason)
    told.add(reason.rule)
    grounds = [ground for ground in reason.grounds if ground.answers or ground.findings]
    if len(grounds) < 2:
        return Point("finding", reason, below=tuple(point for ground in grounds for point in _ground(ground, told)))
    return Point("each-enough", reason, below=tuple(_alone(tuple(_ground(ground, told))) for ground in grounds))


def _alone(points: tuple[Point, ...]) -> Point:
    return points[0] if len(points) == 1 else Point("together", below=points)


def _ground(ground: Ground, told: set[str]) -> Iterator[Point]:
    yield from (Point("you-said" if one.is_asked else "not-asked", answer=one) for one in ground.answers)
    yield from (_finding(finding, told) for finding in ground.findings)
