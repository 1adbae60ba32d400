"""What could lead to a source is found, and what must not appear does not, wherever it stood."""

import re
import unicodedata
from datetime import date
from functools import cache
from itertools import pairwise
from random import Random

import pytest
from babel import Locale
from babel.dates import format_date
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from assessment.advice import advise
from assessment.anonymity.folding import fold, key
from assessment.anonymity.free_texts import free_texts, reviewed
from assessment.anonymity.removal import Choice, shareable, without_names
from assessment.anonymity.source import must_be_default, shows_source, withheld, without_source
from assessment.anonymity.traces import Hit, Kind, Name, replaced, traces
from assessment.anonymity.vocabulary import lists, ordinary
from assessment.dossier import Dossier
from knowledge.base import knowledge_base
from knowledge.model import Answers
from knowledge.text import LANGUAGES, Language
from rules.engine.inference import inference
from rules.engine.memory import working_memory
from rules.sampling import random_answer, random_answers
from tests.support.nameless import ANSWERS, HIDDEN, KNOWN, MEETING, as_json, bare, on, seeded

CASE = HIDDEN
CHOICES: tuple[Choice, ...] = ("leave-out", "replace", "keep")
LETTERS = "abdefgiklmnoprstuvzáéíóúüñçşłøāāîß"


def plain(text: str) -> str:
    """Letters and digits only, small and without accents: independent of how the program folds."""
    text = text.casefold().translate(str.maketrans({"ł": "l", "ø": "o", "ı": "i", "æ": "ae", "đ": "d"}))
    return "".join(one for one in unicodedata.normalize("NFKD", text) if one.isalnum())


def kinds(text: str, *names: Name) -> list[tuple[Kind, str]]:
    return [(hit.kind, hit.text) for hit in traces(text, names)]


def covered(text: str, seed: str, hits: tuple[Hit, ...]) -> bool:
    """Whether every letter and digit of the seed, where it stands in the text, is in a hit."""
    start = text.index(seed)
    inside = {place for hit in hits for place in range(hit.start, hit.end)}
    return all(place in inside for place in range(start, start + len(seed)) if text[place].isalnum())


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


@settings(max_examples=40, deadline=None)
@given(names, writings, around, st.sampled_from(CHOICES), st.sampled_from(LANGUAGES))
def test_a_listed_name_never_appears(name, writing, sentence, choice, language) -> None:  # type: ignore[no-untyped-def]
    assume(not in_fixed_words(name))
    whole = seeded(CASE, sentence.format(writing(name)))
    choices = {one.key: choice for one in free_texts(whole) if one.place != "owner"}
    result = without_names(whole, [Name(name)], language, choices)
    assert plain(name) not in plain(as_json(result))
    assert plain(name) in plain(as_json(whole))


@settings(max_examples=30, deadline=None)
@given(names, st.sampled_from(CHOICES))
def test_an_owner_is_a_name_that_never_appears(name: str, choice: Choice) -> None:
    assume(not in_fixed_words(name))
    whole = seeded(CASE, name)
    choices = {one.key: choice for one in free_texts(whole) if one.place != "owner"}
    assert plain(name) not in plain(as_json(without_names(whole, (), "nl", choices)))


@settings(max_examples=40, deadline=None)
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


DATE_FORMS = ["short", "medium", "long", "full", "d MMMM", "MMMM y", "y-MM-dd", "d-M", "EEEE d MMM"]
COUNTS = [*"1234", "één", "twee", "drie", "vier", "one", "two", "three", "four", "Twee", "٣"]
COUNTING = ["{} vrouwen vielen flauw", "er zijn {} klachten", "alle {}", "only {} workers spoke"]
dates = st.dates(date(1990, 1, 1), date(2035, 12, 31))


@settings(max_examples=150, deadline=None)
@given(dates, st.sampled_from(["nl", "en_GB", "en_US"]), st.sampled_from(DATE_FORMS))
def test_every_date_is_a_hit(day: date, locale: str, form: str) -> None:
    seed = format_date(day, form, locale=locale)
    text = f"Zij belde {seed} en vertelde alles."
    hits = traces(text)
    assert covered(text, seed, hits), (seed, hits)
    assert "date" in {hit.kind for hit in hits}
    assert seed not in replaced(text, hits, "nl")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(COUNTS), st.sampled_from(COUNTING))
def test_every_count_under_five_is_a_hit(count: str, sentence: str) -> None:
    text = sentence.format(count)
    assert ("count", count) in kinds(text)


PEOPLES = sorted({word for some in lists().peoples.values() for word in some})
COUNTRIES = sorted({
    name for language in LANGUAGES for code, name in Locale(language).territories.items()
    if code.isalpha() and len(code) == 2 and len(name) > 3
})  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_nationality_and_country_is_a_hit(language: Language) -> None:
    for seed in (*PEOPLES, *COUNTRIES):
        for written in (seed, seed.upper(), seed.title()):
            sentence = {"nl": f"zij is {written} en bang", "en": f"she is {written} and afraid"}[language]
            hits = traces(sentence)
            assert "region" in {hit.kind for hit in hits}, written
            assert covered(sentence, written, hits), (written, hits)


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Zij werkt op lijn 3.", "department", "lijn 3"),
        ("De naaiafdeling klaagt", "department", "naaiafdeling"),
        ("on the night shift of hall B", "department", "night shift"),
        ("mail r.devi@example.in", "contact", "r.devi@example.in"),
        ("bel +91 98450 12345 even", "contact", "+91 98450 12345"),
        ("bel 06-12345678", "contact", "06-12345678"),
        ("personeelsnummer 482", "id", "482"),
        ("pasje AB12", "id", "AB12"),
        ("een vrouw vertelde", "count", "een"),
        ("volgens mevrouw Devi", "name", "Devi"),
        ("Zij heet Roos", "name", "Roos"),
        ("रमेश belde", "name", "रमेश"),
        ("een zwangere collega", "group", "zwangere"),
        ("sinds vorige week", "date", "vorige week"),
        ("om 14:30 uur", "date", "14:30 uur"),
    ],
)
def test_what_leads_to_somebody_is_found(text: str, kind: Kind, found: str) -> None:
    assert (kind, found) in kinds(text)


def test_ordinary_sentences_are_left_alone() -> None:
    for text in (
        "We hebben gesproken met de leverancier. Hij wil niet meedoen.",
        "The supplier does not want to talk about wages. We will ask again.",
        "MVO en inkoop doen mee, met een ngo.",
    ):
        assert not traces(text), text


def test_a_listed_name_is_replaced_by_its_role() -> None:
    text = "Shahi Exports' baas, en shahi zelf, spraken José."
    hits = traces(text, [Name("Shahi Exports", "supplier"), Name("Jose", "person")])
    assert replaced(text, hits, "nl") == "de leverancier baas, en de leverancier zelf, spraken een betrokkene."


def test_hits_come_with_their_place() -> None:
    found = {one.written.place for one in reviewed(seeded(CASE, "Devi belde"), ()) if one.hits}
    assert found == {"title", "note", "owner", "words", "reason", "note-on-action", "reference"}


def test_a_long_text_is_read_in_time() -> None:
    for text in ("a" * 50_000, "Devi zei 3 dingen op 3 mei. " * 300, "1" * 20_000, "a@" * 20_000, "( " * 20_000):
        traces(text, [Name("aaaaa"), Name("Devi Rani")])


def test_folding_keeps_the_places() -> None:
    text = "ＡßÉé\u200bﬁ"
    folded = fold(text)
    assert folded.text == "asseefi"
    assert folded.span(0, len(folded.text)) == (0, len(text))


# Where a source must stay hidden


def other_source(answers: Answers, random: Random) -> Answers:
    """The same answers, but for all that shows a source."""
    hidden, questions = withheld(), knowledge_base().questions
    new = dict(answers)
    for question in questions.values():
        if shows_source(question):
            new.pop(question.id, None)
            if random.random() < 0.7:
                new[question.id] = random_answer(question, random)
        elif question.id in hidden.options:
            answer = answers.get(question.id)
            if isinstance(answer, tuple):
                shown = [one for one in answer if one not in hidden.options[question.id]]
                chosen = {*shown, *(one for one in hidden.options[question.id] if random.random() < 0.5)}
                ids = [option.id for option in question.options if option.id in chosen]
                new[question.id] = tuple(ids)
                if not ids:
                    new.pop(question.id)
            elif answer is None or answer in hidden.options[question.id]:
                new.pop(question.id, None)
                if random.random() < 0.5:
                    one = random.choice(hidden.options[question.id])
                    new[question.id] = one if question.kind == "one" else (one,)
    return new


def lessons(one: Dossier) -> set[str]:
    return {advised.lesson.id for each in one.advice.recommendations for advised in each.lessons}


def test_all_that_shows_a_source_is_listed() -> None:
    hidden, base = withheld(), inference().base
    reached = frozenset().union(*(base.reach[finding] for finding in hidden.findings))
    questions = base.knowledge.questions
    for question in reached:
        listed = shows_source(questions[question]) or question in hidden.options
        assert listed, question
    for question, options in hidden.options.items():
        assert all(questions[question].option(one) for one in options)
    assert all(question in questions for question in hidden.questions)


def test_the_version_without_names_is_the_default_where_a_source_must_stay_hidden() -> None:
    assert must_be_default(bare(HIDDEN)) and must_be_default(bare(HIDDEN).advice)
    assert not must_be_default(bare(KNOWN)) and not must_be_default(bare(MEETING))


def test_a_source_is_hidden_unless_it_is_found_that_it_may_be_known() -> None:
    finding = withheld().open
    assert must_be_default(on({}))
    assert must_be_default(on({"core.occasions": ("supplier-talk",), "core.first": "supplier-talk"}))
    safe = bare(KNOWN).assessment.answers
    for name in ("core.heard-through", "core.may-pass-on", "core.danger-events", "core.promised"):
        left_out = {question: answer for question, answer in safe.items() if question != name}
        found = inference().run(working_memory(left_out, knowledge_base().questions)).findings
        assert must_be_default(on(left_out)) is (finding not in found)
    changes: tuple[Answers, ...] = (
        {"core.may-pass-on": "content"},
        {"core.may-pass-on": "not-asked"},
        {"core.may-pass-on": "unknown"},
        {"core.danger-events": ("punished",)},
        {"core.danger-events": ("nobody-can-know",)},
        {"core.heard-through": "unknown", "core.promised": ("secret",)},
    )
    for unsafe in changes:
        assert must_be_default(on({**safe, **unsafe})), unsafe
    for seed in range(40):
        answers = random_answers(knowledge_base(), Random(seed), 0.6)
        found = inference().run(working_memory(answers, knowledge_base().questions)).findings
        assert must_be_default(on(answers)) is (finding not in found)
        assert finding in found or must_be_default(on(answers).advice)  # of the advice alone: rather hidden


SOURCE_LESSONS = {"FU-ask-in-general-terms", "FU-source-disclosure-test", "FU-agree-disclosure-with-workers"}
SETTLED_UNSEEN = {"PR-home-plus-chain-dialogue"}
"""Advised to readers elsewhere where only a talk with workers, which they do not see, had settled it."""
HINT = re.compile(
    r"wie het (jou |ons )?vertelde|niet wie iets vertelde|van wie je|zonder bron|\bals bron\b|\bje bron"
    r"|de melder|de klager"
)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.4, 0.8, 1.0]))
def test_nothing_for_readers_elsewhere_warns_not_to_name_a_source(seed: int, share: float) -> None:
    one = without_source(on(random_answers(knowledge_base(), Random(seed), share)))
    assert not lessons(one) & SOURCE_LESSONS
    for verdict in one.advice.verdicts:
        told = (verdict.label, verdict.because, verdict.instead, verdict.say, verdict.do_not_say)
        for text in filter(None, told):
            assert not HINT.search(text.nl), (verdict.act, text.nl)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([0.3, 0.7, 1.0]))
def test_nothing_for_readers_elsewhere_depends_on_the_source(seed: int, share: float) -> None:
    random = Random(seed)
    answers = random_answers(knowledge_base(), random, share)
    one, other = on(answers), on(other_source(answers, random))
    assert as_json(without_source(one)) == as_json(without_source(other))
    assert lessons(without_source(one)) - SETTLED_UNSEEN <= lessons(one)


@pytest.mark.parametrize("case", [*ANSWERS, *knowledge_base().scenarios])
def test_no_case_shows_its_source_to_readers_elsewhere(case: str) -> None:
    whole = bare(case)
    random = Random(case)
    shared = as_json(without_source(whole))
    assert as_json(without_source(on(other_source(whole.assessment.answers, random)))) == shared
    assert lessons(without_source(whole)) - SETTLED_UNSEEN <= lessons(whole)
    if must_be_default(whole):
        result = shareable(whole)
        assert not lessons(result) & SOURCE_LESSONS
        questions = knowledge_base().questions
        assert not any(shows_source(questions[one.question]) for one in result.advice.answered)


def test_notes_and_decisions_on_what_is_withheld_go_too() -> None:
    whole = seeded(CASE, "xyzzyx")
    result = shareable(whole, choices={one.key: "keep" for one in free_texts(whole)})
    assert "core.heard-through" in whole.assessment.notes
    assert not set(result.assessment.notes) & set(withheld().questions)
    told = {"act.show-messages-or-photos", "act.tell-who-told-us"}
    assert told <= {action.key for action in whole.plan.actions}
    assert not told & {action.key for action in result.plan.actions}
