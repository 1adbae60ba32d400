"""Advice on acts names people and organisations as the answers do, where that is certain."""

import re
from random import Random

import pytest

from assessment.verdicts import verdicts
from knowledge.acts import Verdict
from knowledge.base import knowledge_base
from knowledge.model import Answer
from knowledge.text import LANGUAGES, Text
from knowledge.wording import with_names, worded
from rules.engine.inference import reference
from rules.engine.memory import working_memory
from rules.model import rule_base
from rules.sampling import random_answers

BASE = knowledge_base()
VERDICTS: tuple[Verdict, ...] = tuple(
    verdict for each in BASE.act_lists.values() for act in each.acts for verdict in (*act.verdicts, *act.done)
)


def in_words(nl: str, en: str, **answers: Answer) -> Text:
    facts = dict.fromkeys(BASE.questions, "?") | {f"core.{name}": given for name, given in answers.items()}
    return worded(Text(nl=nl, en=en), BASE.wordings.values(), facts)


def test_who_told_is_named_as_such() -> None:
    said = in_words(
        "De organisatie die de mensen kozen zegt wat de mensen willen.",
        "The organisation that the people chose says what the people want.",
        **{"heard-through": ("union", "audit"), "people": ("hired", "women")},
    )
    assert said.nl == "De vakbond van wie je het hoorde zegt wat de werkenden willen."
    assert said.en == "The union you heard it from says what the workers want."


def test_a_name_takes_the_place_of_the_words_for_an_organisation() -> None:
    notes = {"name-of-who-told": "Roos", "name-of-who-reaches": "  de  Bron "}
    said = in_words(
        "De organisatie die hen kent belt.", "It is in the hands of the organisation that knows them.",
        **{"heard-through": ("union",)},
    )  # fmt: skip
    wordings = BASE.wordings.values()
    assert with_names(said, wordings, notes) == Text(nl="Roos belt.", en="It is in the hands of Roos.")
    reached = in_words("Vraag hun organisatie.", "Ask their organisation.", **{"reached-by": ("ngo",)})
    assert with_names(reached, wordings, notes) == Text(nl="Vraag de Bron.", en="Ask de Bron.")
    assert with_names(said, wordings, {"name-of-who-told": " "}) == said
    assert with_names(said, wordings, {"name-of-who-told": "de federatie"}).nl == "De federatie belt."
    by_person = in_words("Vraag de organisatie die hen kent.", "-", **{"heard-through": ("people",)})
    assert with_names(by_person, wordings, notes) == by_person


def test_a_name_is_asked_for_where_there_is_somebody_to_name() -> None:
    told = next(one for one in BASE.names if one.id == "name-of-who-told")
    assert told.asked(("union", "audit")) and not told.asked(("people",)) and not told.asked("unknown")
    assert all(name.id in BASE.noted for name in BASE.names)


def test_what_a_person_told_is_not_sent_to_another_organisation() -> None:
    for heard in (("people",), ("people", "union"), ("complaint",)):
        said = in_words("Vraag de organisatie die hen kent.", "Ask the organisation that knows them.",
                        **{"heard-through": heard, "reached-by": ("union",)})  # fmt: skip
        assert said.en == "Ask an organisation that they choose themselves."
    said = in_words("Vraag de organisatie die hen kent.", "Ask the organisation that knows them.",
                    **{"heard-through": ("complaint", "union")})  # fmt: skip
    assert said.en == "Ask the union you heard it from."


def test_what_happened_is_told_as_it_was_answered() -> None:
    general = (
        "Er is al iemand gestraft, bedreigd of gezocht.",
        "Somebody has already been punished, threatened or traced.",
    )
    assert in_words(*general, **{"danger-events": ("questioned", "phone")}).nl == "Er zijn al mensen ondervraagd."
    assert in_words(*general, **{"danger-events": ("questioned", "punished")}).nl == general[0]


def test_a_name_keeps_its_grammar() -> None:
    said = in_words("-", "Win the people's trust, and the people concerned say it.", people=("migrants", "women"))
    assert said.en == "Win the workers' trust, and the workers say it."


@pytest.mark.parametrize("given", ["?", "unknown", ("employees", "neighbours"), ("women",), ("undecided",)])
def test_the_general_words_stay_where_it_is_not_certain(given: Answer) -> None:
    said = in_words(
        "Vraag het de mensen via hun organisatie.", "Ask the people through their organisation.", people=given
    )
    assert said.nl == "Vraag het de mensen via hun organisatie."


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_general_phrase_is_used(language: str) -> None:
    said = [text for one in VERDICTS for text in (one.because, one.instead) if text is not None]
    said += [act.label for each in BASE.act_lists.values() for act in each.acts if not act.ticked]
    texts = " ".join(text.in_(language).lower() for text in said)
    for wording in BASE.wordings.values():
        for phrase in wording.general.in_(language):
            assert re.search(rf"\b{re.escape(phrase)}\b", texts), phrase


def test_only_what_to_do_is_in_the_words_of_the_answers() -> None:
    seen = 0
    random = Random(4)
    for _ in range(25):
        given = random_answers(BASE, random) | {"core.heard-through": ("union",)}
        memory = working_memory(given, BASE.questions)
        for verdict in verdicts(reference(rule_base(), memory), rule_base()):
            seen += "union you heard it from" in f"{verdict.because.en} {verdict.instead.en if verdict.instead else ''}"
            for text in (verdict.say, verdict.do_not_say, *([verdict.label] if verdict.ticked else [])):
                assert text is None or "heard it from" not in text.en
    assert seen
