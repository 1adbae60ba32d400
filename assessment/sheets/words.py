"""The fixed words of the sheet in one language, and text made safe to print."""

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import MappingProxyType

from assessment.model import ActVerdict, Advice, HeldRow
from assessment.verdicts import OWED
from knowledge.acts import Tier
from knowledge.text import Language, Text
from knowledge.yaml_files import parse, read_file

COLUMNS = 88
"""Characters of a line of plain text, for a terminal or an e-mail."""
LONGEST_REMARK = 300
LONGEST_WORDS = 500
"""Characters of the user's own words at a row: a row of what stood in no list can hold several acts."""
ALIKE = 0.8
"""A text of which so large a share of the words stands in another one says nearly the same."""
THE_SAME = 0.9
"""With so large a share of its telling words it is the same act."""
ABOUT_THE_SAME = 0.6
"""With so large a share it is about the same act, whatever else it says of it."""
CALM: Tier = 5
"""Up to this tier an act is told as well as one that cannot work."""
OF_THE_SAME, SHARED = 0.4, 3
"""With so large a share of its telling words, and so many, what is praised is of what is blamed elsewhere."""
OF_ONE, FEW = 2, 3
"""With so many telling words in common two texts are of one thing, and one thing to do about it is enough; one will do
where one of them has only few."""
TELLING = 4
"""Letters of a word that tells what a text is about."""
UNSEEN = {"Cc", "Cf", "Cs"}
"""The Unicode categories that text may not bring along: control, format and direction, half characters."""
NO_CHARACTERS = re.compile(
    "[\ufdd0-\ufdef" + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF)) + "]"
)
"""Code points that are no characters; XML refuses some of them."""


_JOINED = "\u0600-\u08ff\u0900-\u0fff\u1000-\u109f\u1780-\u18af\ufb50-\ufdff\ufe70-\ufefc"
_PICTURES = "\u20e3\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
_WITHOUT_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
JOINERS = re.compile(
    f"(?<=[{_JOINED}])[\u200c\u200d](?=[{_JOINED}])|(?<=[{_PICTURES}])\u200d(?=[{_PICTURES}])"
    f"|(?<=[{_WITHOUT_SPACES}])\u200b(?=[{_WITHOUT_SPACES}])"
)
"""What joins or parts letters of scripts that need it, and parts of a picture; elsewhere it only hides something."""


@cache
def labels(language: Language) -> Mapping[str, str]:
    """The fixed words of the sheets, by their key in labels.yaml and, per kind of sheet, labels-<kind>.yaml."""
    texts: dict[str, Text] = {}
    for file in sorted((Path(__file__).parent / "labels").glob("labels*.yaml")):
        more = parse(read_file(file, file.name), dict[str, Text])
        if twice := texts.keys() & more.keys():
            raise ValueError(f"{file.name}: {', '.join(sorted(twice))}: stands in another file already")
        texts |= more
    return MappingProxyType({key: " ".join(text.in_(language).split()) for key, text in texts.items()})


def own_words(rows: Iterable[str], notes: Mapping[str, str], language: Language) -> str:
    """What the user wrote at these rows of the lists of acts; `notes` are by id of the row.

    Of texts that say nearly the same, as at a row and at one under it, the longest stands there.
    """
    written = (clean(" ".join(notes.get(row, "").split()), LONGEST_WORDS, labels(language)["cut"]) for row in rows)
    texts = list(dict.fromkeys(filter(None, written)))
    words = {text: _bare(text) for text in texts}
    longer = {text: [words[other] for other in texts if len(other) > len(text)] for text in texts}
    return " · ".join(text for text in texts if not _said(words[text], longer[text]))


def row_in_words(label: str, rows: Sequence[str], notes: Mapping[str, str], language: Language, mind: str = "") -> str:
    """What was ticked, and what to mind: in the user's own words where each of the rows has some.

    The words of a list say more than one user means. Rows without a note are told by their label, with what was written
    at the others behind it; `notes` are by id of the row.
    """
    own = own_words(rows, notes, language)
    behind = f"{label.rstrip('.')}: “{own}”" if own else label
    told = f"“{own}”" if own and all(notes.get(row, "").strip() for row in rows) else behind
    return f"{told} {mind}" if mind else told


def praised(advice: Advice, notes: Mapping[str, str], language: Language) -> tuple[ActVerdict, ...]:
    """What is good as it is, but what the user told much the same of at an act that must be otherwise."""
    blamed = [_telling(text) for text in _told_otherwise(advice, notes, language)]

    def is_blamed(one: ActVerdict) -> bool:
        words = _telling(own_words(one.rows, notes, language))
        enough = min(len(words), max(SHARED, OF_THE_SAME * len(words)))
        return bool(words) and any(len(words & each) >= enough for each in blamed)

    return tuple(one for one in advice.keep if not is_blamed(one))


def unsaid(advice: Advice, notes: Mapping[str, str], language: Language) -> tuple[HeldRow, ...]:
    """The rows with which to wait, but those of which the same words stand at an act that is told."""
    told = [_bare(text) for text in _told_otherwise(advice, notes, language)]
    return tuple(
        one
        for one in advice.unsaid
        if (one.mind or not one.over) and not _said(_bare(own_words((one.row,), notes, language)), told, ABOUT_THE_SAME)
    )


def is_another_act(rows: Iterable[str], beside: Iterable[str], notes: Mapping[str, str], language: Language) -> bool:
    """Whether the user wrote of something else at these rows than at the others, where he wrote something too."""
    words, others = (_telling(own_words(some, notes, language)) for some in (rows, beside))
    few = 1 if min(len(words), len(others)) <= FEW else OF_ONE
    return bool(others) and bool(words) and len(words & others) < few


def told_elsewhere(
    advice: Advice, rows: Container[str], notes: Mapping[str, str], language: Language
) -> frozenset[str]:
    """The acts of which the user wrote the same at one of its card that is told before.

    What endangers people or is owed gives way only to what is no less urgent. These rows say little by themselves: they
    give way to one on any card, and not the other way round.
    """
    told = sorted((one for one in advice.verdicts if one.asks), key=lambda one: one.act in rows)
    words = {one.act: _telling(own_words(one.rows, notes, language)) for one in told}
    quoted = {one.act for one in told if all(notes.get(row, "").strip() for row in one.rows)}
    left_out: set[str] = set()
    for place, one in enumerate(told):
        near = max(one.tier, CALM) if one.act in rows and one.tier > OWED else one.tier
        before = [
            words[each.act]
            for each in told[:place]
            if each.act not in left_out and each.tier <= near and (one.act in rows or each.card == one.card)
        ]
        if one.act in quoted and _said(words[one.act], before, THE_SAME):
            left_out.add(one.act)
    return frozenset(left_out)


def _told_otherwise(advice: Advice, notes: Mapping[str, str], language: Language) -> list[str]:
    """What the user wrote at each row of an act that must be otherwise."""
    asking = (own_words((row,), notes, language) for one in advice.verdicts if one.asks for row in one.rows)
    return [text for text in asking if text]


def _said(words: set[str], elsewhere: Iterable[set[str]], share: float = ALIKE) -> bool:
    """Whether one of the texts elsewhere says so large a share of these words too."""
    return bool(words) and any(len(words & one) >= share * len(words) for one in elsewhere)


def _bare(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _telling(text: str) -> set[str]:
    """The words that tell what it is about, whatever else stands between them."""
    return {word for word in _bare(text) if len(word) >= TELLING} or _bare(text)


def clean(text: str, longest: int, mark: str) -> str:
    """Text that is safe to print: composed (NFC), without control and direction characters, on one line.

    Joiners stay in scripts and pictures that need them. What is longer than `longest` characters ends in `mark`.
    """
    text = re.sub(r"[^\S\u00a0\u202f]+", " ", unicodedata.normalize("NFC", NO_CHARACTERS.sub("", text)))
    if hidden := {one for one in set(text) if unicodedata.category(one) in UNSEEN}:
        kept = {match.start() for match in JOINERS.finditer(text)}
        text = "".join(one for place, one in enumerate(text) if place in kept or one not in hidden)
    text = text.strip()
    return text if len(text) <= longest else f"{text[: longest - len(mark) - 1].rstrip()} {mark}"
