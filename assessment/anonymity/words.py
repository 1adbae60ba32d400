"""Which words are ordinary Dutch or English, and which are names of people or places; from packages that ship them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib import import_module
from zoneinfo import available_timezones

from babel import Locale
from spellchecker import SpellChecker

from assessment.anonymity.folding import key
from assessment.anonymity.vocabulary import SHORTEST, lists, ordinary
from knowledge.text import LANGUAGES, Language

PEOPLE = (
    "az_AZ", "de_DE", "en_GB", "en_IN", "en_KE", "en_NG", "en_PK", "en_TH", "es_CO", "es_MX", "fr_DZ", "ha_NG", "id_ID",
    "ig_NG", "it_IT", "nl_BE", "nl_NL", "pl_PL", "pt_BR", "ro_RO", "sw", "tr_TR", "tw_GH", "uz_UZ", "vi_VN", "yo_NG",
    "zu_ZA",
)  # fmt: skip
"""The lists of names in Latin letters, as Faker calls them; a word in other letters is a hit anyway."""
PLACES = ("en_BD", "en_IN", "en_PH", "es_MX", "id_ID", "nl_BE", "nl_NL", "pt_BR", "ro_RO", "vi_VN")
OF_PLACES = ("cities", "city_names", "states", "provinces", "districts", "counties", "regions", "cities_by_region")
FREQUENT: Mapping[Language, int] = {"nl": 250, "en": 3_000}
"""From so often on in the list of a language, a word is that word, also where somebody has it as a name."""
LISTED = 50
"""How often the lists say of words of which they only know that they exist; names are among those."""
LONGEST_WORD = 60
LONG_ENOUGH = 7
"""A shorter word is too easily one letter away from another to be taken for it."""


@lru_cache(maxsize=20_000)
def is_word(word: str) -> bool:
    """Whether a folded word is Dutch or English: known, a form of a known word, or put together from known ones."""
    if len(word) > LONGEST_WORD:
        return False
    if _part(word):
        return True
    forms = [word.removeprefix(one) for one in lists().begins if word.startswith(one)]
    forms += [word.removesuffix(one) for one in lists().ends if word.endswith(one)]
    return any(_part(one) for one in forms) or _compound(word)


@lru_cache(maxsize=20_000)
def is_slip(word: str) -> bool:
    """Whether a longer folded word is a frequent one with one typing error in it."""
    return len(word) >= LONG_ENOUGH and any(
        is_frequent(one) for language in LANGUAGES for one in _checker(language).edit_distance_1(word)
    )


@lru_cache(maxsize=20_000)
def is_name(word: str) -> bool:
    """Whether a folded word is somebody's name, and not rather a word that people use often."""
    return word in names() and not is_frequent(word)


def is_frequent(word: str) -> bool:
    """Whether people use a folded word often, or we do."""
    return word in ordinary() or any(_often(language).get(word, 0) >= FREQUENT[language] for language in LANGUAGES)


@cache
def names() -> frozenset[str]:
    """First names and surnames, folded, word by word."""
    found = set()
    for locale in PEOPLE:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        lists_of = [one for one in dir(provider) if one.startswith(("first_names", "last_names"))]
        found |= {word for one in lists_of for text in _texts(getattr(provider, one)) for word in key(text).split()}
    return frozenset(one for one in found if len(one) > 1)


@cache
def places() -> frozenset[str]:
    """Cities and regions, folded, without those that are also frequent words."""
    found = set(lists().places)
    for locale in PLACES:
        provider = import_module(f"faker.providers.address.{locale}").Provider
        found |= {text for one in OF_PLACES for text in _texts(getattr(provider, one, ()))}
    for language in LANGUAGES:
        found |= {zone["city"] for zone in Locale(language).time_zones.values() if "city" in zone}
    found |= {zone.rsplit("/", 1)[-1] for zone in available_timezones()}
    return frozenset(one for one in map(key, found) if len(one) >= SHORTEST and not is_frequent(one))


def _texts(values: object) -> Iterator[str]:
    """The names in a list of a package, of which some hold lists, and some hold how likely each is."""
    if isinstance(values, str):
        yield values
    elif isinstance(values, Mapping):
        for name, value in values.items():
            yield from _texts(value if isinstance(value, tuple | list) else name)
    elif isinstance(values, Iterable):
        for one in values:
            yield from _texts(one)


@cache
def _checker(language: Language) -> SpellChecker:
    return SpellChecker(language=language)


@cache
def _often(language: Language) -> Mapping[str, int]:
    """How often each word of a language, folded, is used."""
    listed = _checker(language).word_frequency.dictionary
    return {word if word.isascii() else key(word): often for word, often in listed.items()}


def _part(word: str) -> bool:
    """Whether a word may be a part of another: known for more than that it exists, as names are not."""
    return len(word) > 1 and (
        word in ordinary() or any(_often(language).get(word, 0) > LISTED for language in LANGUAGES)
    )


def _compound(word: str) -> bool:
    for cut in range(3, len(word) - 2):
        if _part(word[cut:]):
            first = word[:cut]
            if any(first.endswith(link) and _part(first.removesuffix(link)) for link in ("", *lists().links)):
                return True
    return False
