"""What stands on an advice sheet, in one language and in the order of printing; each format only lays it out."""

from dataclasses import dataclass

from knowledge.text import Language


@dataclass(frozen=True)
class Answered:
    """A question and its answer."""

    asked: str
    answer: str


@dataclass(frozen=True)
class Finding:
    """A finding and the answers that it rests on directly."""

    says: str
    answers: tuple[Answered, ...]


@dataclass(frozen=True)
class Why:
    """Why a lesson is advised: its rule, the answers, the findings in between, as far as these did not stand before.

    `same` where all of them stood just above; `see` numbers the earlier advice at which they stand, and `homework` the
    homework on what is not known.
    """

    says: str
    answers: tuple[Answered, ...]
    findings: tuple[Finding, ...]
    same: bool
    see: tuple[int, ...] = ()
    homework: tuple[int, ...] = ()


@dataclass(frozen=True)
class Cited:
    """A publication, by its number among the sources, and the headings in it, as printed there: in Dutch."""

    number: int
    title: str
    places: str


@dataclass(frozen=True)
class Teaching:
    """One lesson of a recommendation; `phase` only where it is not that of the recommendation."""

    advice: str
    phase: str | None
    why: tuple[Why, ...]
    evidence: str
    cautions: str | None
    sources: tuple[Cited, ...]


@dataclass(frozen=True)
class Item:
    """A recommendation with its number on this sheet."""

    number: int
    title: str
    theme: str
    severity: str
    critical: bool
    summary: str
    lessons: tuple[Teaching, ...]


@dataclass(frozen=True)
class PhasePart:
    """The recommendations of one phase."""

    title: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Bar:
    """The score of a theme: whole numbers from 0 to 100, the same in words, and why it is capped.

    `capped_by` says what no advice on the sheet is about.
    """

    title: str
    lowest: int
    highest: int
    range: str
    levels: str
    capped: str
    capped_by: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """Something to find out, how, the advice that hangs on it, and who does it by when.

    `numbers` are those of advice on this sheet, `matters_for` the titles of advice that the answer may bring.
    """

    number: int
    asked: str
    find_out: str | None
    numbers: tuple[int, ...]
    matters_for: tuple[str, ...]
    who: str
    due: str
    status: str


@dataclass(frozen=True)
class Planned:
    """A line of the action plan: the advice, or None where it is no longer given, and what was decided on it."""

    number: int | None
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
class Sheet:
    """Everything that is printed. `labels` are the fixed words in this language."""

    language: Language
    labels: dict[str, str]
    title: str
    running_title: str
    date: str
    progress: tuple[str, ...]
    safety: tuple[Item, ...]
    safety_in_short: bool
    first: tuple[Item, ...]
    bars: tuple[Bar, ...]
    phases: tuple[PhasePart, ...]
    homework: tuple[Task, ...]
    homework_later: tuple[Task, ...]
    plan: tuple[Planned, ...]
    with_answers: bool
    answers: tuple[ThemeAnswers, ...]
    any_answer: bool
    method: tuple[str, ...]
    publications: tuple[Publications, ...]
