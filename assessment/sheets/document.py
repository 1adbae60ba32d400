"""A sheet as a row of blocks in one language: what is said and in which order, for every format alike.

All text is plain: no block holds markup, and every writer prints text as it stands.
"""

from dataclasses import dataclass, field
from datetime import date

from knowledge.text import Language


@dataclass(frozen=True)
class Heading:
    """The title of a part; level 1 stands under the title of the document, 2 and 3 within it."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """Running text; `quiet` where it is only said in passing, such as a source.

    `linked` where the text is an address of ours; nothing that a user wrote may become a link. `dutch` follows the text
    and is Dutch in every language: a heading as a publication prints it.
    """

    text: str
    quiet: bool = False
    linked: bool = False
    dutch: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list; `ordered` where the order matters. `leads`, where given, are the titles of the items."""

    items: tuple[str, ...]
    ordered: bool = False
    leads: tuple[str, ...] = ()

    @property
    def led(self) -> tuple[tuple[str, str], ...]:
        """Each item after its title, which may be empty."""
        return _led(self.items, self.leads)


@dataclass(frozen=True)
class Checklist:
    """Things to tick off."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Fields:
    """Names with what belongs to them; an empty value is a line to write on."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """Rows of equally many cells under a header; `caption` says what the table holds, also to who cannot see it.

    From 0, `linked` is the place of a column with addresses of ours, `dutch` that of one with headings of Dutch
    publications; `signed` are the places of rows with room to sign.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    linked: int | None = None
    dutch: int | None = None
    signed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Space:
    """White room under a title, so many lines high; with `rest` it takes what is left of its page."""

    title: str
    lines: int
    rest: bool = False


@dataclass(frozen=True)
class Alert:
    """What must be seen first, such as the safety of people: a framed part with a title; `leads` as in a list."""

    title: str
    items: tuple[str, ...]
    leads: tuple[str, ...] = ()

    @property
    def led(self) -> tuple[tuple[str, str], ...]:
        """Each item after its title, which may be empty."""
        return _led(self.items, self.leads)


@dataclass(frozen=True)
class ScoreBar:
    """A score as a range of whole per cents, and the same in words."""

    title: str
    lowest: int
    highest: int
    words: str


@dataclass(frozen=True)
class ScoreChart:
    """Scores as bars; `caption` says how to read them."""

    caption: str
    bars: tuple[ScoreBar, ...]


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page, where there are pages."""


Block = Heading | Paragraph | Bullets | Checklist | Fields | Table | Space | Alert | ScoreChart | PageBreak


@dataclass(frozen=True)
class Document:
    """A whole sheet. `kind` names what it is ('Adviesblad'), `about` says in a sentence what it is for.

    `notice` is said on every page: for whom it is.
    """

    language: Language
    kind: str
    title: str
    about: str
    made_on: date
    blocks: tuple[Block, ...] = field(default=())
    notice: str = ""


def _led(items: tuple[str, ...], leads: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(zip((leads + ("",) * len(items))[: len(items)], items, strict=True))
