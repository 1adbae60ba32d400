"""What each publication led to: how many of its sections are taught, in how many lessons and rules."""

from functools import cache

import pandas as pd
import streamlit as st

from rules.catalogue.entries import Key
from rules.coverage import Coverage, coverage
from rules.model import rule_base
from ui.parts.knowledge_links import heading, links
from ui.parts.markup import Html, dutch, table
from ui.parts.widgets import words
from ui.visit.session import t


@cache
def _coverage() -> Coverage:
    return coverage(rule_base())


def publications() -> None:
    """A table with a line per publication, and a link to each."""
    found, sources = _coverage(), rule_base().knowledge.sources
    st.header(t("coverage.title"), anchor=False)
    st.markdown(t("coverage.lead"))
    lines = [
        (
            words(sources[source].title),
            t("coverage.of", some=sum(one.lessons > 0 for one in sections), all=len(sections)),
            str(sum(one.lessons for one in sections)),
            str(sum(one.rules for one in sections)),
        )
        for source, sections in found.sections.items()
    ]
    names = [t(f"coverage.{name}") for name in ("publication", "sections", "lessons", "rules")]
    st.table(pd.DataFrame(lines, columns=names), hide_index=True)
    st.caption(t("coverage.counts"))
    links([Key("source", source) for source in sources])


def sections_of(source: str) -> Html:
    """The sections of one publication with the number of lessons that cite each, and of rules that lead to these."""
    names = [t(f"coverage.{name}") for name in ("section", "lessons", "rules")]
    lines = ((dutch(heading(one.heading)), str(one.lessons), str(one.rules)) for one in _coverage().sections[source])
    return table(names, lines)
