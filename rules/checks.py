"""What must be true of a knowledge base and its rule base beyond the files being well-formed."""

from random import Random

from knowledge.adviser_texts import Guides, conditions, pieces
from knowledge.condition import findings_in, questions_in
from rules.engine.inference import Inference
from rules.engine.memory import working_memory
from rules.model import RuleBase
from rules.sampling import random_answers


def loose_ends(base: RuleBase) -> list[str]:
    """Lessons that no rule leads to, questions that nothing looks at, and findings that lead nowhere."""
    knowledge = base.knowledge
    used_findings = {rule for some in base.ways.values() for way in some for rule, _ in way.findings}
    advised = {rule.lesson for rule in base.rules.values()}
    asking = (questions_in(one.ask_when) for one in knowledge.questions.values() if one.ask_when is not None)
    looked_at = frozenset[str]().union(*base.reach.values(), *asking)
    return [
        *(f"lesson {lesson}: no rule leads to it" for lesson in knowledge.lessons if lesson not in advised),
        *(f"question {question}: no rule looks at it" for question in knowledge.questions if question not in looked_at),
        *(
            f"rule {rule.id}: it has no lesson, and no other rule uses its finding"
            for rule in base.rules.values()
            if rule.lesson is None and rule.id not in used_findings and rule.id not in base.verdicts
        ),
    ]


def loose_pieces(guides: Guides, base: RuleBase) -> list[str]:
    """Pieces of the advisers that name a finding which does not exist, or wait for advice that no rule gives."""
    advised = {rule.lesson for rule in base.rules.values()}
    found = []
    for guide in vars(guides).values():
        for part, _, piece in pieces(guide):
            named = {finding for condition in conditions(piece).values() for finding in findings_in(condition)}
            found += [
                f"{part} {piece.id}: expected the id of a rule, found {one!r}" for one in sorted(named - {*base.rules})
            ]
            if piece.advised and not advised & set(piece.lessons):
                found.append(f"{part} {piece.id}: no rule leads to its lessons")
    return found


def disagreements(inference: Inference, sets: int, seed: int = 0) -> list[str]:
    """Where durable-rules and the reference meaning differ on random answer sets; empty is as it must be."""
    knowledge = inference.base.knowledge
    random = Random(seed)
    found = []
    for _ in range(sets):
        answers = random_answers(knowledge, random, share=random.choice([0.3, 0.7, 1.0]))
        difference = inference.run(working_memory(answers, knowledge.questions)).difference
        found += [f"{difference}, for {answers}"] if difference else []
    return found
