"""Forward chaining as a group can follow it: what is in working memory, and layer by layer which rules fire on what."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.explanation import reason
from assessment.model import AnswerInWords, Reason
from knowledge.model import Answer
from knowledge.text import Text
from rules.engine.inference import Trace
from rules.meaning import NOT_ASKED, UNANSWERED
from rules.model import RuleBase
from rules.words import in_words


@dataclass(frozen=True)
class Fired:
    """A rule that fired: each ground of `why` is enough by itself. `card` is the title of what it advises, if any."""

    rule: str
    why: Reason
    card: Text | None


@dataclass(frozen=True)
class Layer:
    """One round of forward chaining: its number from 1, how many rules were looked at, and those that fired."""

    number: int
    rules: int
    fired: tuple[Fired, ...]


def facts(trace: Trace, base: RuleBase) -> tuple[AnswerInWords, ...]:
    """The answers in working memory, in the order of the questions."""
    return tuple(_fact(question, answer, base) for question, answer in trace.memory.facts.items() if _given(answer))


def layers(trace: Trace, base: RuleBase) -> tuple[Layer, ...]:
    """The rounds up to the last in which a rule fires; a rule can only rest on answers and on earlier rounds."""
    return _layers(trace, base, frozenset(trace.findings))


def _layers(trace: Trace, base: RuleBase, wanted: frozenset[str] | set[str]) -> tuple[Layer, ...]:
    cards: Mapping[str, Text] = {lesson: card.title for lesson, card in base.knowledge.card_of.items()}
    found = []
    for number, stratum in enumerate(base.strata, start=1):
        fired = tuple(
            Fired(rule, reason(rule, trace, base), cards.get(base.rules[rule].lesson or ""))
            for rule in stratum
            if rule in wanted
        )
        found.append(Layer(number, len(stratum), fired))
    last = max((layer.number for layer in found if layer.fired), default=0)
    return tuple(found[:last])


def _given(answer: Answer) -> bool:
    return answer not in (UNANSWERED, NOT_ASKED)


def _fact(question: str, answer: Answer, base: RuleBase) -> AnswerInWords:
    asked = base.knowledge.questions[question]
    return AnswerInWords(question=question, asked=asked.text, answer=in_words(asked, answer))
