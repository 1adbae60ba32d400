"""The catalogue as one page: no network, every text escaped, complete without its script."""

from functools import partial

from knowledge.templates import templates
from knowledge.text import Language
from rules.catalogue.links import FOLDER, Links, labels, number, web_address
from rules.model import RuleBase
from rules.words import clause


def write_html(base: RuleBase, language: Language) -> str:
    """The whole knowledge and rule base as one HTML page in one language."""
    page = templates(FOLDER)
    page.tests["web_address"] = web_address
    page.filters["t"] = lambda text: text.in_(language)
    page.filters["number"] = partial(number, language=language)
    page.filters["clause"] = lambda condition: clause(condition, base.knowledge.questions, language)
    return page.get_template("page.html.j2").render(
        language=language,
        w=labels(language),
        base=base,
        knowledge=base.knowledge,
        links=Links(base),
    )
