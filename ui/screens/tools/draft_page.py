"""Looking through a mail, agenda or list of questions before it is sent; the text stays in this window only."""

import re

import streamlit as st

from assessment.anonymity.traces import Name
from assessment.drafts.check import LONGEST, Mark, check
from knowledge.base import knowledge_base
from rules.engine.inference import inference
from ui.parts.markup import chip, draw, items, join, say, sources_of, tag
from ui.parts.typed import typed
from ui.visit import session
from ui.visit.session import language, t
from ui.visit.unsaved import TYPED

MOST_NAMES = 200


def show() -> None:
    """A field for the text, and what was marked in it, under the answers of the open assessment where there is one."""
    st.title(t("nav.draft"), anchor=False)
    session.show_notice()
    st.markdown(t("draft.lead"))
    text = st.text_area(t("draft.text"), height=260, key=f"{TYPED}draft:text") or ""
    names = typed(st.text_input, t("draft.names"), LONGEST, "draft:names", help=t("draft.names_help"))
    asked = st.button(t("draft.check"), type="primary")
    if not text.strip():
        if asked:
            st.error(t("draft.empty"))
        return
    stored = session.current(fresh=True)
    answers = session.usable(stored.assessment, knowledge_base()).answers if stored is not None else None
    listed = [Name(one.strip()) for one in re.split(r"[,;\n]", names) if one.strip()][:MOST_NAMES]
    checked = check(text, answers, inference(), listed)
    if len(text) > LONGEST:
        st.warning(t("draft.too_long", count=LONGEST))
    if stored is None:
        st.info(t("draft.no_assessment"))
    else:
        st.info(t("draft.hidden" if checked.hidden else "draft.open"))
    st.header(t("draft.marked", count=len(checked.marks)), anchor=False)
    for mark in checked.marks:
        _draw(mark, checked.text)
    st.warning(t("draft.read_yourself"))


def _draw(mark: Mark, text: str) -> None:
    """A part of the text, what it does, and what to write rather."""
    kind = t(f"draftkind.{mark.kind}")
    called = join(" ", tag("span", f"({say(mark.called)})", cls="soft")) if mark.called is not None else None
    better = mark.better.in_(mark.language or language())
    rests_on = [join(say(lesson.advice), " ", sources_of(lesson.sources)) for lesson in mark.lessons]
    draw(
        tag(
            "section",
            tag("p", chip("danger" if mark.kind == "source" else "now", kind), called),
            tag("p", tag("b", f"“{mark.text}”"), " ", tag("span", t("draft.line", line=mark.line(text)), cls="soft")),
            tag("p", say(mark.because)),
            tag("p", tag("b", t("draft.better")), " ", better),
            tag("details", tag("summary", t("draft.why")), items("", rests_on), cls="fold"),
            cls="panel",
        )
    )


if __name__ == "__main__":
    show()
