"""What must not appear does not, wherever it stood."""

import unicodedata
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessment.advice import advise
from assessment.anonymity.folding import key
from assessment.anonymity.free_texts import free_texts, reviewed
from assessment.anonymity.removal import Choice, without_names
from assessment.anonymity.traces import Name, traces
from assessment.anonymity.vocabulary import lists, ordinary
from knowledge.text import LANGUAGES, Language
from rules.engine.inference import inference
from tests.support.amounts import amount
from tests.support.nameless import HIDDEN, as_json, bare, seeded

pytestmark = pytest.mark.slow

CASE = HIDDEN
CHOICES: tuple[Choice, ...] = ("leave-out", "replace", "keep")
LETTERS = "abdefgiklmnoprstuvzáéíóúüñçşłøāāîß"


def plain(text: str) -> str:
    """Letters and digits only, small and without accents: independent of how the program folds."""
    text = text.casefold().translate(str.maketrans({"ł": "l", "ø": "o", "ı": "i", "æ": "ae", "đ": "d"}))
    return "".join(one for one in unicodedata.normalize("NFKD", text) if one.isalnum())


@cache
def fixed_words() -> str:
    """What stands in a dossier without names, and could hold a made-up name by chance."""
    texts = [as_json(seeded(CASE, "")), lists().model_dump_json()]
    return plain("".join(texts))


def in_fixed_words(name: str) -> bool:
    return any(plain(part) in fixed_words() or part in ordinary() for part in (name, *key(name).split()))


words = st.text(LETTERS, min_size=4, max_size=12).map(str.capitalize)
names = st.lists(words, min_size=1, max_size=3).map(" ".join)
writings = st.sampled_from(
    [
        str,
        str.upper,
        str.lower,
        lambda name: f"{name}'s",
        lambda name: f"{name}s",
        lambda name: name.replace(" ", "-"),
        lambda name: name.replace(" ", ""),
        lambda name: unicodedata.normalize("NFD", name),
        lambda name: f"de {name}fabriek",
    ]
)
around = st.sampled_from(
    ["{} belde.", "Gesprek met {} over lonen", "{}", "talk to {}, now", "({})", "a\n{}\nb", "“{}”"]
)


@settings(max_examples=amount(15, 200))
@given(names, writings, around, st.sampled_from(CHOICES), st.sampled_from(LANGUAGES))
def test_a_listed_name_never_appears(name, writing, sentence, choice, language) -> None:  # type: ignore[no-untyped-def]
    assume(not in_fixed_words(name))
    whole = seeded(CASE, sentence.format(writing(name)))
    choices = {one.key: choice for one in free_texts(whole) if one.place != "owner"}
    result = without_names(whole, [Name(name)], language, choices)
    assert plain(name) not in plain(as_json(result))
    assert plain(name) in plain(as_json(whole))


@settings(max_examples=amount(12, 200))
@given(names, st.sampled_from(CHOICES))
def test_an_owner_is_a_name_that_never_appears(name: str, choice: Choice) -> None:
    assume(not in_fixed_words(name))
    whole = seeded(CASE, name)
    choices = {one.key: choice for one in free_texts(whole) if one.place != "owner"}
    assert plain(name) not in plain(as_json(without_names(whole, (), "nl", choices)))


@settings(max_examples=amount(15, 200))
@given(st.text(max_size=300), st.sampled_from(CHOICES), st.lists(st.text(max_size=12), max_size=4))
def test_any_text_and_any_names_are_taken(text: str, choice: Choice, listed: list[str]) -> None:
    whole = seeded(CASE, text)
    choices = {one.key: choice for one in free_texts(whole)}
    result = without_names(whole, [Name(one) for one in listed], "nl", choices)
    hits = traces(text, [Name(one) for one in listed])
    assert all(text[hit.start : hit.end] == hit.text for hit in hits)
    assert all(one.end <= other.start for one, other in pairwise(hits))
    if choice == "leave-out" and len(plain(text)) > 3 and plain(text) not in plain(as_json(bare(CASE))):
        assert text not in as_json(result)


def test_without_a_choice_every_text_is_left_out() -> None:
    whole = seeded(CASE, "zonderlinge tekst")
    result = without_names(whole)
    assert "zonderling" not in as_json(result)
    assert result.assessment.title == lists().titles["supplier-talk"].nl
    assert {action.decision.owner for action in result.plan.actions} == {"", "Verantwoordelijke 1"}
    assert not result.assessment.notes


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_advice_stays_the_same(language: Language) -> None:
    whole = seeded(CASE, "Shahi")
    result = without_names(whole, [Name("Shahi")], language)
    assert result.advice.model_copy(update={"title": whole.advice.title}) == whole.advice
    again = advise(result.assessment, inference(), whole.advice.made_on)
    assert again == result.advice


def test_hits_come_with_their_place() -> None:
    found = {one.written.place for one in reviewed(seeded(CASE, "Devi belde"), ()) if one.hits}
    assert found == {"title", "note", "owner", "words", "reason", "note-on-action", "reference"}
