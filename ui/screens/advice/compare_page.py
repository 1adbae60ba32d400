"""Two assessments side by side: an agenda for a talk, and the differences in advice, scores and answers."""

import streamlit as st

from assessment.changes.comparison import Comparison, Topic, compare
from assessment.model import Assessment
from assessment.sheets.compose.comparison import write_comparison
from assessment.store import TITLE_LENGTH, NotFound
from assessment.store.history_in_words import moments
from knowledge.model import Answers
from rules.engine.inference import inference
from ui import navigation
from ui.parts.answer_upload import answer_upload
from ui.parts.differences import advice_differences, score_table
from ui.parts.downloads import file_name
from ui.parts.gate import gate, offer
from ui.parts.saved_choices import saved_choices
from ui.parts.widgets import choose_from, moment, unique, words
from ui.visit import session
from ui.visit.record import recorded
from ui.visit.session import language, store, t

FIRST, SECOND = "first", "second"
"""The ids of the two assessments, in the address and in the session."""


def show() -> None:
    """The choice of two, of which one may be a file or an earlier moment, and then what differs."""
    session.keep_in_address(FIRST, SECOND)
    st.title(t("nav.compare"), anchor=False)
    session.show_notice()
    st.markdown(t("compare.lead"))
    if not store().count():
        st.info(t("compare.none"))
        st.page_link(navigation.page("start"), label=t("questions.to_start"), icon=":material/home:")
        return
    chosen = (st.session_state.get(name) for name in (FIRST, SECOND, session.OPEN))
    labels = saved_choices("compare", *filter(None, chosen))
    one = _stored(t("compare.first"), FIRST, labels, st.session_state.get(session.OPEN))
    sources = {name: t(f"source.{name}") for name in ("saved", "moment", "file")}
    source = st.radio(
        t("compare.source"),
        list(sources),
        format_func=sources.__getitem__,
        horizontal=True,
        key=f"compare:source:{language()}",
    )
    if source == "file":
        given = answer_upload()
        other = given.assessment if given is not None else None
    elif source == "moment":
        other = _earlier(st.session_state[FIRST]) if one is not None else None
    else:
        other = _stored(t("compare.second"), SECOND, labels, None)
    if one is None or other is None:
        return
    if source == "saved" and st.session_state[FIRST] == st.session_state[SECOND]:
        st.info(t("compare.same_one"))
        return
    of = (st.session_state[FIRST], *([st.session_state[SECOND]] if source == "saved" else []))
    _differences(compare(one, other, inference()), (one.answers, other.answers), of)


def _stored(label: str, name: str, labels: dict[str, str], default: str | None) -> Assessment | None:
    ids = list(labels)
    before = st.session_state.get(name) or default
    chosen = st.selectbox(
        label,
        ids,
        index=ids.index(before) if before in ids else None,
        format_func=labels.__getitem__,
        placeholder=t("compare.choose"),
        key=f"compare:{name}:{language()}",
    )
    st.session_state[name] = chosen
    if chosen is None:
        st.query_params.pop(name, None)
        return None
    st.query_params[name] = chosen
    try:
        return store().open(chosen).assessment
    except NotFound:  # another window deleted it
        st.warning(t("error.gone"))
        return None


def _earlier(assessment_id: str) -> Assessment | None:
    """The assessment as it was at a moment that the user chooses."""
    past = store().history(assessment_id)
    joined = past[0].number - 1 if past else 0
    before = store().as_it_was(assessment_id, joined).assessment.answers if joined else ()
    known = {str(place): one for place, one in enumerate(moments(past, before))}
    if not known:
        st.info(t("compare.no_moments"))
        return None
    labels = {name: t("compare.moment", date=moment(one.moment), count=one.answered) for name, one in known.items()}
    chosen = choose_from(unique(labels), t("compare.when"), t("compare.when_choose"), f"compare:moment:{assessment_id}")
    if chosen is None:
        return None
    then = store().as_it_was(assessment_id, known[chosen].number).assessment
    return then.model_copy(update={"title": f"{then.title} · {moment(known[chosen].moment)}"[:TITLE_LENGTH]})


def _differences(found: Comparison, answers: tuple[Answers, Answers], of: tuple[str, ...]) -> None:
    for letter, title in zip("AB", found.titles, strict=True):
        st.text(f"{letter}: {title}")
    if found.empty:
        st.info(t("compare.same"))
        return
    written_in = language()
    passed = gate("compare", *answers)
    if passed is not None:
        offer(
            passed,
            t("compare.text"),
            recorded(lambda: write_comparison(found, written_in), "compare.txt", *of),
            file_name(" ".join(found.titles), ".txt", "compare.file_name"),
            "download:comparison",
            mime="text/plain",
        )
    _agenda(found)
    st.header(t("compare.advice"), anchor=False)
    if found.lessons:
        advice_differences(found, t("compare.only_second"), t("compare.only_first"), causes=True)
    else:
        st.markdown(t("compare.advice_same"))
    st.header(t("compare.scores"), anchor=False)
    score_table([one for one in found.scores if one.of != "element"], "A", "B")
    st.header(t("compare.answers"), anchor=False)
    st.markdown(t("compare.answers_lead", count=len(found.answers)))
    with st.expander(t("compare.answers_all")):
        asked = {one.question: words(one.asked) for one in found.answers}
        for one in found.answers:
            because = "; ".join(t("compare.quoted", text=asked[name]) for name in one.because_of if name in asked)
            more = [f"- {t('compare.because', questions=because)}"] if because else []
            st.markdown("\n".join([f"**{words(one.asked)}**", "", *_both(words(one.before), words(one.after)), *more]))


def _agenda(found: Comparison) -> None:
    topics = [topic for topic in found.agenda if topic.lessons]
    st.header(t("compare.agenda"), anchor=False)
    st.markdown(t("compare.agenda_lead") if topics else t("compare.agenda_none"))
    for number, topic in enumerate(topics, start=1):
        with st.container(border=True):
            st.markdown(f"**{number}. {words(topic.asked)}**")
            st.markdown("\n".join(_both(words(topic.before), words(topic.after))))
            st.caption(_hanging(topic))


def _both(first: str, second: str) -> list[str]:
    return [f"- A: {first}", f"- B: {second}"]


def _hanging(topic: Topic) -> str:
    key = "compare.hangs_safety" if topic.critical else "compare.hangs"
    return t(key, count=len(topic.lessons), critical=topic.critical)


if __name__ == "__main__":
    show()
