"""A document as one HTML page: no script, no network, every text escaped, good to print."""

from pathlib import Path

from assessment.sheets.document import Document
from assessment.sheets.look import DANGER, DANGER_SOFT, GREY, LINE, look
from assessment.sheets.words import labels
from assessment.sheets.writers.prepared import is_address, written_date
from knowledge.templates import templates

FOLDER = Path(__file__).parent
LEVELS = ("fragile", "emerging", "solid", "strong")

_PAGES = templates(FOLDER)


def to_html(document: Document) -> bytes:
    """The page in UTF-8."""
    words = labels(document.language)
    page = _PAGES.get_template("document.html.j2").render(
        d=document,
        w=words,
        look=look(),
        colours={"danger": DANGER, "danger-soft": DANGER_SOFT, "grey": GREY, "line": LINE},
        date=written_date(document),
        levels=[words[f"level.{name}"] for name in LEVELS],
        is_address=is_address,
        blocks=[(type(block).__name__, block) for block in document.blocks],
    )
    return page.encode()
