"""What answers mean, said at once: what to do instead of what is ticked, what endangers people, how many change."""

from functools import lru_cache

from assessment.model import ActVerdict
from assessment.verdicts import verdicts
from knowledge.acts import CHAPTER, DONE
from knowledge.condition import questions_in
from knowledge.model import Answer, Answers, Question
from rules.engine.inference import inference
from rules.engine.memory import working_memory


def at_once(question: Question, answers: Answers) -> dict[str, ActVerdict]:
    """The verdicts that are told beside a question as soon as it is answered, by the id of the act.

    Of a list these are all on acts that are ticked and ask for something; else those on what endangers people.
    """
    given = answers.get(question.id)
    if given is None or (question.chapter != CHAPTER and question.id not in _telling()):
        return {}
    found = {one.act: one for one in _verdicts(tuple(sorted(answers.items())), inference().base.version) if one.asks}
    if question.chapter == CHAPTER:
        ticked = {one.removesuffix(DONE) for one in given} if isinstance(given, tuple) else set()
        return {act: one for act, one in found.items() if act in ticked}
    return {act: one for act, one in found.items() if one.tier == 1 and act in _telling()[question.id]}


def to_change(answers: Answers) -> int:
    """How many acts must stop, be repaired or be preceded by something, by these answers."""
    return sum(one.asks for one in _verdicts(tuple(sorted(answers.items())), inference().base.version))


@lru_cache(64)
def _verdicts(answers: tuple[tuple[str, Answer], ...], version: str) -> tuple[ActVerdict, ...]:
    rules = inference()
    return verdicts(rules.run(working_memory(dict(answers), rules.base.knowledge.questions)), rules.base)


@lru_cache(1)
def _telling() -> dict[str, frozenset[str]]:
    """The acts on which a verdict of the first tier can fall, by the question, no list, that tells of them."""
    found: dict[str, set[str]] = {}
    for possible in inference().base.verdicts.values():
        if possible.verdict.tier == 1 and possible.verdict.verdict != "go-ahead":
            act = possible.act
            for question in questions_in(act.given) if act.given is not None else ():
                found.setdefault(question, set()).add(act.id)
    return {question: frozenset(acts) for question, acts in found.items()}
