"""The advice for the user alone, in his own words: names of organisations, and each act told once."""

from collections.abc import Mapping

from assessment.model import ActVerdict, Advice
from assessment.sheets.words import told_elsewhere
from knowledge.base import KnowledgeBase
from knowledge.text import Language, Text
from knowledge.wording import with_names


def in_own_words(advice: Advice, notes: Mapping[str, str], language: Language, knowledge: KnowledgeBase) -> Advice:
    """The advice for the user alone, on no sheet for others.

    What he calls an organisation takes the place of the words for it. A row that says little by itself is left out
    where he wrote the same at a row that says more. `notes` are his own words, by id of a row or a name.
    """
    rows = {act.id for each in knowledge.act_lists.values() if each.asks_words for act in each.acts}
    left_out = told_elsewhere(advice, rows, notes, language)
    return _without(_named(advice, notes, knowledge), left_out)


def _named(advice: Advice, notes: Mapping[str, str], knowledge: KnowledgeBase) -> Advice:
    if not any(notes.get(name.id, "").strip() for name in knowledge.names):
        return advice
    wordings = knowledge.wordings.values()

    def named(text: Text | None) -> Text | None:
        return None if text is None else with_names(text, wordings, notes)

    def told(one: ActVerdict) -> ActVerdict:
        return one.model_copy(update={"because": named(one.because), "instead": named(one.instead)})

    return advice.model_copy(
        update={
            "verdicts": tuple(map(told, advice.verdicts)),
            "unsaid": tuple(one.model_copy(update={"mind": named(one.mind)}) for one in advice.unsaid),
        }
    )


def _without(advice: Advice, left_out: frozenset[str]) -> Advice:
    if not left_out:
        return advice
    cards = (
        one.model_copy(update={"verdicts": tuple(act for act in one.verdicts if act not in left_out)})
        for one in advice.checklists
    )
    return advice.model_copy(
        update={
            "verdicts": tuple(one for one in advice.verdicts if one.act not in left_out),
            "checklists": tuple(one for one in cards if one.verdicts or one.recommendations),
        }
    )
