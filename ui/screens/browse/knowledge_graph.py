"""A picture of how a lesson hangs together, and the same as a nested list."""

from textwrap import wrap

import streamlit as st

from rules.catalogue.entries import Key, title_of
from rules.catalogue.graph import Graph, graph_of
from rules.catalogue.links import Links
from rules.model import rule_base
from ui.parts.reason_markup import STEP
from ui.visit.session import language, t
from ui.words import escaped

FILL = {"question": "#ffffff", "rule": "#e3eef6", "lesson": "#dcefe4"}
INK = 'color="#0b0f0d" fontcolor="#0b0f0d" fontname="sans-serif"'
WIDE = 26  # letters on a line of a box


def picture(lesson: str, links: Links) -> None:
    """The picture with its legend, and the list."""
    graph = graph_of(lesson, links)
    if len(graph.layers) < 3:
        return
    st.header(t("graph.title"), anchor=False)
    st.markdown(t("graph.lead"))
    told = "\n".join(_lines(graph, graph.layers[-1][0], "", set()))
    st.graphviz_chart(_dot(graph), alt=t("graph.alt"))
    with st.expander(t("graph.as_list")):
        st.markdown(told)


def _dot(graph: Graph) -> str:
    """The graph in the language of Graphviz, from the questions at the left to the lesson at the right."""
    ids = {key: f"n{number}" for number, key in enumerate(key for layer in graph.layers for key in layer)}
    lines = ["digraph { rankdir=LR; nodesep=0.15; ranksep=0.5; bgcolor=transparent;"]
    lines.append(f'node [shape=box style="filled,rounded" {INK} fontsize=10 margin="0.12,0.07"];')
    lines.append(f"edge [{INK} fontsize=9];")
    for key, name in ids.items():
        label = "\\n".join(_quoted(line) for line in wrap(title_of(key, rule_base(), language()), WIDE))
        lines.append(f'{name} [label="{label}" fillcolor="{FILL[key.kind]}"];')
    for edge in graph.edges:
        style = f' [style=dashed label="{_quoted(t("graph.not"))}"]' if edge.absent else ""
        lines.append(f"{ids[edge.lower]} -> {ids[edge.upper]}{style};")
    return "\n".join([*lines, "}"])


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _lines(graph: Graph, key: Key, indent: str, told: set[Key], absent: bool = False) -> list[str]:
    """An item and what it rests on, as a nested list; what was told once is not told again."""
    says = f"{t(f'item.{key.kind}')}: {escaped(title_of(key, rule_base(), language()))}"
    if absent:
        says = t("graph.is_not", what=says)
    below = [edge for edge in graph.edges if edge.upper == key]
    if key in told and below:
        return [f"{indent}- {t('advice.see_above', finding=says)}"]
    told.add(key)
    return [
        f"{indent}- {says}",
        *(line for edge in below for line in _lines(graph, edge.lower, indent + STEP, told, edge.absent)),
    ]
