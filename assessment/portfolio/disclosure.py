"""What may be told about a portfolio, as numbers: nothing about groups that are too small, in whole or in part."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from assessment.portfolio.score_columns import LEVEL_NAMES
from assessment.portfolio.summary import OPEN, Spread, Summary
from assessment.portfolio.write.results import HIGHEST, LOWEST
from assessment.scoring import parts
from knowledge.base import KnowledgeBase
from knowledge.model import Lesson, Question
from knowledge.text import Text
from rules.model import RuleBase

MINIMUM = 5
"""The smallest group about which anything is told."""
MOST_ADVICE, MOST_UNKNOWN, MOST_CHANGED = 15, 10, 10
SHADES = 5
COLUMNS = (*LEVEL_NAMES, OPEN)


@dataclass(frozen=True)
class HeatCell:
    """How many assessments of a theme are at one level, and how dark that is shown: 0 to SHADES - 1.

    None where that is not told: they are too few, or others that are too few could be told from it.
    """

    count: int | None
    share: float
    shade: int


@dataclass(frozen=True)
class ThemeRow:
    """One theme in the tables; without cells and spreads where too few have a score."""

    title: Text
    count: int
    cells: tuple[HeatCell, ...] = ()
    spreads: tuple[Spread, ...] = ()


@dataclass(frozen=True)
class AdviceRow:
    """How often a lesson is advised."""

    title: Text
    lesson: Lesson
    count: int
    share: float


@dataclass(frozen=True)
class UnknownRow:
    """How many do not know the answer to a question, and what share of those who were asked."""

    question: Question
    count: int
    share: float


@dataclass(frozen=True)
class ThemeChange:
    """The medians of the lowest and of the highest scores of one theme: then and now."""

    title: Text
    medians: tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class AdviceChange:
    """The share of assessments in which a lesson was and is advised."""

    title: Text
    lesson: Lesson
    before: float
    now: float


@dataclass(frozen=True)
class Figures:
    """Everything that is told. Without `enough` assessments the tables are empty.

    `with_safety` counts those with an open safety finding; None where they are too few to tell.
    """

    minimum: int
    rows: int
    enough: bool
    with_safety: int | None
    themes: tuple[ThemeRow, ...] = ()
    advice: tuple[AdviceRow, ...] = ()
    unknowns: tuple[UnknownRow, ...] = ()
    comparable: bool = False
    theme_changes: tuple[ThemeChange, ...] = ()
    advice_changes: tuple[AdviceChange, ...] = ()


def figures(summary: Summary, base: RuleBase, former: Summary | None = None, minimum: int = MINIMUM) -> Figures:
    """The numbers on a portfolio, and how they changed since a former one."""
    if summary.rows < minimum:
        return Figures(minimum, summary.rows, enough=False, with_safety=None)
    knowledge, every = base.knowledge, parts(base)
    themes = [(part.about, part.title) for part in (every.overall, *every.themes)]
    return Figures(
        minimum,
        summary.rows,
        enough=True,
        with_safety=told([summary.with_safety, summary.rows - summary.with_safety], minimum)[0],
        themes=tuple(_theme(about, title, summary, minimum) for about, title in themes),
        advice=tuple(_advice(summary, knowledge, minimum)),
        unknowns=tuple(_unknowns(summary, knowledge, minimum)),
        comparable=former is not None and former.rows >= minimum,
        theme_changes=tuple(_theme_changes(themes, summary, former, minimum)) if former else (),
        advice_changes=tuple(_advice_changes(summary, former, knowledge, minimum)) if former else (),
    )


def told(counts: Sequence[int], minimum: int) -> tuple[int | None, ...]:
    """Counts of the parts of one whole; None for a part that is too small, and for one from which it could be told."""
    hidden = {place for place, count in enumerate(counts) if 0 < count < minimum}
    if hidden and (len(hidden) == 1 or sum(counts[place] for place in hidden) < minimum):
        others = [place for place, count in enumerate(counts) if count >= minimum]
        hidden |= {min(others, key=counts.__getitem__)} if others else set()
    return tuple(None if place in hidden else count for place, count in enumerate(counts))


def _theme(about: str, title: Text, summary: Summary, minimum: int) -> ThemeRow:
    theme = summary.themes.get(about)
    if theme is None or theme.count < minimum:
        return ThemeRow(title, 0)
    cells = []
    for count in told([theme.levels[name] for name in COLUMNS], minimum):
        share = (count or 0) / theme.count
        cells.append(HeatCell(count, share, min(SHADES - 1, int(share * SHADES))))
    return ThemeRow(title, theme.count, tuple(cells), (theme.spread(LOWEST), theme.spread(HIGHEST)))


def _advice(summary: Summary, knowledge: KnowledgeBase, minimum: int) -> Iterator[AdviceRow]:
    for lesson, count in summary.lessons.most_common(MOST_ADVICE):
        if count >= minimum:
            card = knowledge.card_of[lesson]
            yield AdviceRow(card.title, knowledge.lessons[lesson], count, count / summary.rows)


def _unknowns(summary: Summary, knowledge: KnowledgeBase, minimum: int) -> Iterator[UnknownRow]:
    for question, count in summary.unknown.most_common(MOST_UNKNOWN):
        if count >= minimum:
            yield UnknownRow(knowledge.questions[question], count, count / summary.asked[question])


def _theme_changes(
    themes: list[tuple[str, Text]], summary: Summary, former: Summary, minimum: int
) -> Iterator[ThemeChange]:
    for about, title in themes:
        now, before = summary.themes.get(about), former.themes.get(about)
        if now and before and min(now.count, before.count, former.rows) >= minimum:
            ends = (LOWEST, HIGHEST)
            yield ThemeChange(title, tuple((before.spread(end).median, now.spread(end).median) for end in ends))


def _advice_changes(
    summary: Summary, former: Summary, knowledge: KnowledgeBase, minimum: int
) -> Iterator[AdviceChange]:
    if former.rows < minimum:
        return
    found: list[AdviceChange] = []
    shares: Mapping[str, float] = {lesson: count / former.rows for lesson, count in former.lessons.items()}
    for lesson, count in summary.lessons.items():
        large = min(count, former.lessons[lesson]) >= minimum
        if large and count / summary.rows != shares[lesson]:
            title = knowledge.card_of[lesson].title
            found.append(AdviceChange(title, knowledge.lessons[lesson], shares[lesson], count / summary.rows))
    yield from sorted(found, key=lambda one: -abs(one.now - one.before))[:MOST_CHANGED]
