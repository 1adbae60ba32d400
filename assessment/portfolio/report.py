"""The portfolio as one page: no network, no script, every text escaped, nothing on groups that are too small."""

from babel.numbers import format_decimal, format_percent

from assessment.portfolio.disclosure import COLUMNS, MINIMUM, figures
from assessment.portfolio.run import Outcome
from assessment.portfolio.summary import Summary
from assessment.portfolio.words import FOLDER, labels
from knowledge.templates import templates
from knowledge.text import LOCALES, Amount, Language
from rules.model import RuleBase

__all__ = ["MINIMUM", "write_report"]


def write_report(
    outcome: Outcome, base: RuleBase, language: Language, former: Summary | None = None, minimum: int = MINIMUM
) -> str:
    """The report as HTML. Nothing is told about fewer than `minimum` assessments, or scores of one theme."""
    locale, summary = LOCALES[language], outcome.summary
    page = templates(FOLDER)
    page.filters["t"] = lambda text: text.in_(language)
    page.filters["count"] = lambda value: format_decimal(value, locale=locale)
    page.filters["amount"] = Amount
    page.filters["score"] = lambda value: format_decimal(value, format="0.0", locale=locale)
    page.filters["percent"] = lambda value: format_percent(value, locale=locale)
    page.filters["signed"] = lambda value: format_decimal(value, format="+0.0;−0.0", locale=locale)
    return page.get_template("template.html.j2").render(
        language=language,
        w=labels(language),
        outcome=outcome,
        summary=summary,
        columns=COLUMNS,
        former=former,
        found=figures(summary, base, former, minimum),
    )
