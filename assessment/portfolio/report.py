"""The portfolio as one page: no network, no script, every text escaped, nothing on groups that are too small."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from babel.numbers import format_decimal, format_percent
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assessment.portfolio.run import Outcome
from assessment.portfolio.scores import LEVEL_NAMES
from assessment.portfolio.summary import OPEN, Spread, Summary
from assessment.portfolio.words import HERE, labels
from assessment.portfolio.writing import HIGHEST, LOWEST
from assessment.scoring import parts
from knowledge.base import KnowledgeBase
from knowledge.model import Lesson, Question
from knowledge.text import Language, Text
from rules.model import RuleBase

MINIMUM = 5
"""The smallest group about which anything is told."""
MOST_ADVICE, MOST_UNKNOWN, MOST_CHANGED = 15, 10, 10
SHADES = 5
COLUMNS = (*LEVEL_NAMES, OPEN)
LOCALES: dict[Language, str] = {"nl": "nl_NL", "en": "en_GB"}


@dataclass(frozen=True)
class HeatCell:
    """How many assessments of a theme are at one level, and how dark that is shown: 0 to SHADES - 1."""

    count: int
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


def write_report(
    outcome: Outcome, base: RuleBase, language: Language, former: Summary | None = None, minimum: int = MINIMUM
) -> str:
    """The report as HTML. Nothing is told about fewer than `minimum` assessments, or scores of one theme."""
    locale, knowledge, summary = LOCALES[language], base.knowledge, outcome.summary
    page = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    page.filters["t"] = lambda text: text.in_(language)
    page.filters["count"] = lambda value: format_decimal(value, locale=locale)
    page.filters["score"] = lambda value: format_decimal(value, format="0.0", locale=locale)
    page.filters["percent"] = lambda value: format_percent(value, locale=locale)
    page.filters["signed"] = lambda value: format_decimal(value, format="+0.0;−0.0", locale=locale)
    themes = [(part.about, part.title) for part in (parts(base).overall, *parts(base).themes)]
    enough = summary.rows >= minimum
    return page.get_template("template.html.j2").render(
        language=language,
        w=labels(language),
        outcome=outcome,
        summary=summary,
        minimum=minimum,
        enough=enough,
        columns=COLUMNS,
        themes=[_theme(about, title, summary, minimum) for about, title in themes] if enough else [],
        advice=list(_advice(summary, knowledge)) if enough else [],
        unknowns=list(_unknowns(summary, knowledge)) if enough else [],
        former=former,
        comparable=former is not None and former.rows >= minimum,
        theme_changes=list(_theme_changes(themes, summary, former, minimum)) if enough and former else [],
        advice_changes=list(_advice_changes(summary, former, knowledge, minimum)) if enough and former else [],
    )


def _theme(about: str, title: Text, summary: Summary, minimum: int) -> ThemeRow:
    theme = summary.themes.get(about)
    if theme is None or theme.count < minimum:
        return ThemeRow(title, 0)
    cells = []
    for name in COLUMNS:
        share = theme.levels[name] / theme.count
        cells.append(HeatCell(theme.levels[name], share, min(SHADES - 1, int(share * SHADES))))
    return ThemeRow(title, theme.count, tuple(cells), (theme.spread(LOWEST), theme.spread(HIGHEST)))


def _advice(summary: Summary, knowledge: KnowledgeBase) -> Iterator[AdviceRow]:
    for lesson, count in summary.lessons.most_common(MOST_ADVICE):
        if count:
            card = knowledge.card_of[lesson]
            yield AdviceRow(card.title, knowledge.lessons[lesson], count, count / summary.rows)


def _unknowns(summary: Summary, knowledge: KnowledgeBase) -> Iterator[UnknownRow]:
    for question, count in summary.unknown.most_common(MOST_UNKNOWN):
        if count:
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
        if lesson in shares and count / summary.rows != shares[lesson]:
            title = knowledge.card_of[lesson].title
            found.append(AdviceChange(title, knowledge.lessons[lesson], shares[lesson], count / summary.rows))
    yield from sorted(found, key=lambda one: -abs(one.now - one.before))[:MOST_CHANGED]
