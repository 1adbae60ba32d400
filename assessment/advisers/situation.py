"""One company's situation as the advisers see it: which of their pieces belong here, why, and what is still open."""

from collections.abc import Iterable, Mapping, Sequence

from assessment.explanation import ground_in_words, reason
from assessment.model import AnswerInWords, Reason
from knowledge.adviser_texts import Piece, conditions
from knowledge.condition import UNKNOWN, Condition, findings_in, questions_in
from knowledge.model import Answer, Basis, Citation, Lesson
from knowledge.text import Frozen, Id, Text
from rules.engine.inference import Inference
from rules.engine.memory import working_memory
from rules.meaning import UNANSWERED, Truth, evidence, truth
from rules.relevance import Relevance


class Saying(Frozen):
    """Something that an adviser says here: the lessons that it puts into practice, where that is written, and why here.

    Without reasons and answers it belongs to every talk or dialogue of this kind.
    """

    piece: Id
    text: Text
    basis: Basis
    lessons: tuple[Lesson, ...]
    sources: tuple[Citation, ...]
    reasons: tuple[Reason, ...]
    answers: tuple[AnswerInWords, ...]


class Situation:
    """What follows from one set of answers; the rules run once."""

    def __init__(self, answers: Mapping[str, Answer], inference: Inference):
        self.rules = inference.base
        self.knowledge = inference.base.knowledge
        self.trace = inference.run(working_memory(answers, self.knowledge.questions))
        self.known: Mapping[str, Truth] = {
            rule: None if rule in self.trace.undetermined else rule in self.trace.findings for rule in self.rules.rules
        }
        self.leading = self.rules.leading
        self._relevance = Relevance(self.rules, self.trace)

    def found(self, rule: str) -> bool:
        """Whether a finding holds."""
        return rule in self.trace.findings

    def advised(self, lesson: str) -> bool:
        """Whether a lesson is advised."""
        return any(map(self.found, self.leading.get(lesson, ())))

    def holds(self, condition: Condition | None) -> Truth:
        """Whether a condition of a piece holds; none always does."""
        return True if condition is None else truth(condition, self.trace.memory.facts, self.known)

    def belongs(self, piece: Piece, subject: str | None = None) -> bool:
        """Whether a piece is said here, in a talk about `subject`."""
        return self._truth(piece, subject) is True

    def said(self, pieces: Iterable[Piece], subject: str | None = None) -> tuple[Saying, ...]:
        """Those of the pieces that belong here."""
        return tuple(self.saying(piece) for piece in pieces if self.belongs(piece, subject))

    def undecided(self, pieces: Iterable[Piece], subject: str | None = None) -> bool:
        """Whether it is still open if one of the pieces belongs here."""
        return any(self._truth(piece, subject) is None for piece in pieces)

    def saying(self, piece: Piece) -> Saying:
        """A piece with its lessons, its places and the reasons why it belongs here."""
        lessons = [self.knowledge.lessons[one] for one in piece.lessons]
        cited = piece.sources or tuple(citation for lesson in lessons for citation in lesson.sources)
        leading = [
            rule for lesson in piece.lessons if piece.advised for rule in self.leading[lesson] if self.found(rule)
        ]
        reasons = [reason(rule, self.trace, self.rules) for rule in leading]
        answers: tuple[AnswerInWords, ...] = ()
        if piece.when is not None:
            grounds = evidence(piece.when, self.trace.memory.facts, self.known)
            if grounds:
                ground = ground_in_words(min(grounds, key=lambda one: (len(one), sorted(one))), self.trace, self.rules)
                reasons += ground.findings
                answers = ground.answers
        return Saying(
            piece=piece.id,
            text=piece.text,
            basis=piece.basis,
            lessons=tuple(lessons),
            sources=tuple(dict.fromkeys(cited)),
            reasons=tuple({one.rule: one for one in reasons}.values()),
            answers=answers,
        )

    def critical(self, theme: str) -> tuple[Saying, ...]:
        """The advice of a theme in which the safety of people is at stake, in the words of its lessons."""
        return tuple(
            self.saying(Piece(id=one.id.lower(), text=_whole(one), lessons=(one.id,), advised=True))
            for card in self.knowledge.cards.values()
            if self.knowledge.card_themes[card.card] == theme
            for one in card.lessons
            if one.severity == "critical" and self.advised(one.id)
        )

    def open_questions(self, pieces: Iterable[Piece], subject: str | None = None) -> tuple[str, ...]:
        """The asked questions without a real answer that can still bring one of the pieces, in their order."""
        found: set[str] = set()
        for piece in pieces:
            for_this = subject is None or not piece.subjects or subject in piece.subjects
            if not for_this or self._truth(piece, subject) is not None:
                continue
            waiting = [rule for lesson in piece.lessons if piece.advised for rule in self.leading.get(lesson, ())]
            for condition in conditions(piece).values():
                waiting += findings_in(condition)
                found |= {question for question in questions_in(condition) if self.is_open(question)}
            found |= self.waiting_for(waiting)
        return self.in_order(found)

    def waiting_for(self, rules: Iterable[str]) -> frozenset[str]:
        """The questions that can still decide one of these findings."""
        return frozenset().union(*map(self._relevance.deciding, rules))

    def is_open(self, question: str) -> bool:
        """Whether a question is asked and has no real answer yet."""
        memory = self.trace.memory
        return bool(memory.asked[question]) and memory.facts[question] in (UNANSWERED, UNKNOWN)

    def chose(self, question: str, option: str) -> bool:
        """Whether an option was chosen at a question that is asked."""
        answer = self.trace.memory.facts[question]
        return option in answer if isinstance(answer, tuple) else answer == option

    def in_order(self, questions: Iterable[str]) -> tuple[str, ...]:
        """Ids of questions in the order of the questionnaire."""
        some = set(questions)
        return tuple(question for question in self.knowledge.questions if question in some)

    def _truth(self, piece: Piece, subject: str | None) -> Truth:
        if piece.subjects and subject not in piece.subjects:
            return False
        when = self.holds(piece.when)
        advised = self._advised(piece) if piece.advised else True
        if when is False or advised is False:
            return False
        return None if when is None or advised is None else True

    def _advised(self, piece: Piece) -> Truth:
        values = [self.known[rule] for lesson in piece.lessons for rule in self.leading.get(lesson, ())]
        return True if True in values else None if None in values else False


def _whole(lesson: Lesson) -> Text:
    if lesson.cautions is None:
        return lesson.advice
    return Text(nl=f"{lesson.advice.nl} {lesson.cautions.nl}", en=f"{lesson.advice.en} {lesson.cautions.en}")


def divided(total: int, shares: Sequence[int]) -> tuple[int, ...]:
    """Minutes per part that add up to `total`, by share: in fives where they fit, and then no part without any."""
    if not shares:
        return ()
    step = 5 if total >= 5 * len(shares) else 1
    least = 1 if total >= step * len(shares) else 0
    units = total // step - least * len(shares)
    parts = [least + units * share // sum(shares) for share in shares]
    dropped = [units * share % sum(shares) for share in shares]
    largest = sorted(range(len(shares)), key=lambda place: (-dropped[place], place))
    for place in largest[: total // step - sum(parts)]:
        parts[place] += 1
    minutes = [part * step for part in parts]
    minutes[shares.index(max(shares))] += total % step
    return tuple(minutes)
