"""Many assessments at once: for a sector's secretariat, or a group of trainees who want to see what they share."""

from collections.abc import Sequence

import streamlit as st

from assessment.portfolio.batches import TableError
from assessment.portfolio.disclosure import MINIMUM, figures
from assessment.portfolio.read.mapping import TableMapping
from assessment.portfolio.read.uploads import (
    ANSWERS,
    MOST_BYTES,
    MOST_FILES,
    TABLES,
    File,
    NothingScoredError,
    Refused,
    Scored,
    empty_table,
    former_summary,
    is_table,
    results,
    score,
)
from assessment.portfolio.report import write_report
from assessment.portfolio.summary import Summary
from knowledge.base import knowledge_base
from rules.model import rule_base
from ui.parts.gate import gate, harmless, offer
from ui.screens.group.own_table import understood
from ui.screens.group.portfolio_views import everything
from ui.visit import session
from ui.visit.session import language, t

MEGABYTES = MOST_BYTES // 1_000_000
SIZES = (5, 10, 20)
"""The smallest group about which the user may let anything be told."""
MOST_REFUSED = 100  # so many are listed on the page; the file has more
_GROUP = "group"


def show() -> None:
    """The way in for files, how a table is understood, and once it was scored the picture of the whole."""
    st.title(t("nav.portfolio"), anchor=False)
    session.show_notice()
    st.markdown(t("portfolio.lead"))
    st.markdown(t("portfolio.privacy", minimum=MINIMUM))
    _template()
    st.header(t("portfolio.files"), anchor=False)
    given = st.file_uploader(
        t("portfolio.give", most=MOST_FILES, size=MEGABYTES),
        type=[one.removeprefix(".") for one in (*ANSWERS, *TABLES)],
        accept_multiple_files=True,
        max_upload_size=MEGABYTES,
    )
    files = [File(one.name, one.getvalue()) for one in given]
    mapping: TableMapping | None = TableMapping()
    if len(files) == 1 and is_table(files[0]):
        mapping = understood(files[0])
    if mapping is not None and files and st.button(t("portfolio.score", count=len(files)), type="primary"):
        _score(files, mapping)
    scored: tuple[list[File], Scored, TableMapping] | None = st.session_state.get(_GROUP)
    if scored is not None:
        _outcome(*scored)


def _template() -> None:
    written_in = language()
    st.markdown(t("portfolio.how"))
    offer(
        harmless("public"),
        t("portfolio.template"),
        lambda: empty_table(knowledge_base(), written_in),
        t("portfolio.template_name"),
        "download:template",
    )


def _score(files: list[File], mapping: TableMapping) -> None:
    st.session_state.pop(_GROUP, None)
    bar = st.progress(0.0, t("portfolio.busy"))

    def show_progress(done: float) -> None:
        bar.progress(done, t("portfolio.busy"))

    try:
        scored = score(files, rule_base(), language(), show_progress, mapping)
    except NothingScoredError as error:
        st.error(error.text.in_(language()))
        if error.refused:
            _listed(error.refused, error.problems)
    except TableError as error:
        st.error(t("portfolio.wrong"))
        st.text(error.text.in_(language()))
    else:
        st.session_state[_GROUP] = (files, scored, mapping)
    finally:
        bar.empty()


def _outcome(files: list[File], scored: Scored, mapping: TableMapping) -> None:
    summary = scored.outcome.summary
    st.header(t("portfolio.outcome"), anchor=False)
    st.success(t("portfolio.done", count=summary.rows))
    _refused(scored)
    sizes = {one: str(one) for one in SIZES}
    minimum = st.radio(
        t("portfolio.minimum"),
        list(sizes),
        format_func=sizes.__getitem__,
        horizontal=True,
        key=f"portfolio:minimum:{language()}",
    )
    former = _former()
    _downloads(files, scored, mapping, minimum, former)
    everything(figures(summary, rule_base(), former, minimum))


def _refused(scored: Scored) -> None:
    if not scored.refused:
        return
    st.warning(t("portfolio.refused", count=scored.outcome.problem_count))
    with st.expander(t("portfolio.refused_list")):
        _listed(scored.refused, scored.problems)


def _listed(refused: Sequence[Refused], problems: bytes) -> None:
    if len(refused) > MOST_REFUSED:
        st.caption(t("portfolio.refused_first", count=MOST_REFUSED))
    where = [" · ".join(filter(None, (one.row, one.column))) for one in refused[:MOST_REFUSED]]
    lines = (
        t("portfolio.refused_line", where=place, reason=one.reason) if place else one.reason
        for place, one in zip(where, refused, strict=False)
    )
    st.text("\n".join(lines))
    offer(
        harmless("own-input"),
        t("portfolio.refused_file"),
        problems,
        t("portfolio.refused_name"),
        "download:refused",
        mime="text/csv",
    )


def _former() -> Summary | None:
    with st.expander(t("portfolio.former")):
        st.markdown(t("portfolio.former_lead"))
        given = st.file_uploader(
            t("portfolio.former_file", size=MEGABYTES), type=["parquet"], max_upload_size=MEGABYTES, key="group:former"
        )
        if given is None:
            return None
        try:
            return former_summary(File(given.name, given.getvalue()))
        except TableError as error:
            st.error(error.text.in_(language()))
            return None


def _downloads(files: list[File], scored: Scored, mapping: TableMapping, minimum: int, former: Summary | None) -> None:
    written_in, base = language(), rule_base()
    offer(
        harmless("totals"),
        t("portfolio.report"),
        lambda: write_report(scored.outcome, base, written_in, former, minimum),
        t("portfolio.file_name") + ".html",
        "download:group:report",
    )
    st.caption(t("portfolio.each_apart"))
    passed = gate("group", about="many")
    if passed is None:
        return
    made = (
        ("xlsx", ".xlsx", lambda: results(files, ".xlsx", base, written_in, mapping)),
        ("csv", ".csv", lambda: results(files, ".csv", base, written_in, mapping)),
        ("parquet", ".parquet", lambda: scored.table),
    )
    with st.container(horizontal=True):
        for name, suffix, write in made:
            offer(passed, t(f"portfolio.{name}"), write, t("portfolio.file_name") + suffix, f"download:group:{name}")


if __name__ == "__main__":
    show()
