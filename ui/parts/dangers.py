"""What answers mean, said at once: the acts that endanger people, in one sentence each, and how many must change."""

from functools import lru_cache

from assessment.model import ActVerdict
from assessment.verdicts import verdicts
from knowledge.acts import CHAPTER, DONE
from knowledge.condition import questions_in
from knowledge.model import Answer, Answers, Question
from knowledge.text import Text
from rules.engine.inference import inference
from rules.engine.memory import working_memory


def dangers(question: Question, answers: Answers) -> dict[str, Text]:
    """Why each act that this answer tells of endangers people, by the id of the act; of a list only what is ticked."""
    given = answers.get(question.id)
    if given is None or question.id not in _telling():
        return {}
    given_now = _verdicts(tuple(sorted(answers.items())), inference().base.version)
    found = {one.act: one.because for one in given_now if one.tier == 1 and one.asks}
    if question.chapter == CHAPTER:
        ticked = {one.removesuffix(DONE) for one in given} if isinstance(given, tuple) else set()
        return {act: because for act, because in found.items() if act in ticked}
    return {act: because for act, because in found.items() if act in _telling()[question.id]}


def to_change(answers: Answers) -> int:
    """How many acts must stop, be repaired or be preceded by something, by these answers."""
    return sum(one.asks for one in _verdicts(tuple(sorted(answers.items())), inference().base.version))


@lru_cache(64)
def _verdicts(answers: tuple[tuple[str, Answer], ...], version: str) -> tuple[ActVerdict, ...]:
    rules = inference()
    return verdicts(rules.run(working_memory(dict(answers), rules.base.knowledge.questions)), rules.base)


@lru_cache(1)
def _telling() -> dict[str, frozenset[str]]:
    """The acts on which a verdict of the first tier can fall, by the question that tells of them."""
    found: dict[str, set[str]] = {}
    lists = {
        option.id.removesuffix(DONE): question.id
        for question in inference().base.knowledge.questions.values()
        if question.chapter == CHAPTER
        for option in question.options
    }
    for possible in inference().base.verdicts.values():
        if possible.verdict.tier == 1 and possible.verdict.verdict != "go-ahead":
            act = possible.act
            for question in questions_in(act.given) if act.given is not None else {lists.get(act.id, "")}:
                found.setdefault(question, set()).add(act.id)
    return {question: frozenset(acts) for question, acts in found.items()}
