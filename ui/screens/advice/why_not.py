"""Why an advice is not given: any lesson can be looked up by words, with typing errors forgiven."""

import streamlit as st

from assessment.changes.model import WhyNot
from assessment.model import Advice, AdvisedLesson
from knowledge.base import knowledge_base
from knowledge.model import Answers
from rules.catalogue.entries import key_of
from rules.engine.inference import inference
from ui.parts.knowledge_links import index
from ui.parts.reason_markup import reason_lines
from ui.parts.what_if import Fold, changed_answers, folds, trial_runs
from ui.parts.widgets import find, unique, words
from ui.visit.session import language, t

MOST = 8  # so many are offered to choose from


def why_not(answers: Answers, advice: Advice, key: str) -> None:
    """The panel in which a lesson is looked up and explained."""
    folds([Fold(t("whatif.why_not"), f"{key}:whynot", lambda: _look_up(answers, advice, key))])


def _look_up(answers: Answers, advice: Advice, key: str) -> None:
    typed = find(t("whatif.why_not_label"), f"{key}:find:{language()}", placeholder=t("whatif.search"))
    if not typed:
        return
    found = _lessons(typed)
    if not found:
        st.markdown(t("knowledge.none"))
        return
    known = knowledge_base()
    labels = unique({one: f"{words(known.card_of[one].title)}: {words(known.lessons[one].advice)}" for one in found})
    chosen = st.radio(
        t("whatif.which"), found, index=None, format_func=labels.__getitem__, key=f"{key}:lesson:{typed}:{language()}"
    )
    if chosen is None:
        return
    given = {one.lesson.id: one for card in advice.recommendations for one in card.lessons}
    if chosen in given:
        _given(given[chosen])
    elif any(rule.lesson == chosen for rule in inference().base.rules.values()):
        _explained(trial_runs().why_not(answers, chosen), answers)


def _lessons(typed: str) -> list[str]:
    base = inference().base
    keys = (key_of(hit.entry.key, base) for hit in index(language()).find(typed))
    return [key.id for key in keys if key is not None and key.kind == "lesson"][:MOST]


def _given(advised: AdvisedLesson) -> None:
    st.markdown(t("whatif.given"))
    st.markdown(reason_lines(advised.reasons))


def _explained(why: WhyNot, answers: Answers) -> None:
    if why.because is None:
        st.markdown(t("whatif.nearest", rule=words(why.says)))
        st.markdown(t("whatif.undecided"))
    else:
        st.markdown(t("whatif.ruled_out"))
        st.markdown(reason_lines([why.because]))
    if why.change is None:
        st.markdown(t("whatif.never"))
    else:
        brought = [f"- {one}" for one in changed_answers(why.change, answers)]
        st.markdown("\n".join([t("whatif.brings"), "", *brought]))
