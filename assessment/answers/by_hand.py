"""Answer files as people write them in an editor: what is certain is put in order line by line, before parsing."""

import re
from collections.abc import Callable, Mapping, Sequence

from knowledge.text import Text
from knowledge.yaml_files import Problem

DAMAGED = Text(nl="dit bestand is beschadigd", en="this file is damaged")
_TOP: Mapping[str, str] = {
    **dict.fromkeys(("title", "titel"), "title"),
    **dict.fromkeys(("answers", "antwoorden"), "answers"),
    **dict.fromkeys(("notes", "notities", "aantekeningen"), "notes"),
    **dict.fromkeys(("knowledge_version", "kennisversie"), "knowledge_version"),
}
_LINE_END = re.compile(r"\r\n|\r|\n")
_KEY = re.compile(
    r"""([ \t\u00a0\u2007\u202f]*)(["'“”„‘’]?)([^\s"'“”:#\[\]{},][^"'“”:#\[\]{}]{0,300}?)"""
    r"""(["'“”‘’]?)[ \t\u00a0]{0,20}:(.*)"""
)
_INDENT = re.compile(r"[ \t\u00a0\u2007\u202f]*")
_WITH_POINT = re.compile(r"(-?\d+\.\d+)(\s+#.*)?")
"""A parser would make the same number of 1.000 and 1."""
_PLAIN = re.compile(r"""[^\s"'\[\]{}|>&*!#]""")
_NEEDS_QUOTES = re.compile(r"^#|\s#|:\s|:$|^[-?]\s|^[@%`]")
LONGEST = 6_000
"""Of a title or note without quotation marks that goes on over several lines."""
_HALF = re.compile(r"\\u[dD][89a-fA-F][0-9a-fA-F]{2}")
_SPACES = " \t\u00a0"
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")


def in_order(text: str, question_of: Callable[[str], str | None]) -> str:
    """The same text, with as many lines, as a parser takes it. `question_of` gives the id of a question by its name.

    Titles and notes keep what stands behind a number sign or colon; tabs and no-break spaces indent; questions stand
    below `answers:` or `notes:`, whatever their own indent.
    """
    text = text.removeprefix("\ufeff")
    if text.lstrip().startswith("{"):
        return _PAIR.sub(_joined, "\n".join(_indented(line) for line in _LINE_END.split(text)))
    given = _LINE_END.split(text)
    return text if any(line.startswith("story:") for line in given) else "\n".join(_Lines(question_of).put(given))


class _Lines:
    """Puts the lines of one file in order."""

    def __init__(self, question_of: Callable[[str], str | None]):
        self._question_of, self._lines, self._section = question_of, list[str](), ""
        self._block: int | None = None  # the indent of the key of the text with | or > that lines belong to
        self._free: tuple[int, str, str] | None = None  # the indent, beginning and text of a title or note

    def put(self, given: Sequence[str]) -> list[str]:
        """All lines, each in its place."""
        for line in given:
            indent = len(_INDENT.match(line).group())  # type: ignore[union-attr]
            if self._block is not None and (indent > self._block or not line.strip()):
                self._lines.append(_indented(line))
                continue
            self._block = None
            if (
                self._free is None
                or indent <= self._free[0]
                or len(self._free[2]) > LONGEST
                or not line.strip()
                or line.strip().startswith("#")
            ):
                self._free = None
                self._lines.append(self._key(line, indent) or _indented(line))
            else:  # the text goes on
                begin, key, text = self._free
                self._free = begin, key, f"{text} {line.strip()}"
                place = next(at for at in range(len(self._lines) - 1, -1, -1) if self._lines[at].strip())
                self._lines[place] = f"{key}: {_value(self._free[2], free=True)}"
                self._lines.append("")
        return self._lines

    def _key(self, line: str, indent: int) -> str | None:
        """A line that begins with a key which is known; None where it does not."""
        found = _KEY.fullmatch(line)
        if found is None:
            return None
        *_, name, _, value = found.groups()
        if value.strip()[:1] in ("|", ">"):
            self._block = indent
        top = _TOP.get(name.strip().casefold()) if not indent else None
        if top is not None:
            self._section = top if top in ("answers", "notes") else ""
            key, free = top, top == "title"
        elif self._section and (question := self._question_of(name.strip())) is not None:
            key, free = f"  {question}", self._section == "notes"
        else:
            return None
        if free and _PLAIN.match(value.strip()):
            self._free = indent, key, value.strip(_SPACES)
        return f"{key}: {_value(value, free)}".rstrip()


def told(problem: Problem, text: str) -> tuple[int, Text]:
    """What a parser found wrong, in words for who wrote the file, with the cure; and the line where it stands."""
    lines, number = _LINE_END.split(text), problem.line
    for at in (number, number - 1):  # a parser sees an open bracket or a stray word in the line behind it
        line = lines[at - 1] if 0 < at <= len(lines) else ""
        if line.count("[") != line.count("]") or (at < number and "could not find expected" in problem.expected):
            number = at
            break
    return number, _sentence(problem, lines[number - 1] if 0 < number <= len(lines) else "")


def _sentence(problem: Problem, line: str) -> Text:
    for part, sentence in _SENTENCES.items():
        if part in problem.expected:
            return sentence
    if _HALF.search(line):
        return Text(
            nl="hier staat een half teken, bijvoorbeeld van een emoji; typ de tekst opnieuw",
            en="half a character stands here, of an emoji for example; type the text again",
        )
    if (
        line.count('"') % 2
        or "while scanning a quoted" in problem.expected
        or "unexpected end of stream" in problem.expected
    ):
        return Text(
            nl="een aanhalingsteken wordt geopend en niet gesloten; zet er een bij of haal het weg",
            en="a quotation mark is opened and not closed; add one or remove it",
        )
    if line.count("[") != line.count("]"):
        return Text(
            nl="een haak [ of ] staat er alleen; zet meer antwoorden zo: [eerste, tweede]",
            en="a bracket [ or ] stands alone; write several answers like this: [first, second]",
        )
    return Text(
        nl="deze regel is niet te volgen; begin elke vraag op een eigen regel met twee spaties, het id en een dubbele "
        "punt, en zet tekst met bijzondere tekens tussen aanhalingstekens",
        en="this line cannot be followed; begin each question on a line of its own with two spaces, the id and a "
        "colon, and put text with special characters between quotation marks",
    )


def another_kind(text: str) -> Text | None:
    """What a file is that is no answer file by its first characters; None where it may be one."""
    start = text.lstrip("\ufeff \t\r\n")[:20].lower()
    if start.startswith(("<!doctype", "<html", "<?xml")):
        return Text(
            nl="dit is een webpagina en geen antwoordbestand; download het bestand opnieuw",
            en="this is a web page and no answer file; download the file again",
        )
    if start.startswith("pk\x03\x04"):
        return Text(
            nl="dit is een document of werkmap en geen antwoordbestand; `dialoogwijzer questions` maakt er een",
            en="this is a document or workbook and no answer file; `dialoogwijzer questions` makes one",
        )
    return None


_SENTENCES: Mapping[str, Text] = {
    "stands here twice": Text(
        nl="dit staat er twee keer; haal een van de twee weg", en="this stands here twice; remove one of the two"
    ),
    "found another document": Text(
        nl="er staan meer beoordelingen in dit bestand, met --- ertussen; maak van elke een eigen bestand",
        en="several assessments stand in this file, with --- between them; make a file of each",
    ),
    "anchors, aliases or tags": Text(
        nl="een waarde begint met &, * of !; zet hem tussen aanhalingstekens",
        en="a value begins with &, * or !; put it between quotation marks",
    ),
    "levels": Text(nl="te veel haken of niveaus in elkaar", en="too many brackets or levels inside each other"),
    "special characters are not allowed": Text(
        nl="er staat een onzichtbaar stuurteken in dit bestand; haal het weg",
        en="an invisible control character stands in this file; remove it",
    ),
    "stands as a key": Text(
        nl="hier staat een lijst of groep waar een id hoort; zet voor de dubbele punt alleen het id van een vraag",
        en="a list or a group stands here in the place of an id; put only the id of a question before the colon",
    ),
    "words and groups": Text(
        nl="dit is meer dan er op alle vragen te antwoorden is; verwacht: hooguit 100.000 woorden en groepen",
        en="this is more than there is to answer; expected: at most 100,000 words and groups",
    ),
    "not damaged": DAMAGED,
    "MB of text": Text(nl="verwacht: hooguit 2 MB tekst", en="expected: at most 2 MB of text"),
}


def _joined(pair: re.Match[str]) -> str:
    """An emoji that JSON writes as two halves."""
    high, low = (int(pair.group(place), 16) for place in (2, 3))
    return pair.group(1) + chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))


def _indented(line: str) -> str:
    """The line with plain spaces before it."""
    indent = _INDENT.match(line).group()  # type: ignore[union-attr]
    return re.sub("[\u00a0\u2007\u202f]", " ", indent.replace("\t", "  ")) + line[len(indent) :]


def _value(text: str, free: bool) -> str:
    """What stands behind the colon; free text between quotes where a parser would take a part for something else."""
    value = text.strip(_SPACES)
    if free and (_PLAIN.match(value) or value.startswith("#")) and _NEEDS_QUOTES.search(value):
        return "'" + value.replace("'", "''") + "'"
    point = None if free else _WITH_POINT.fullmatch(value)
    return f'"{point.group(1)}"' if point else value
