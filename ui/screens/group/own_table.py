"""Somebody's own table before it is scored: how it is understood, and what the user says of the rest."""

from collections.abc import Iterator, Mapping
from hashlib import sha256

import streamlit as st

from assessment.answers.understood import folded
from assessment.portfolio.batches import ID, TITLE, TableError
from assessment.portfolio.preview import Preview, WordSeen, mapping_file
from assessment.portfolio.read.headers import ColumnSeen
from assessment.portfolio.read.mapping import TableMapping, read_mapping
from assessment.portfolio.read.uploads import File, look
from knowledge.base import knowledge_base
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from rules.words import SPECIAL
from ui.parts.gate import harmless, offer
from ui.parts.widgets import unique
from ui.visit.session import language, t
from ui.words import escaped

MOST_ASKED = 40
"""So many columns and so many words the user is asked about; of more, the mapping file tells."""
MOST_TOLD = 30
LONGEST = 80
_FORMER, _LOOKED = "group:mapping", "group:looked"


def understood(table: File) -> TableMapping | None:
    """Draw how a table is understood; returns what it means with what the user chose, None where it cannot be read."""
    try:
        before = _former()
        seen = _looked(table, before)
    except TableError as error:
        st.error(t("portfolio.wrong"))
        st.text(error.text.in_(language()))
        return None
    if seen.plain and before is None:
        return TableMapping()
    st.header(t("mapping.title"), anchor=False)
    st.markdown(t("mapping.lead", rows=seen.rows, columns=sum(one.place is not None for one in seen.columns)))
    _recognised(seen)
    columns = dict(_columns(seen)) if seen.unknown else {}
    values = dict(_values(seen)) if seen.unclear else {}
    mapping = _together(seen, before, columns, values)
    _notes(seen)
    _keep(table, mapping)
    return mapping


def _looked(table: File, mapping: TableMapping | None) -> Preview:
    """The look is kept, since every click draws the page anew."""
    about = (table.name, sha256(table.content).digest(), mapping)
    kept: tuple[object, Preview] | None = st.session_state.get(_LOOKED)
    if kept is None or kept[0] != about:
        kept = about, look(table, knowledge_base(), mapping)
        st.session_state[_LOOKED] = kept
    return kept[1]


def _former() -> TableMapping | None:
    with st.expander(t("mapping.former")):
        st.markdown(t("mapping.former_lead"))
        given = st.file_uploader(t("mapping.former_file"), type=["yaml", "yml"], max_upload_size=1, key=_FORMER)
    return read_mapping((given.getvalue(), given.name)) if given is not None else None


def _recognised(seen: Preview) -> None:
    questions = knowledge_base().questions
    fields = _fields()
    with st.expander(t("mapping.recognised")):
        lines = []
        for one in seen.columns:
            if one.place is None or not one.name.strip():
                continue
            question = questions.get(one.place.about)
            option = question.option(one.place.option) if question is not None and one.place.option else None
            meaning = question.text.in_(language()) if question is not None else fields[one.place.about]
            meaning += f": {option.label.in_(language())}" if option is not None else ""
            lines.append(t("mapping.recognised_line", name=_short(one.name), meaning=meaning))
        st.text("\n".join(lines))


def _fields() -> dict[str, str]:
    return {ID: t("mapping.id"), TITLE: t("mapping.title_field")}


def _columns(seen: Preview) -> Iterator[tuple[str, str]]:
    st.subheader(t("mapping.columns"), anchor=False)
    st.markdown(t("mapping.columns_lead"))
    for one in seen.unknown[:MOST_ASKED]:
        yield one.name.strip(), _ask_column(one, seen)
    if len(seen.unknown) > MOST_ASKED:
        st.caption(t("mapping.more", count=len(seen.unknown) - MOST_ASKED))


def _ask_column(one: ColumnSeen, seen: Preview) -> str:
    questions = knowledge_base().questions
    near = [str(place) for place in seen.near.get(one.at, ())]
    others = {question.id: question.text.in_(language()) for question in questions.values()}
    names = {"": t("mapping.unused"), **{key: others[key] for key in near if key in others}, **_fields(), **others}
    return _choose(escaped(_short(one.name)), names, f"own:column:{one.at}:{one.name}")


def _values(seen: Preview) -> Iterator[tuple[tuple[str, str], str]]:
    st.subheader(t("mapping.words"), anchor=False)
    st.markdown(t("mapping.words_lead"))
    for one in seen.unclear[:MOST_ASKED]:
        yield (one.question, one.text), _ask_word(one)
    if len(seen.unclear) > MOST_ASKED:
        st.caption(t("mapping.more", count=len(seen.unclear) - MOST_ASKED))


def _ask_word(one: WordSeen) -> str:
    question = knowledge_base().questions[one.question]
    label = t("mapping.word", question=escaped(question.text.in_(language())), text=escaped(_short(one.text)),
              count=one.count)  # fmt: skip
    if question.number is not None:
        st.markdown(f"**{label}**")
        st.text(one.reason.in_(language()))
        return ""
    options = {option.id: option.label.in_(language()) for option in question.options}
    special = [UNKNOWN, *([NOT_APPLICABLE] if question.not_applicable else [])]
    near = {key: options[key] for key in one.near}
    words = {"": t("mapping.left_out"), **near, **options, **{key: SPECIAL[key].in_(language()) for key in special}}
    return _choose(label, words, f"own:word:{one.question}:{one.text}")


def _choose(label: str, names: Mapping[str, str], key: str) -> str:
    shown = unique(names)
    chosen = st.selectbox(label, list(shown), format_func=shown.__getitem__, key=f"{key}:{language()}")
    return chosen or ""


def _together(
    seen: Preview, before: TableMapping | None, columns: Mapping[str, str], values: Mapping[tuple[str, str], str]
) -> TableMapping:
    """What was understood by itself, what a mapping said, and what the user chose."""
    known = {one.name.strip(): str(one.place or "") for one in seen.columns if one.name.strip()}
    found = {question: dict(words) for question, words in (before.values if before is not None else {}).items()}
    for (question, text), meaning in values.items():
        told = found.setdefault(question, {})
        for word in [word for word in told if folded(word) == folded(text)]:
            del told[word]
        told[text] = meaning
    return TableMapping(columns={**known, **columns}, values=found)


def _notes(seen: Preview) -> None:
    if not seen.problems:
        return
    with st.expander(t("mapping.notes", count=len(seen.problems))):
        lines = (
            t("portfolio.refused_line", where=where, reason=reason) if where else reason
            for one in seen.problems[:MOST_TOLD]
            for where, reason in [(" · ".join(filter(None, (one.row, _short(one.column)))), one.reason.in_(language()))]
        )
        st.text("\n".join(lines))


def _keep(table: File, mapping: TableMapping) -> None:
    written_in = language()
    offer(
        harmless("own-input"),
        t("mapping.keep"),
        lambda: mapping_file(look(table, knowledge_base(), mapping), mapping, written_in),
        t("mapping.file_name"),
        "download:mapping",
        mime="application/yaml",
    )
    st.caption(t("mapping.keep_why"))


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1] + "…"
