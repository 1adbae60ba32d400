"""A document as PDF/UA-1, set by Typst in the look of the advice sheet."""

from dataclasses import asdict
from typing import Any

from assessment.sheets.document import Document, ScoreChart
from assessment.sheets.look import DANGER, DANGER_SOFT, GREY, LINE, look
from assessment.sheets.words import clean, labels
from assessment.sheets.writers.prepared import LONGEST_RUNNING_TITLE, written_date
from assessment.sheets.writers.typesetting import picture, typeset


def to_pdf(document: Document) -> bytes:
    """The PDF file; its tags, language and alternative texts come from the blocks."""
    return typeset("document.typ", _contents(document), document.made_on)


def chart_picture(chart: ScoreChart, document: Document) -> bytes:
    """A score chart as PNG, for formats that cannot draw it themselves."""
    return picture("chart.typ", {**_contents(document), "bars": asdict(chart)["bars"]}, document.made_on)


def _contents(document: Document) -> dict[str, Any]:
    own = look()
    return {
        "look": {
            "name": own.name,
            "colour": own.colour,
            "logo": list(own.logo),
            "danger": DANGER,
            "danger_soft": DANGER_SOFT,
            "grey": GREY,
            "line": LINE,
        },
        "language": document.language,
        "labels": dict(labels(document.language)),
        "kind": document.kind,
        "title": document.title,
        "running_title": clean(document.title, LONGEST_RUNNING_TITLE, "…"),
        "about": document.about,
        "date": written_date(document),
        "notice": document.notice,
        "blocks": [
            {"is": type(block).__name__, **asdict(block), "led": getattr(block, "led", ())} for block in document.blocks
        ],
    }
