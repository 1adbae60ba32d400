"""The advice for the user alone, in his own words: names of organisations, and each act told once."""

from collections.abc import Mapping

from assessment.model import ActVerdict, Advice
from assessment.sheets.words import is_another_act, told_elsewhere
from knowledge.base import KnowledgeBase
from knowledge.text import Language, Text
from knowledge.wording import with_names


def in_own_words(advice: Advice, notes: Mapping[str, str], language: Language, knowledge: KnowledgeBase) -> Advice:
    """The advice for the user alone, on no sheet for others.

    What he calls an organisation takes the place of the words for it. A row is left out where he wrote the same at a
    more urgent one of its card, one that says little by itself where he wrote it at any other; one that another covers
    gets its own verdict where he wrote something else there. `notes` are his own words, by id of a row or a name.
    """
    advice = _apart(advice, notes, language)
    rows = {act.id for each in knowledge.act_lists.values() if each.asks_words for act in each.acts}
    left_out = told_elsewhere(advice, rows, notes, language)
    return _without(_named(advice, notes, knowledge), left_out)


def _apart(advice: Advice, notes: Mapping[str, str], language: Language) -> Advice:
    found: dict[str, tuple[ActVerdict, ...]] = {}
    for one in advice.verdicts:
        others = [each for each in one.covered if is_another_act(each.rows, one.rows[:1], notes, language)]
        if others:
            gone = {row for each in others for row in each.rows}
            left = [each for each in one.covered if each not in others]
            label = one.label if left else Text(nl=one.label.nl.split(" · ")[0], en=one.label.en.split(" · ")[0])
            rows = tuple(row for row in one.rows if row not in gone)
            found[one.act] = (one.model_copy(update={"rows": rows, "label": label, "covered": tuple(left)}), *others)
    if not found:
        return advice
    acts = {act: tuple(each.act for each in some) for act, some in found.items()}
    cards = (
        card.model_copy(update={"verdicts": tuple(each for act in card.verdicts for each in acts.get(act, (act,)))})
        for card in advice.checklists
    )
    verdicts = tuple(each for one in advice.verdicts for each in found.get(one.act, (one,)))
    return advice.model_copy(update={"verdicts": verdicts, "checklists": tuple(cards)})


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
