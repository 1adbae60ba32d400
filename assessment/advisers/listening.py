"""The listening chooser: which methods to hear workers fit a situation, why, and which of them together cover most."""

from collections.abc import Iterable, Mapping
from itertools import chain, combinations
from typing import Literal

from assessment.advisers.situation import Saying, Situation
from knowledge.adviser_texts import AIMS, GROUPS, METHODS, ListeningGuide, Method, guides
from knowledge.model import Answer
from knowledge.text import Frozen, Id, Text
from rules.engine.inference import Inference

THEME = "listening"

Fit = Literal["suitable", "conditional", "unclear", "unsuitable"]
FITS: tuple[Fit, ...] = ("suitable", "conditional", "unclear", "unsuitable")
"""From the best to the worst."""


class MethodChoice(Frozen):
    """One method held against the situation; `because` are the reasons for how it fits.

    What does not fit brings nothing and is not improved: then `mind` and `brings` are empty. A method that is not
    `chosen` is at best conditional: what only matters for it has not been asked. One that is, fits only when every
    condition is known not to matter here.
    """

    method: Id
    title: Text
    about: Saying
    fit: Fit
    chosen: bool
    because: tuple[Saying, ...]
    mind: tuple[Saying, ...]
    brings: tuple[Saying, ...]
    cannot_tell: tuple[Saying, ...]
    unheard: tuple[Saying, ...]
    open: tuple[Id, ...]


class Conditions(Frozen):
    """On what conditions a method may be used; for one that is not `chosen`, not all of them have been asked about."""

    method: Id
    title: Text
    chosen: bool
    says: tuple[Saying, ...]


class Combination(Frozen):
    """The methods that together cover most of the user's aims, what they cover, and what and whom they leave out.

    `conditions` are those of each of its methods: together they hold as much as apart.
    """

    methods: tuple[Text, ...]
    conditions: tuple[Conditions, ...]
    covers: tuple[Text, ...]
    leaves: tuple[Text, ...]
    unheard: tuple[Text, ...]


class ListeningChoice(Frozen):
    """The methods from the best fit to the worst, in the order of the guide; `safety` stands above them."""

    applies: bool
    safety: tuple[Saying, ...]
    methods: tuple[MethodChoice, ...]
    combination: Combination | None
    always: tuple[Saying, ...]
    open: tuple[Id, ...]


def listening_choice(
    answers: Mapping[str, Answer], inference: Inference, guide: ListeningGuide | None = None
) -> ListeningChoice:
    """Hold the five methods against one set of answers. `guide` is the product's if left out."""
    return _Chooser(Situation(answers, inference), guide or guides().listening).choice()


class _Chooser:
    def __init__(self, situation: Situation, guide: ListeningGuide):
        self._now, self._guide = situation, guide

    def choice(self) -> ListeningChoice:
        methods = sorted((self._method(one) for one in self._guide.methods), key=lambda one: FITS.index(one.fit))
        opened = chain.from_iterable(one.open for one in methods)
        return ListeningChoice(
            applies=self._now.trace.memory.asked[METHODS] is True,
            safety=self._now.critical(THEME),
            methods=tuple(methods),
            combination=self._combination({one.method: one for one in methods}),
            always=self._now.said(self._guide.always),
            open=self._now.in_order([*opened, *self._now.open_questions(self._guide.always)]),
        )

    def _method(self, method: Method) -> MethodChoice:
        guide, now = self._guide, self._now
        ruled_out, settle = now.said(guide.rules_out, method.id), now.said(guide.settle_first, method.id)
        conditions = now.said(guide.conditions, method.id)
        undecided = now.undecided([*guide.rules_out, *guide.settle_first], method.id)
        chosen = method.id in self._given(METHODS)
        to_settle = [one.question for saying in settle for one in saying.answers if now.is_open(one.question)]
        waiting = now.open_questions([*guide.rules_out, *guide.settle_first, *guide.conditions, *guide.mind], method.id)
        because = ruled_out or (*settle, *conditions)
        fit: Fit = "suitable"
        if ruled_out:
            fit = "unsuitable"
        elif settle or undecided:
            fit = "unclear"
        elif conditions or not chosen:
            fit = "conditional"
        elif now.undecided(guide.conditions, method.id):
            fit = "unclear"
        return MethodChoice(
            method=method.id,
            title=method.title,
            about=now.saying(method),
            fit=fit,
            chosen=chosen,
            because=because,
            mind=() if ruled_out else tuple(one for one in now.said(guide.mind, method.id) if not _told(one, because)),
            brings=() if ruled_out else now.said(guide.brings, method.id),
            cannot_tell=now.said(guide.cannot_tell, method.id),
            unheard=now.said(guide.unheard, method.id),
            open=now.in_order([*to_settle, *waiting]),
        )

    def _combination(self, held: Mapping[str, MethodChoice]) -> Combination | None:
        """Of the methods that fit: most aims, then most groups, then fewest methods, then the best fit."""
        fits = {method: one.fit for method, one in held.items()}
        usable = [one for one in self._guide.methods if fits[one.id] in ("suitable", "conditional")]
        can_serve = _covered(self._guide.methods)
        aims = {aim: label for aim, label in self._labels(AIMS).items() if aim in can_serve}
        if not usable or not aims:
            return None
        groups = self._labels(GROUPS)

        def worth(some: tuple[Method, ...]) -> tuple[int, int, int, int]:
            reached = sum(any(group not in one.misses for one in some) for group in groups)
            return (
                len(aims.keys() & _covered(some)),
                reached,
                -len(some),
                -sum(FITS.index(fits[one.id]) for one in some),
            )

        best = max(chain.from_iterable(combinations(usable, size) for size in range(1, len(usable) + 1)), key=worth)
        covered = _covered(best)
        return Combination(
            methods=tuple(one.title for one in best),
            conditions=tuple(
                Conditions(
                    method=one.id, title=one.title, chosen=held[one.id].chosen, says=_safety_first(held[one.id].because)
                )
                for one in best
                if fits[one.id] == "conditional"
            ),
            covers=tuple(label for aim, label in aims.items() if aim in covered),
            leaves=tuple(label for aim, label in aims.items() if aim not in covered),
            unheard=tuple(label for group, label in groups.items() if all(group in one.misses for one in best)),
        )

    def _labels(self, question_id: str) -> dict[str, Text]:
        """The options of a question that were chosen and are no 'none of these', with their words."""
        question, given = self._now.knowledge.questions[question_id], self._given(question_id)
        return {one.id: one.label for one in question.options if one.id in given and not one.exclusive}

    def _given(self, question: str) -> tuple[str, ...]:
        answer = self._now.trace.memory.facts[question]
        return answer if isinstance(answer, tuple) else ()


def _told(one: Saying, because: Iterable[Saying]) -> bool:
    """Whether all lessons of a saying are told already."""
    return set(one.lessons) <= {lesson for saying in because for lesson in saying.lessons}


def _safety_first(sayings: Iterable[Saying]) -> tuple[Saying, ...]:
    """What the safety of people hangs on comes before what only makes the method work better."""
    return tuple(sorted(sayings, key=lambda one: all(lesson.severity != "critical" for lesson in one.lessons)))


def _covered(some: Iterable[Method]) -> set[str]:
    return {aim for one in some for aim in one.covers}
