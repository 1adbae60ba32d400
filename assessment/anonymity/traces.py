"""What in a free text could lead to the people who spoke: names, moments, places, origins, groups, counts, numbers.

It rather reports too much than too little: somebody looks at every hit before a file is made.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from assessment.anonymity.folding import Token, fold, key, spans, tokens
from assessment.anonymity.vocabulary import lists, months, ordinary, origins, phrases
from knowledge.text import Language, Text

Kind = Literal["name", "contact", "date", "department", "region", "group", "count", "id"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Role = Literal["company", "supplier", "partner", "person", "place"]
ROLES: tuple[Role, ...] = get_args(Role)

FEW = 5
LONGEST_PHRASE = 8
CONTACT = re.compile(r"(?<![^\s@<>()])[^\s@<>()]+@[^\s@<>()]+|(?:https?://|www\.)\S+|(?<!\w)@\w+", re.IGNORECASE)
PHONE = re.compile(r"(?<![\w-])(?:\+|00)?\(?\d(?:[ ()./-]{0,2}\d){7,14}(?!\w)")
DATE = re.compile(
    r"(?<!\w)(?:\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?|(?:19|20)\d\d(?:-W?\d+)*|['’]\d\d"
    r"|\d{1,2}[:.]\d\d(?:[:.]\d\d)?(?: ?(?:uur|u|h|am|pm))?|\d{1,2} ?(?:uur|u|h|am|pm|o'clock))(?!\w)",
    re.IGNORECASE,
)
WHOLE_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d|\d{1,2}[-/.]\d{1,2}[-/.]\d{2}")
LONG_NUMBER = 5


@dataclass(frozen=True)
class Name:
    """A name that must not appear, and what stands instead of it."""

    text: str
    role: Role = "person"


@dataclass(frozen=True)
class Hit:
    """A part of a text that could lead to somebody, its kind, and what could stand there instead."""

    start: int
    end: int
    text: str
    kind: Kind
    instead: Text
    role: Role | None = None

    @property
    def listed(self) -> bool:
        """Whether it is a name that the user lists."""
        return self.role is not None


def traces(text: str, names: Iterable[Name] = ()) -> tuple[Hit, ...]:
    """Every hit in a text, in its order and without overlap; `names` are those that the user lists."""
    text_tokens = tokens(text)
    found: list[Hit] = []
    free = [True] * len(text)

    def claim(kind: Kind, start: int, end: int, role: Role | None = None) -> None:
        """What is still free of this part; only what holds a letter or a digit."""
        while start < end:
            stop = next((place for place in range(start, end) if free[place] != free[start]), end)
            if free[start] and any(one.isalnum() for one in text[start:stop]):
                free[start:stop] = [False] * (stop - start)
                instead = lists().roles[role] if role is not None else lists().instead[kind]
                found.append(Hit(start, stop, text[start:stop], kind, instead, role))
            start = stop

    for start, end in _merged(_contacts(text)):
        claim("contact", start, end)
    for start, end, role in _listed(text, names):
        claim("name", start, end, role)
    for kind, find in _FINDERS:
        for start, end in _merged(find(text, text_tokens)):
            claim(kind, start, end)
    return tuple(_joined(sorted(found, key=lambda hit: hit.start), text))


def replaced(text: str, hits: Iterable[Hit], language: Language) -> str:
    """The text with what stands instead of each hit, which do not overlap."""
    for hit in sorted(hits, key=lambda one: one.start, reverse=True):
        text = text[: hit.start] + hit.instead.in_(language) + text[hit.end :]
    return text


def parts(name: Name) -> Iterator[Name]:
    """A name as a whole, and each word of it that is no ordinary word."""
    yield name
    words = key(name.text).split()
    if len(words) > 1:
        yield from (Name(word, name.role) for word in words if len(word) > 1 and word not in ordinary())


def _listed(text: str, names: Iterable[Name]) -> Iterator[tuple[int, int, Role]]:
    folded = fold(text)
    every = dict.fromkeys(part for name in names for part in parts(name))
    for name in sorted(every, key=lambda one: -len(one.text)):
        for start, end in spans(name.text, folded):
            yield start, end, name.role


def _joined(hits: Sequence[Hit], text: str) -> Iterator[Hit]:
    """Hits of one kind that stand side by side become one."""
    held: Hit | None = None
    for hit in hits:
        if held is not None:
            between = text[held.end : hit.start]
            if (held.kind, held.role) == (hit.kind, hit.role) and re.fullmatch(r"[ \t,.'’-]{0,2}", between):
                held = Hit(held.start, hit.end, text[held.start : hit.end], hit.kind, hit.instead, hit.role)
                continue
            yield held
        held = hit
    if held is not None:
        yield held


Spans = Iterator[tuple[int, int]]


def _merged(found: Spans) -> Spans:
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


def _contacts(text: str) -> Spans:
    yield from (match.span() for match in CONTACT.finditer(text))
    yield from (match.span() for match in PHONE.finditer(text) if not WHOLE_DATE.search(match.group()))


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
        mixed = digits and digits < len(token.folded) and len(token.folded) > 2 and not _ordinal(token.folded)
        called = digits and (
            (place and words[place - 1].folded in before) or text[max(0, token.start - 1) : token.start] == "#"
        )
        if mixed or called or digits >= LONG_NUMBER:
            yield token.start, token.end


def _ordinal(word: str) -> bool:
    return re.fullmatch(r"\d+(?:st|nd|rd|th|e|ste|de)", word) is not None


def _origins(_: str, words: Sequence[Token]) -> Spans:
    yield from _phrases(words, origins())
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
        elif any(one in token.folded for one in whole) or (ends not in (None, token.folded) and _unknown(token)):
            yield token.start, token.end
    yield from _phrases(words, phrases("departments"))


def _groups(_: str, words: Sequence[Token]) -> Spans:
    yield from _phrases(words, phrases("groups"))


def _counts(_: str, words: Sequence[Token]) -> Spans:
    plain = {one for one in phrases("counts") if one != "een"}
    persons, articles = phrases("persons"), {key(one) for one in lists().articles}
    for place, token in enumerate(words):
        following = words[place + 1 : place + 3]
        few = token.folded.isdecimal() and len(token.folded) < 3 and int(token.folded) < FEW
        one_person = token.folded in articles and any(_person(one, persons) for one in following)
        if few or one_person or token.folded in plain or unicodedata.normalize("NFC", token.written.lower()) == "één":
            yield token.start, token.end
    yield from _phrases(words, {one for one in articles if " " in one})


def _person(token: Token, persons: frozenset[str]) -> bool:
    return token.folded in persons


def _names(text: str, words: Sequence[Token]) -> Spans:
    for place, token in enumerate(words):
        if _foreign(token.written):
            yield token.start, token.end
        elif any(one.isupper() for one in token.written) and token.folded not in _no_names():
            first = not place or re.search(r"[.!?:;•\n\r]", text[words[place - 1].end : token.start]) is not None
            if not first or _unknown(token):
                yield token.start, token.end


def _unknown(token: Token) -> bool:
    return token.folded not in ordinary()


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


_FINDERS: tuple[tuple[Kind, Callable[[str, Sequence[Token]], Spans]], ...] = (
    ("date", _dates),
    ("id", _ids),
    ("department", _departments),
    ("region", _origins),
    ("group", _groups),
    ("count", _counts),
    ("name", _names),
)
