"""Random answer sets over the whole questionnaire, to try rules and engines on."""

from random import Random

from knowledge.base import KnowledgeBase
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answer, Answers, Question


def random_answers(knowledge: KnowledgeBase, random: Random, share: float = 1.0) -> Answers:
    """An answer to each question with probability `share` (0 to 1), whether it would be asked or not."""
    return {
        question.id: random_answer(question, random)
        for question in knowledge.questions.values()
        if random.random() < share
    }


def random_answer(question: Question, random: Random) -> Answer:
    """Any answer that the question takes; 'unknown' and 'not applicable' about one time in eight."""
    if random.random() < 0.125:
        return random.choice([UNKNOWN, NOT_APPLICABLE]) if question.not_applicable else UNKNOWN
    if question.number is not None:
        return random.randint(question.number.minimum, question.number.maximum)
    ids = [option.id for option in question.options]
    if question.kind == "one":
        return random.choice(ids)
    free = [option.id for option in question.options if not option.exclusive]
    alone = [(option.id,) for option in question.options if option.exclusive]
    if alone and random.random() < 0.2:
        return random.choice(alone)
    chosen = random.sample(free, random.randint(1, len(free)))
    return tuple(option for option in ids if option in chosen)
