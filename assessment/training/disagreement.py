"""Where people differ about one case or one assessment, and what hangs on the difference: something to talk about."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assessment.model import Assessment
from assessment.training.course import with_choice
from assessment.training.group import Group
from assessment.training.trying import VerdictChange, changes
from knowledge.model import Answers, Scenario
from knowledge.text import Text
from rules.engine.inference import Inference
from rules.engine.memory import working_memory
from rules.meaning import NOT_ASKED, UNANSWERED
from rules.words import in_words


@dataclass(frozen=True)
class Side:
    """An answer that some gave, how many, and what is advised otherwise than with the answer that most gave.

    Without `known` it is not known what hangs on it, which is another thing than nothing.
    """

    says: Text
    count: int
    changes: tuple[VerdictChange, ...] = ()
    known: bool = True


@dataclass(frozen=True)
class Difference:
    """A question on which people differ: the answer that most gave first."""

    question: str
    asked: Text
    sides: tuple[Side, ...]

    @property
    def weight(self) -> tuple[int, int]:
        """How much hangs on it: what endangers people first, then how much is advised otherwise."""
        found = [one for side in self.sides for one in side.changes]
        return sum(one.danger for one in found), len(found)


def of_votes(case: Scenario, group: Group, inference: Inference) -> tuple[Difference, ...]:
    """Where the votes of a group differ, that on which most hangs first.

    What hangs on a choice is known where it says which answers it amounts to.
    """
    found = []
    for vote in case.training.votes if case.training is not None else ():
        ballot = group.ballots.get(vote.id)
        if ballot is None or ballot.state == "open":
            continue
        chosen = sorted((one for one in vote.choices if ballot.total(one.id)), key=lambda one: -ballot.total(one.id))
        if len(chosen) < 2:
            continue
        most = with_choice(case.answers, chosen[0])
        sides = (
            Side(
                one.text,
                ballot.total(one.id),
                changes(most, with_choice(case.answers, one), inference) if one is not chosen[0] else (),
                known=bool(one.answers or chosen[0].answers),
            )
            for one in chosen
        )
        found.append(Difference(vote.id, vote.question, tuple(sides)))
    return _ordered(found)


def of_assessments(some: Sequence[Assessment], inference: Inference) -> tuple[Difference, ...]:
    """Where several people's answers about the same differ, that on which most hangs first.

    Who gave which answer is not told. What hangs on an answer is worked out on what most of them answered.
    """
    questions = inference.base.knowledge.questions
    memories = [working_memory(one.answers, questions).facts for one in some]
    given = {
        name: Counter(memory[name] for memory in memories if memory[name] not in (UNANSWERED, NOT_ASKED))
        for name in questions
    }
    most: Answers = {name: counts.most_common(1)[0][0] for name, counts in given.items() if counts}
    found = []
    for name, counts in given.items():
        if len(counts) < 2:
            continue
        sides = (
            Side(
                in_words(questions[name], answer),
                count,
                changes(most, {**most, name: answer}, inference) if answer != most[name] else (),
            )
            for answer, count in counts.most_common()
        )
        found.append(Difference(name, questions[name].text, tuple(sides)))
    return _ordered(found)


def _ordered(found: list[Difference]) -> tuple[Difference, ...]:
    return tuple(sorted(found, key=lambda one: one.weight, reverse=True))
