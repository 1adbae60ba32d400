"""Looking things up: what people type, with typing errors and other endings, finds what they mean, best first."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.condition import findings_in, questions_in
from knowledge.search import FEW, MOST_WORDS, SENTENCE, Entry, Search
from knowledge.text import LANGUAGES, Language
from rules.catalogue.entries import KINDS, Key, entries, key_of, search, synonyms, title_of
from rules.catalogue.graph import graph_of
from rules.catalogue.links import Links
from rules.model import rule_base
from tests.support.amounts import amount

pytestmark = pytest.mark.slow

BASE = rule_base()
LINKS = Links(BASE)
SEARCHES = {language: search(BASE, language) for language in LANGUAGES}


def found(language: Language, typed: str) -> list[str]:
    return [hit.entry.key for hit in SEARCHES[language].find(typed)]


@pytest.mark.parametrize(
    ("language", "typed", "key"),
    [
        ("nl", "bron beschermen", "card:source-protection"),
        ("nl", "bescherm bron", "card:source-protection"),
        ("nl", "BESCHÉRM je Bron!", "card:source-protection"),
        ("nl", "werkgever buiten gesprek", "card:wl-exclude-employers"),
        ("nl", "WL-exclude-employers", "lesson:WL-exclude-employers"),
        ("nl", "annoniem klagen", "card:wl-grievance-anonymity"),
        ("en", "protect source", "card:source-protection"),
        ("en", "protct sourse", "card:source-protection"),
        ("en", "employers out of the talk", "card:wl-exclude-employers"),
    ],
)
def test_what_is_meant_comes_near_the_top(language: Language, typed: str, key: str) -> None:
    assert key in found(language, typed)[:3]


RANKED: dict[Language, dict[str, str]] = {
    "nl": {
        "Mag de manager bij het gesprek zijn?": "wl-exclude-employers",
        "wie betaalt de reiskosten van deelnemers": "means",
        "tolk": "wd-facilitation",
        "klokkenluider": "source-protection",
        "bron geheim houden": "source-protection",
        "bond": "union-advantages",
        "gele vakbond": "wl-union-yellow",
        "vakbonden verboden": "wl-union-forbidden",
        "leidinggevende": "wl-exclude-employers",
        "anoniem klagen": "wl-grievance-anonymity",
        "Er komen geen klachten binnen, is dat goed nieuws?": "wl-grievance-no-complaints-is-a-signal",
        "audit": "audit-limits",
        "mijn leverancier ontkent alles": "sc-denial-note-and-continue-separately",
        "leverancier reageert niet": "reluctant-or-silent-supplier",
        "minimumloon": "sc-support-legal-wage-rise",
        "welke gespreksleider kies ik": "facilitator-choice",
        "veldbezoek": "field-on-site",
        "kernteam": "core-team",
        "persbericht over onze resultaten": "external-communication",
        "terugkoppelen aan werkenden": "reporting",
        "enquete": "digital-towards-workers",
        "neutrale plek": "wl-wd-neutral-anonymous-location",
        "vrouwen": "wd-group",
        "samen met andere inkopers druk zetten": "leverage-peers",
        "cultuur": "pr-learn-local-culture",
        "wraak": "worker-barriers",
        "Bangladesh": "case:invented-garment-bangladesh-audit",
        "Pakistan": "case:pakistan-minimum-wage",
        "Turkije": "case:invented-leather-turkey-no-complaints",
        "India": "case:india-clothing-no-report",
        "overwerk": "case:invented-electronics-china-official-at-table",
        "overuren": "case:invented-garment-turkey-complaint-safe",
        "HR": "case:company-b",
        "Hoe zorg ik dat mijn bron niet bekend wordt bij de leverancier?": "source-protection",
        "Moet inkoop mee naar het gesprek met de leverancier?": "purchasing-involved",
        "Hoe weet ik of een vakbond echt onafhankelijk is?": "wl-union-yellow",
    },
    "en": {
        "May the employer be there when we talk to workers?": "wl-exclude-employers",
        "Who pays the travel costs of the participants?": "means",
        "whistleblower": "source-protection",
        "grievance mechanism": "grievance-advantages",
        "yellow union": "wl-union-yellow",
        "interpreter": "wd-facilitation",
        "overtime": "case:invented-electronics-china-official-at-table",
        "Ethiopia": "case:invented-flowers-ethiopia-survey",
    },
}
"""For what people type the card (or a lesson of it) or the case that must be among the first five."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_type_finds_what_matters_first(language: Language) -> None:
    assert sum(map(len, RANKED.values())) >= 40
    missed = {}
    for typed, wanted in RANKED[language].items():
        first = found(language, typed)[:5]
        known = BASE.knowledge.cards.get(wanted)
        good = {wanted} if known is None else {f"card:{wanted}", *(f"lesson:{one.id}" for one in known.lessons)}
        if not good & {*first}:
            missed[typed] = first
    assert not missed


def test_a_sentence_gives_a_few_and_a_country_begins_with_its_cases() -> None:
    for typed in RANKED["nl"]:
        if len(typed.split()) >= SENTENCE:
            assert 0 < len(found("nl", typed)) <= FEW, typed
    for country in ("Bangladesh", "India", "Turkije", "China", "Kenia"):
        assert [one.startswith("case:") for one in found("nl", country)[:2]] == [True, True], country
    for typed in ("overwerk", "overuren"):
        hits = SEARCHES["nl"].find(typed)
        assert not any(hit.forgiven or hit.entry.title.startswith("Overweeg") for hit in hits)
    titles = [hit.entry.title for hit in SEARCHES["nl"].find("overwerk")]
    assert len({*titles}) == len(titles), "the same sentence once"


def test_other_words_for_the_same_are_found_too() -> None:
    for typed in ("werknemers luisteren", "werknemmers luisteren"):
        assert {"werkenden" in hit.entry.title.lower() for hit in SEARCHES["nl"].find(typed)[:3]} == {True}
    assert SEARCHES["en"].find("employees")


def test_what_is_forgiven_is_told() -> None:
    assert all(hit.forgiven for hit in SEARCHES["nl"].find("leveranicer"))
    assert not any(hit.forgiven for hit in SEARCHES["nl"].find("leverancier"))


@pytest.mark.parametrize("typed", ["", "  ", "?!", "xqzwvk", "日本"])
def test_what_is_nowhere_finds_nothing(typed: str) -> None:
    assert SEARCHES["nl"].find(typed) == []


def test_titles_count_for_more_and_rare_words_too() -> None:
    some = [Entry("a", "iets", "audit"), Entry("b", "audit"), Entry("c", "gesprek"), Entry("d", "gesprek met bank")]
    one = Search(some)
    assert [hit.entry.key for hit in one.find("audit")] == ["b", "a"]
    assert one.find("gesprek bank")[0].entry.key == "d"
    assert [hit.entry.key for hit in one.find("gesprek", most=1)] == ["c"]


WORDS = [word for word in SEARCHES["nl"]._words if len(word) >= 8 and word.isalpha()]


@settings(max_examples=amount(40, 1_000))
@given(st.sampled_from(WORDS), st.integers(1, 6), st.sampled_from(["drop", "swap", "other"]))
def test_one_typing_error_in_a_long_word_still_finds_its_texts(word: str, place: int, kind: str) -> None:
    typed = {
        "drop": word[:place] + word[place + 1 :],
        "swap": word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        "other": word[:place] + ("x" if word[place] != "x" else "y") + word[place + 1 :],
    }[kind]
    right = {SEARCHES["nl"].entries[place].key for place in SEARCHES["nl"]._places[word]}
    alike = SEARCHES["nl"]._alike(typed)
    # unless what was typed is itself a word, or a part of one
    assert word in alike or not any(match.typo for match in alike.values())
    assert word not in alike or right & {*found("nl", typed)}


@settings(max_examples=amount(40, 1_000))
@given(st.text(max_size=300))
def test_anything_may_be_typed(typed: str) -> None:
    hits = SEARCHES["en"].find(typed)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_of_a_long_phrase_only_the_first_words_count() -> None:
    words = " ".join(WORDS[:MOST_WORDS])
    assert found("nl", words) == found("nl", f"{words} bron beschermen")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_item_can_be_looked_up_by_its_key(language: Language) -> None:
    every = list(entries(BASE, language))
    keys = [key_of(entry.key, BASE) for entry in every]
    assert None not in keys and len(set(keys)) == len(every)
    known = BASE.knowledge
    kinds = (known.cards, known.lessons, known.scenarios, known.questions, BASE.rules, known.sources)
    assert len(every) == sum(map(len, kinds))
    assert all(entry.title == title_of(key, BASE, language) for key, entry in zip(keys, every, strict=True) if key)
    assert {key.kind for key in keys if key} == set(KINDS)


@pytest.mark.parametrize("wrong", ["", "lesson", "lesson:", "lesson:none", "none:start.stage", "rule:start.stage:x"])
def test_no_item_for_what_is_no_key(wrong: str) -> None:
    assert key_of(wrong, BASE) is None


def test_synonyms_are_plain_words_and_stand_in_one_group() -> None:
    for language, groups in synonyms().items():
        every = [word for group in groups for word in group]
        assert len(every) == len(set(every)) and all(word.isascii() and word.isalpha() for word in every), language
        assert all(any(found(language, word) for word in group) for group in groups)


def test_the_picture_of_a_lesson_holds_all_that_leads_to_it_and_nothing_else() -> None:
    for lesson in BASE.knowledge.lessons:
        graph = graph_of(lesson, LINKS)
        leading = [rule.id for rule in LINKS.advising[lesson]]
        layer = {key: number for number, some in enumerate(graph.layers) for key in some}
        assert graph.layers[-1] == (Key("lesson", lesson),)
        assert {key.id for key in layer if key.kind == "question"} == set().union(*(BASE.reach[one] for one in leading))
        assert all(layer[edge.lower] < layer[edge.upper] for edge in graph.edges)
        for key in layer:
            below = {edge.lower.id for edge in graph.edges if edge.upper == key}
            if key.kind == "rule":
                when = BASE.rules[key.id].when
                assert below == questions_in(when) | findings_in(when)
            else:
                assert below == (set(leading) if key.kind == "lesson" else set())
