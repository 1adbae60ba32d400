"""What could lead to a source is found: names, moments, places, jobs, traits; and listed names in any writing."""

from datetime import date

import pytest
from babel import Locale
from babel.dates import format_date
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.anonymity.folding import fold
from assessment.anonymity.traces import Hit, Kind, Name, replaced, traces
from assessment.anonymity.vocabulary import lists
from benchmarks.traces import HALVES, NOTES, measured
from knowledge.text import LANGUAGES, Language
from tests.support.amounts import LONG, amount

pytestmark = pytest.mark.slow


def kinds(text: str, *names: Name) -> list[tuple[Kind, str]]:
    return [(hit.kind, hit.text) for hit in traces(text, names)]


def covered(text: str, seed: str, hits: tuple[Hit, ...]) -> bool:
    """Whether every letter and digit of the seed, where it stands in the text, is in a hit."""
    start = text.index(seed)
    inside = {place for hit in hits for place in range(hit.start, hit.end)}
    return all(place in inside for place in range(start, start + len(seed)) if text[place].isalnum())


DATE_FORMS = ["short", "medium", "long", "full", "d MMMM", "MMMM y", "y-MM-dd", "d-M", "EEEE d MMM"]
COUNTS = [*"1234", "één", "twee", "drie", "vier", "one", "two", "three", "four", "Twee", "٣"]
COUNTING = ["{} vrouwen vielen flauw", "er zijn {} klachten", "alle {}", "only {} workers spoke"]
dates = st.dates(date(1990, 1, 1), date(2035, 12, 31))


@settings(max_examples=amount(60, 1000))
@given(dates, st.sampled_from(["nl", "en_GB", "en_US"]), st.sampled_from(DATE_FORMS))
def test_every_date_is_a_hit(day: date, locale: str, form: str) -> None:
    seed = format_date(day, form, locale=locale)
    text = f"Zij belde {seed} en vertelde alles."
    hits = traces(text)
    assert covered(text, seed, hits), (seed, hits)
    assert "date" in {hit.kind for hit in hits}
    assert seed not in replaced(text, hits, "nl")


@settings(max_examples=amount(30, 60))
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
    for number, seed in enumerate((*PEOPLES, *COUNTRIES)):
        ways = (seed, seed.upper(), seed.title())
        for written in ways if LONG else (ways[number % 3],):
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
        ("personeelsnummer 482", "id", "personeelsnummer 482"),
        ("pasje AB12", "id", "AB12"),
        ("een vrouw vertelde", "count", "een"),
        ("volgens mevrouw Devi", "name", "Devi"),
        ("Zij heet Roos", "name", "Roos"),
        ("रमेश belde", "name", "रमेश"),
        ("een zwangere collega", "group", "zwangere"),
        ("zij heeft een kind of twee", "group", "kind"),
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
        "What kind of help is needed? That is very kind of you. With kind regards",
        "MVO en inkoop doen mee, met een ngo.",
    ):
        assert not traces(text), text


def test_a_listed_name_is_replaced_by_its_role() -> None:
    text = "Shahi Exports' prijs, en shahi zelf, noemde José."
    hits = traces(text, [Name("Shahi Exports", "supplier"), Name("Jose", "person")])
    assert replaced(text, hits, "nl") == "de leverancier prijs, en de leverancier zelf, noemde een betrokkene."


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("王芳", "我昨天跟王芳谈过", "王芳"),
        ("王芳", "我跟王 芳谈过", "王 芳"),
        ("王芳 = Wang Fang", "spoke with WangFang today", "WangFang"),
        ("สมชาย", "เมื่อวานสมชายโทรมา", "สมชาย"),
        ("သူဇာ", "မနေ့ကသူဇာပြောတယ်", "သူဇာ"),
        ("Priya (प्रिया)", "कल प्रिया ने कहा", "प्रिया"),
        ("Müller", "Mueller zei niets", "Mueller"),
        ("Mueller", "Müller zei niets", "Müller"),
        ("Mu\u0308ller", "mueller zei niets", "mueller"),
        ("Van Dijk", "van Dyk was erbij", "van Dyk"),
        ("Dyk", "de heer Dĳk was erbij", "Dĳk"),
        ("Van den Berg", "ook v.d. Berg belde", "v.d. Berg"),
        ("Van der Berg", "ook v/d berg belde", "v/d berg"),
        ("Jan", "Jantje belde", "Jantje"),
        ("Kim", "kimmetje belde", "kimmetje"),
        ("Anna", "Annetje belde", "Annetje"),
        ("Roosmarijn", "roosmarijntje belde", "roosmarijntje"),
        ("Hans", "Hans' zus", "Hans'"),
        ("Kim", "Kim's zus", "Kim's"),
        ("Lakshmi", "gesproken met Laksh-\nmi over loon", "Laksh-\nmi"),
        ("Lakshmi Devi", "Lakshmi-\nDevi belde", "Lakshmi-\nDevi"),
    ],
)
def test_a_listed_name_is_found_as_others_write_it(name: str, text: str, found: str) -> None:
    hits = tuple(hit for hit in traces(text, [Name(name)]) if hit.listed)
    assert covered(text, found, hits), hits
    assert all(len(hit.text) <= len(found) + 2 for hit in hits), hits  # not the sentence around it


def test_a_short_name_is_not_found_within_other_words() -> None:
    text = "januari was mankracht en Kimberley bankte"
    assert not [hit for hit in traces(text, [Name("Jan"), Name("Kim"), Name("Ank")]) if hit.listed]


def test_of_what_people_note_nearly_all_is_found_and_plain_text_is_left_alone() -> None:
    for half in HALVES:
        some = list(measured(half))
        leads = [one for kind, _, tried in some if kind == "leads" for one in tried]
        plain = [one for kind, _, tried in some if kind == "plain" for one in tried]
        assert sum(one.whole for one in leads) >= 0.95 * len(leads), half
        assert sum(bool(one.marked) for one in plain) <= 0.15 * len(plain), half


def test_of_notes_that_others_typed_nearly_all_are_touched_and_few_plain_ones() -> None:
    some = list(measured(NOTES))
    leads = [one for kind, _, tried in some if kind == "leads" for one in tried]
    plain = [one for kind, _, tried in some if kind == "plain" for one in tried]
    assert sum(one.touched for one in leads) >= 0.95 * len(leads)
    assert sum(bool(one.marked) for one in plain) <= 0.15 * len(plain)


def test_a_long_text_is_read_in_time() -> None:
    for text in (
        "a" * 50_000,
        "Devi zei 3 dingen op 3 mei. " * 300,
        "1" * 20_000,
        "a@" * 20_000,
        "( " * 20_000,
        "a." * 5_000,
        "at dot " * 3_000,
    ):
        traces(text, [Name("aaaaa"), Name("Devi Rani")])


def test_folding_keeps_the_places() -> None:
    text = "ＡßÉé\u200bﬁ"
    folded = fold(text)
    assert folded.text == "asseefi"
    assert folded.span(0, len(folded.text)) == (0, len(text))
