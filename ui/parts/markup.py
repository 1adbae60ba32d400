"""HTML for what Streamlit has no part for: chips, panels, lists of what to do. Text is escaped as it goes in."""

from collections.abc import Iterable
from html import escape
from typing import Literal

import streamlit as st

from assessment.checklists import OWN_QUESTION
from assessment.model import ActVerdict, Going
from knowledge.base import knowledge_base
from knowledge.model import Citation
from knowledge.text import Text
from ui.visit.session import language, t

Tone = Literal["danger", "now", "good", "quiet"]
"""What a chip tells by its colour, beside its word: danger to people, do this now, in order, not known."""

TONES: dict[Going, Tone] = {
    "not-like-this": "danger",
    "stopped": "danger",
    "later": "now",
    "changed": "now",
    "as-planned": "good",
    "not-known": "quiet",
}


class Html(str):
    """Markup that is safe to draw. Only `tag` makes it."""

    __slots__ = ()


def tag(name: str, *inside: str | None, cls: str = "", **attributes: str) -> Html:
    """An element with its content; a text that is no markup itself is escaped, and None is left out."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in {"class": cls, **attributes}.items()
        if value or key == "open"
    )
    content = "".join(one if isinstance(one, Html) else escape(one) for one in inside if one is not None)
    return Html(f"<{name}{said}>{content}</{name}>")


def draw(*some: Html) -> None:
    """Put markup on the page."""
    st.html("".join(some))


def say(text: Text) -> str:
    """A text of the knowledge base in the language of the screen, as it is."""
    return text.in_(language())


def chip(tone: Tone, label: str) -> Html:
    """A state in a word."""
    return tag("span", label, cls=f"chip {tone}")


def items(cls: str, some: Iterable[Html], name: str = "ul") -> Html:
    """A list of elements."""
    return tag(name, *(tag("li", one) for one in some), cls=cls)


def join(*some: Html | str | None) -> Html:
    """Several pieces as one, without an element around them."""
    return Html("".join(one if isinstance(one, Html) else escape(one) for one in some if one is not None))


def ticked(sign: str, tone: Tone, told: str) -> Html:
    """A line with its sign; the sign is for the eye only where the text around it says the same."""
    return join(tag("span", sign, cls=f"sign {tone}", aria_hidden="true"), told)


def verdict_chip(one: ActVerdict) -> Html:
    """The word of a verdict: red only where people are in danger."""
    if one.card == OWN_QUESTION:
        return chip("now", t("verdict.asked"))
    tone: Tone = "good" if not one.asks else "danger" if one.tier == 1 else "now"
    return chip(tone, t(f"verdict.{one.said_as.replace('-', '_')}"))


def dutch(text: str) -> Html:
    """Text that is Dutch in every language, such as a heading as a publication prints it; a voice reads it so."""
    return tag("span", text, lang="nl")


def table(header: Iterable[str], rows: Iterable[Iterable[str]]) -> Html:
    """A table, as wide as the page."""
    names = tag("tr", *(tag("th", one, scope="col") for one in header))
    lines = (tag("tr", *(tag("td", one) for one in row)) for row in rows)
    return tag("table", tag("thead", names), tag("tbody", *lines), cls="table")


def sources_of(citations: Iterable[Citation]) -> Html:
    """Where something is written: each publication once, as a link that says that it opens beside this page."""
    headings: dict[str, list[str]] = {}
    for citation in citations:
        headings.setdefault(citation.source, []).append(citation.at.replace(" > ", " › "))
    found = []
    for name, some in headings.items():
        source = knowledge_base().sources[name]
        title = t("look.new_tab", title=say(source.title))
        link = tag("a", title, href=str(source.url), target="_blank")
        found.append(join(link, ": ", dutch(", ".join(dict.fromkeys(some)))))
    return Html("; ".join(found))


def rests_on(citations: Iterable[Citation], basis: str) -> Html:
    """Where a lesson or verdict is written, and whether it is said there or was concluded from it."""
    return tag("p", t("look.source"), " ", sources_of(citations), f" ({t(f'basis.{basis}')})", cls="soft")
