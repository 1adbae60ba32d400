"""The partner finder: per goal of collaboration which partners fit, how to start, what to check and to put on paper."""

from collections.abc import Mapping, Sequence

from assessment.advisers.situation import Saying, Situation
from knowledge.adviser_texts import Goal, PartnersGuide, Piece, guides
from knowledge.model import Answer
from knowledge.resources import Resource, resources
from knowledge.text import Frozen, Id, Text
from rules.engine.inference import Inference

THEME = "partners"
OCCASIONS = "core.occasions"
APPLIES = ("partner", "nothing")
"""The occasions on which a partner is sought."""


class GoalPlan(Frozen):
    """One goal: the kinds of partner, the first steps, and the named help that fits."""

    goal: Id
    title: Text
    about: Saying
    kinds: tuple[Saying, ...]
    steps: tuple[Saying, ...]
    resources: tuple[Resource, ...]


class PartnerPlan(Frozen):
    """What the finder says: safety first, then the goals that the answers show (all of them while they show none)."""

    applies: bool
    chosen: bool
    safety: tuple[Saying, ...]
    goals: tuple[GoalPlan, ...]
    checks: tuple[Saying, ...]
    letter: tuple[Saying, ...]
    open: tuple[Id, ...]


def partner_plan(
    answers: Mapping[str, Answer], inference: Inference, guide: PartnersGuide | None = None
) -> PartnerPlan:
    """Find partners for one set of answers. `guide` is the product's if left out."""
    return _Finder(Situation(answers, inference), guide or guides().partners).plan()


class _Finder:
    def __init__(self, situation: Situation, guide: PartnersGuide):
        self._now, self._guide = situation, guide

    def plan(self) -> PartnerPlan:
        guide, now = self._guide, self._now
        chosen = [one for one in guide.goals if now.belongs(one)]
        waiting = set(now.open_questions(guide.goals)) if not chosen else set()
        for goal in chosen or guide.goals:
            waiting |= set(now.open_questions([*guide.kinds, *guide.steps], goal.id))
        return PartnerPlan(
            applies=any(now.chose(OCCASIONS, one) for one in APPLIES),
            chosen=bool(chosen),
            safety=now.critical(THEME),
            goals=tuple(map(self._goal, chosen or guide.goals)),
            checks=now.said(guide.checks),
            letter=now.said(guide.letter),
            open=now.in_order(waiting | set(now.open_questions([*guide.checks, *guide.letter]))),
        )

    def _goal(self, goal: Goal) -> GoalPlan:
        kinds = self._now.said(self._guide.kinds, goal.id)
        steps = self._now.said(self._guide.steps, goal.id)
        return GoalPlan(
            goal=goal.id,
            title=goal.title,
            about=self._now.saying(goal),
            kinds=kinds,
            steps=steps,
            resources=self._fitting([goal, *self._pieces(goal.id, kinds), *self._pieces(goal.id, steps)]),
        )

    def _pieces(self, goal: str, said: Sequence[Saying]) -> list[Piece]:
        ids = {one.piece for one in said}
        return [one for one in (*self._guide.kinds, *self._guide.steps) if one.id in ids and goal in one.subjects]

    def _fitting(self, pieces: Sequence[Piece]) -> tuple[Resource, ...]:
        """The help that the lessons of these pieces point to."""
        lessons = {lesson for piece in pieces for lesson in piece.lessons}
        return tuple(one for one in resources() if lessons & set(one.lessons))
