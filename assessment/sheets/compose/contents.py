"""What stands on an advice sheet, in one language and in the order of printing; each sheet takes its parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.acts import VerdictKind
from knowledge.text import Language

QUOTES = "“‘"


@dataclass(frozen=True)
class Answered:
    """A question and its answer."""

    asked: str
    answer: str


@dataclass(frozen=True)
class Cited:
    """A publication, by its number among the sources, and the headings in it, as printed there: in Dutch."""

    number: int
    title: str
    places: str


@dataclass(frozen=True)
class Line:
    """The verdict on one act: a line of the plan that is tested.

    `stops` where it must not be done as planned. `own` where it is our own conclusion, as the publications are silent.
    `rests_on` are the answers that brought it. `short` is, for where there is little room, the user's own words where
    there are any, or else the row, in quotes.
    """

    number: int
    act: str
    verdict: str
    kind: VerdictKind
    stops: bool
    short: str
    label: str
    because: str
    instead: str
    say: str
    do_not_say: str
    own: bool
    sources: tuple[Cited, ...]
    rests_on: tuple[Answered, ...]

    @property
    def quoted(self) -> str:
        """The act in quotes, which the user's own words have already."""
        return self.label if self.label[:1] in QUOTES else f"‘{self.label}’"


@dataclass(frozen=True)
class More:
    """What else a card advises: a lesson, with its source."""

    card: str
    advice: str
    sources: tuple[Cited, ...]


@dataclass(frozen=True)
class CardPart:
    """A card as a checklist: its lines, what else it advises, and what is arranged, missing and not known.

    `joined` are the lines as they are printed: those that must stop for the same reason as one, where they are many.
    """

    title: str
    together: str
    lines: tuple[Line, ...]
    joined: tuple[Line, ...]
    more: tuple[More, ...]
    missing: tuple[Answered, ...]
    arranged: tuple[Answered, ...]
    unknown: tuple[Answered, ...]

    @property
    def stops(self) -> bool:
        """Whether something on it endangers people."""
        return any(line.stops for line in self.lines)


@dataclass(frozen=True)
class Bar:
    """The score of a theme: whole numbers from 0 to 100, and the conditions met and not known, in words."""

    title: str
    lowest: int
    highest: int
    range: str
    levels: str
    conditions: str


@dataclass(frozen=True)
class Task:
    """Something to find out, how, and who does it by when."""

    number: int
    key: str
    asked: str
    find_out: str | None
    who: str
    due: str
    status: str


@dataclass(frozen=True)
class Planned:
    """A line of the action plan, in its order, and what was decided on it."""

    number: int
    key: str
    action: str
    remarks: tuple[str, ...]
    who: str
    due: str
    status: str


@dataclass(frozen=True)
class ThemeAnswers:
    """What was answered in one theme."""

    title: str
    answers: tuple[Answered, ...]


@dataclass(frozen=True)
class Publications:
    """Publications that advice on this sheet rests on, numbered, with the address where they stand."""

    url: str
    titles: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class FullAdvice:
    """Everything that is printed. `labels` are the fixed words in this language.

    `lines` holds what asks for something, most urgent first; `keep` what is good as it is, `allowed`
    what can go on, `withheld` the rows of a means that does not fit, with what to mind later, `unsaid` those on which
    nothing is said. `answered` is what the user asked with its answer, `cards` are those of the first page, `later` the
    others.
    `safety_open` are the questions on the safety of people without an answer, by their id; a `shortened` advice says of
    nothing that it is not there. `mild` where nothing must stop or be put right. `asked` is what the user asks in his
    own words, and `nearest` the act that comes nearest to it.
    """

    language: Language
    labels: dict[str, str]
    title: str
    progress: tuple[str, ...]
    occasions: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    keep: tuple[str, ...]
    allowed: tuple[str, ...]
    withheld: tuple[str, ...]
    unsaid: tuple[str, ...]
    answered: tuple[Line, ...]
    cards: tuple[CardPart, ...]
    later: tuple[CardPart, ...]
    bars: tuple[Bar, ...]
    homework: tuple[Task, ...]
    plan: tuple[Planned, ...]
    answers: tuple[ThemeAnswers, ...]
    any_answer: bool
    method: tuple[str, ...]
    publications: tuple[Publications, ...]
    safety_open: Mapping[str, str] = field(default_factory=dict)
    shortened: bool = False
    mild: bool = False
    asked: str = ""
    nearest: Line | None = None

    @property
    def safety(self) -> tuple[Line, ...]:
        """The lines that must stop because they endanger people."""
        return tuple(line for line in self.lines if line.stops)

    @property
    def other(self) -> tuple[Line, ...]:
        """The lines that ask for something else."""
        return tuple(line for line in self.lines if not line.stops)
