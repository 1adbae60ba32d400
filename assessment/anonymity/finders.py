"""Finders: each gives the places in a text that could lead to somebody in one way."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, get_args

from assessment.anonymity.folding import Token, key
from assessment.anonymity.patterns import found, leads
from assessment.anonymity.vocabulary import lists, months, ordinary, origins, phrases
from assessment.anonymity.words import is_frequent, is_name, is_slip, is_word, names, places

Kind = Literal["name", "contact", "date", "department", "region", "group", "kin", "job", "age", "count", "id"]
KINDS: tuple[Kind, ...] = get_args(Kind)

FEW = 5
LONGEST_PHRASE = 8
CONTACT = re.compile(r"(?<![^\s@<>()])[^\s@<>()]+@[^\s@<>()]+|(?:https?://|www\.)\S+|(?<!\w)@\w+", re.IGNORECASE)
PHONE = re.compile(r"(?<![\w-])(?:\+|00)?\(?\d(?:[ ()./-]{0,2}\d){7,14}(?!\w)")
DATE = re.compile(
    r"(?<!\w)(?:\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?|(?:19|20)\d\d(?:-W?\d+)*|['’]\d\d"
    r"|\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?(?:uur|u|h|am|pm))?|\d{1,2} ?(?:am|pm|o'clock)"
    r"|(?:(?<=om )|(?<=na )|(?<=tot )|(?<=rond )|(?<=tegen )|(?<=vanaf ))\d{1,2} ?(?:uur|u))(?!\w)",
    re.IGNORECASE,
)
WHOLE_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d|\d{1,2}[-/.]\d{1,2}[-/.]\d{2}")
LONG_NUMBER = 5
OBFUSCATED = re.compile(
    r"(?<![^\s()\[\]{}<>])[^\s()\[\]{}<>]{1,64}\s{0,2}[(\[{<]\s{0,2}(?:at|apen?staart(?:je)?|@)\s{0,2}[)\]}>]\s{0,2}"
    r"[^\s()\[\]{}<>]{1,64}(?:\s{0,2}[(\[{<]\s{0,2}(?:dot|punt|\.)\s{0,2}[)\]}>]\s{0,2}[^\s()\[\]{}<>]{1,64}){0,4}"
    r"|(?<!\w)(?:\w{1,64} (?:dot|punt) ){0,4}\w{1,64} (?:at|apen?staart(?:je)?) \w{1,64}"
    r"(?: (?:dot|punt) \w{1,64}){1,4}",
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?<![\w.@/])(?=[a-z0-9._]{0,64}[a-z]{2})[a-z0-9]{1,64}(?:[._][a-z0-9]{1,64}){1,8}(?![\w@])")
INITIALS = re.compile(r"(?<![\w.])(?:[^\W\d_]\. ?){2,5}(?!\w)|(?<![\w.])[A-Z]\.(?=[\s,;:)]|$)")
NAMING_WORDS = 3
"""So many words behind one that names somebody can be the name."""


Spans = Iterator[tuple[int, int]]


def merged(found: Spans) -> Spans:
    """The parts in their order; those that overlap as one."""
    held: tuple[int, int] | None = None
    for start, end in sorted(found):
        if held is not None and start < held[1]:
            held = (held[0], max(held[1], end))
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held


def contacts(text: str) -> Spans:
    """Where an address, a number or a name on a service for messages stands."""
    for pattern in (CONTACT, OBFUSCATED, HANDLE, _chat()):
        yield from (match.span() for match in pattern.finditer(text))
    yield from (match.span() for match in PHONE.finditer(text) if not WHOLE_DATE.search(match.group()))


@cache
def _chat() -> re.Pattern[str]:
    service = "|".join(leads().chat)
    return re.compile(
        rf"(?<!\w)(?:{service})\w*(?:\s*[:=]\s*|\s+(?:id|naam|name|account|handle|under|onder|user)\b[\s:=]*)"
        r"(?:\S{0,64}[\d_.@]\S{0,64}|(?<=[:=] )\S{1,64})?",
        re.IGNORECASE,
    )


def _leads(kind: Kind) -> Callable[[str, Sequence[Token]], Spans]:
    """The finder of the rows of words of this kind."""
    return lambda _, words: ((words[first].start, words[last].end) for first, last in found(kind, words))


def _both(*finders: Callable[[str, Sequence[Token]], Spans]) -> Callable[[str, Sequence[Token]], Spans]:
    return lambda text, words: (span for find in finders for span in find(text, words))


def _dates(text: str, words: Sequence[Token]) -> Spans:
    known, beside = months(), set(lists().beside_a_date)
    for place, token in enumerate(words):
        if token.folded not in known:
            continue
        first = last = place
        while first > 0 and _beside(words[first - 1], beside) and _near(words[first - 1], words[first], text):
            first -= 1
        while last + 1 < len(words) and _beside(words[last + 1], beside) and _near(words[last], words[last + 1], text):
            last += 1
        numbered = any(one.folded[0].isdigit() for one in words[first : last + 1])
        if numbered or known[token.folded] or (token.written[0].isupper() and place and len(token.folded) > 2):
            while first < place and words[first].folded in ("de", "the", "of"):
                first += 1
            yield words[first].start, words[last].end
    yield from (match.span() for match in DATE.finditer(text))
    yield from _phrases(words, phrases("moments"))


def _beside(token: Token, words: set[str]) -> bool:
    return token.folded in words or re.fullmatch(r"\d{1,4}(?:st|nd|rd|th|e|ste|de)?", token.folded) is not None


def _near(one: Token, other: Token, text: str) -> bool:
    return re.fullmatch(r"[\s,.'’-]{0,3}", text[one.end : other.start]) is not None


def _ids(text: str, words: Sequence[Token]) -> Spans:
    before = set(lists().before_a_number)
    for place, token in enumerate(words):
        digits = sum(one.isdigit() for one in token.folded)
        mixed = digits and digits < len(token.folded) and len(token.folded) > 2 and not _measured(token.folded)
        standard = token.folded in _no_names() or (place and words[place - 1].folded in _no_names())
        mixed = mixed and not standard and not _ordinal(token.folded)
        called = digits and (
            (place and words[place - 1].folded in before) or text[max(0, token.start - 1) : token.start] == "#"
        )
        if mixed or called or digits >= LONG_NUMBER:
            yield token.start, token.end


def _measured(word: str) -> bool:
    """Whether a word is a number with its measure, as 8h, 2x or 60uur."""
    return re.fullmatch(rf"\d+(?:{'|'.join(lists().measures)}|h|u|m|min)", word) is not None


def _ordinal(word: str) -> bool:
    return re.fullmatch(r"\d+(?:st|nd|rd|th|e|ste|de)", word) is not None


def _origins(_: str, words: Sequence[Token]) -> Spans:
    impersonal = {one.start for one, after in pairwise(words) if after.folded in lists().not_of_somebody}
    impersonal |= {one.start for before, one in pairwise(words) if before.folded in ("in", "het")}
    yield from (span for span in _phrases(words, origins()) if span[0] not in impersonal)
    yield from _phrases(words, places())
    capitals = {one.upper() for one in lists().names_in_capitals}
    yield from ((one.start, one.end) for one in words if one.written in capitals)


def _departments(_: str, words: Sequence[Token]) -> Spans:
    numbered = lists().numbered
    whole = [one for one in phrases("departments") if " " not in one]
    for place, token in enumerate(words):
        follower = words[place + 1] if place + 1 < len(words) else None
        label = follower is not None and (follower.folded[0].isdigit() or len(follower.written) == 1)
        ends = next((one for one in numbered if token.folded.endswith(one)), None)
        if ends is not None and label and follower is not None:
            yield token.start, follower.end
        elif any(one in token.folded for one in whole) or (
            ends not in (None, token.folded) and not is_frequent(token.folded)
        ):
            yield token.start, token.end
    yield from _phrases(words, phrases("departments"))


def _groups(_: str, words: Sequence[Token]) -> Spans:
    other = list(_phrases(words, frozenset(map(key, lists().no_traits))))
    for start, end in _phrases(words, phrases("groups")):
        if not any(first <= start and end <= last for first, last in other):
            yield start, end


def _counts(_: str, words: Sequence[Token]) -> Spans:
    plain = {one for one in phrases("counts") if one != "een"}
    persons, articles = phrases("persons"), {key(one) for one in lists().articles}
    measures = set(lists().measures)
    for place, token in enumerate(words):
        following = words[place + 1 : place + 3]
        if following and following[0].folded in measures:
            continue
        few = token.folded.isdecimal() and len(token.folded) < 3 and int(token.folded) < FEW
        one_person = token.folded in articles and any(_person(one, persons) for one in following)
        if few or one_person or token.folded in plain or unicodedata.normalize("NFC", token.written.lower()) == "één":
            yield token.start, token.end
    yield from _phrases(words, {one for one in articles if " " in one})


def _person(token: Token, persons: frozenset[str]) -> bool:
    return token.folded in persons


def _names(text: str, words: Sequence[Token]) -> Spans:
    also = set(leads().also_names)
    for place, token in enumerate(words):
        word = token.folded
        if _foreign(token.written):
            yield token.start, token.end
        elif any(one.isupper() for one in token.written) and word not in _no_names():
            first = not place or re.search(r"[.!?:;•\n\r]", text[words[place - 1].end : token.start]) is not None
            plain = is_word(word) or word in lists().articles
            if not first or (word in names() and word not in ordinary()) or not plain:
                yield token.start, token.end
        elif (
            word.isalpha() and len(word) > 2 and (is_name(word) or word in also or not (is_word(word) or is_slip(word)))
        ):
            yield token.start, token.end
    yield from _named(words)
    known = set(leads().abbreviations)
    yield from (match.span() for match in INITIALS.finditer(text) if match.group().strip().lower() not in known)


def _named(words: Sequence[Token]) -> Spans:
    """What stands behind a word that names somebody: 'mevrouw', 'her name is'."""
    within = set(leads().within_names)
    for _, last in found("naming", words):
        end = last + 1
        while end < min(last + NAMING_WORDS, len(words)) and words[end].folded in within:
            end += 1
        if end < len(words) and (
            words[end].folded in names()
            or not is_frequent(words[end].folded)
            or end > last + 1
            or len(words[end].folded) == 1
        ):
            yield words[last + 1].start, words[end].end


@cache
def _no_names() -> frozenset[str]:
    return frozenset(key(one) for one in lists().common)


def _foreign(word: str) -> bool:
    """Whether it is in letters that have no small ones and capitals, or are not Latin."""
    return any(one.isalpha() and not unicodedata.name(one, "LATIN").startswith("LATIN") for one in word)


def _phrases(words: Sequence[Token], known: Iterable[str]) -> Spans:
    """Where one of the known words, or rows of words, stands; the longest first."""
    known = known if isinstance(known, frozenset | set) else set(known)
    for place in range(len(words)):
        for count in range(LONGEST_PHRASE, 0, -1):
            row = words[place : place + count]
            if len(row) == count and " ".join(one.folded for one in row) in known:
                yield row[0].start, row[-1].end
                break


FINDERS: tuple[tuple[Kind, Callable[[str, Sequence[Token]], Spans]], ...] = (
    ("age", _leads("age")),
    ("date", _both(_dates, _leads("date"))),
    ("id", _both(_ids, _leads("id"))),
    ("department", _both(_departments, _leads("department"))),
    ("job", _leads("job")),
    ("kin", _leads("kin")),
    ("region", _origins),
    ("group", _both(_groups, _leads("group"))),
    ("count", _counts),
    ("name", _names),
)
"""What finds each kind, in the order in which a part of a text is claimed."""
