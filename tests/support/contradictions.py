"""Where a vote of a case, and the advice and the kit on the same case, say the opposite of one another."""

import re
from collections.abc import Iterator

from assessment.advisers.conversation import conversation_kit
from assessment.model import ActVerdict
from assessment.training.course import with_choice
from assessment.verdicts import verdicts
from knowledge.model import Answers, Scenario, Vote
from knowledge.text import LANGUAGES, Text
from rules.engine.inference import inference, reference
from rules.engine.memory import working_memory

WRONG = ("stop", "repair")
ALIKE = 0.5
"""Two sentences say the same from this share of the words that the shorter one has."""
EMPTY = {
    "nl": {"de", "het", "een", "dat", "van", "en", "we", "wij", "ik", "u", "je", "is", "er", "hoe", "of", "in", "op"},
    "en": {"the", "a", "that", "of", "and", "we", "i", "you", "is", "are", "it", "how", "to", "in", "on", "or"},
}  # fmt: skip


def contradictions(case: Scenario, vote: Vote) -> Iterator[str]:
    """Each choice of a vote that is right there and wrong in the advice, or the other way round."""
    right = next(one for one in vote.choices if one.id == vote.concluded)
    before = _asks(case.answers)
    after = _asks(with_choice(case.answers, right)) if right.answers else before
    for act in sorted(after.keys() - before.keys()):
        if after[act] in WRONG:
            yield f"{right.id}: called right, and the advice says {after[act]}: {act}"
    for one in vote.choices:
        if one.answers and one is not right and not _asks(with_choice(case.answers, one)).keys() - after.keys():
            yield f"{one.id}: called wrong, and the advice has nothing against it"
    if any("'" in one.text.in_(language) for one in vote.choices for language in LANGUAGES):
        yield from _sentences(case, vote)


def _sentences(case: Scenario, vote: Vote) -> Iterator[str]:
    given, kit = _verdicts(case.answers), conversation_kit(case.answers, inference())
    wrong = [one.instead_of for one in kit.wording] + [one.do_not_say for one in given if one.do_not_say]
    right = [one.text for one in kit.questions] + [one.rather.text for one in kit.wording]
    right += [one.say for one in given if one.say]
    for choice in vote.choices:
        for said in wrong if choice.id == vote.concluded else right:
            if same := _alike(choice.text, said):
                yield f"{choice.id}: {same}"


def _alike(one: Text, other: Text) -> str | None:
    """The quoted words of a choice, where they are those of another sentence."""
    for language in LANGUAGES:
        for quoted in re.findall(r"'(.+)'", one.in_(language)):
            sets = [set(re.findall(r"\w+", words.lower())) - EMPTY[language] for words in (quoted, other.in_(language))]
            if len(sets[0] & sets[1]) >= ALIKE * max(1, min(map(len, sets))):
                return f"{quoted!r} and {other.in_(language)!r}"
    return None


def _verdicts(answers: Answers) -> tuple[ActVerdict, ...]:
    base = inference().base
    return verdicts(reference(base, working_memory(answers, base.knowledge.questions)), base)


def _asks(answers: Answers) -> dict[str, str]:
    return {one.act: one.verdict for one in _verdicts(answers) if one.asks}
