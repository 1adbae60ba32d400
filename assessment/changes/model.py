"""What other answers do to an advice: the question that matters most, and the fewest changes. Plain data."""

from assessment.model import AnswerInWords, Reason
from knowledge.model import Answer, Answers
from knowledge.text import Frozen, Id, Text


class NextQuestion(Frozen):
    """An open question, how much its answer settles on average (0 or more), and what it can still change.

    `lessons` counts the lessons that it can bring, `acts` the acts of which it can change the verdict.
    """

    question: Id
    settles: float
    lessons: int
    acts: int

    @property
    def matters(self) -> bool:
        """Whether its answer can change the advice."""
        return self.lessons + self.acts > 0


class Variant(Frozen):
    """Another answer to one question, and the lessons that would appear and vanish."""

    question: Id
    answer: Answer
    appeared: tuple[Id, ...]
    vanished: tuple[Id, ...]


class Change(Frozen):
    """The fewest other answers that bring a lesson or remove it: as ids, in words, and what was answered before."""

    lesson: Id
    removes: bool
    answers: Answers
    words: tuple[AnswerInWords, ...]
    instead_of: tuple[Text, ...]


class WhyNot(Frozen):
    """Why a lesson is not advised. `because` tells why the nearest rule is false; None while it is undecided.

    `change` is None where no answers bring the lesson while the assessment stays about the same thing.
    """

    lesson: Id
    rule: Id
    says: Text
    undecided: bool
    because: Reason | None
    change: Change | None
