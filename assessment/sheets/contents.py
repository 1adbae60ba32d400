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
    """Why a lesson is advised: its rule, the answers, the findings in between; `same` where these stood just above."""

    says: str
    answers: tuple[Answered, ...]
    findings: tuple[Finding, ...]
    same: bool


@dataclass(frozen=True)
class Cited:
    """A publication and the headings in it, as printed there: in Dutch."""

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
    """The score of a theme: whole numbers from 0 to 100, the same in words, and why it is capped."""

    title: str
    lowest: int
    highest: int
    range: str
    levels: str
    capped: str
    capped_by: tuple[str, ...]


@dataclass(frozen=True)
class Task:
    """Something to find out, how, and the advice that hangs on it."""

    asked: str
    find_out: str | None
    matters_for: tuple[str, ...]


@dataclass(frozen=True)
class ThemeAnswers:
    """What was answered in one theme."""

    title: str
    answers: tuple[Answered, ...]


@dataclass(frozen=True)
class Publications:
    """Publications that advice on this sheet rests on, with the address where they stand."""

    url: str
    titles: tuple[str, ...]


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
    first: tuple[Item, ...]
    bars: tuple[Bar, ...]
    phases: tuple[PhasePart, ...]
    homework: tuple[Task, ...]
    answers: tuple[ThemeAnswers, ...]
    method: tuple[str, ...]
    publications: tuple[Publications, ...]
