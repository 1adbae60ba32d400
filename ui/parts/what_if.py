"""What would change the advice: per recommendation, and for another answer.

Each piece is a fragment and is only computed once the user opens it, so that the page stays quick.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from assessment.changes.comparison import compare
from assessment.changes.model import Change
from assessment.changes.smallest_change import WhatIf
from assessment.changes.smallest_change import what_if as trials
from assessment.model import Assessment, Recommendation
from knowledge.base import knowledge_base
from knowledge.model import Answer, Answers, Question
from knowledge.text import Text
from rules.engine.inference import inference
from rules.engine.memory import asked_questions
from rules.words import in_words
from ui.parts.differences import advice_differences, score_table
from ui.parts.widgets import choose_from, unique, words
from ui.visit.session import language, t


def what_would_change(recommendation: Recommendation, answers: Answers) -> None:
    """The smallest change of answers after which each advice of this recommendation is not given."""
    for advised in recommendation.lessons:
        if len(recommendation.lessons) > 1:
            st.markdown(f"**{words(advised.lesson.advice)}**")
        with st.spinner(t("whatif.busy")):
            change = _smallest_change(answers, advised.lesson.id, inference().base.version)
        _removing(change, answers)


@st.cache_data(max_entries=2000, show_spinner=False)
def _smallest_change(answers: Answers, lesson: str, version: str) -> Change | None:
    """Remembered, since a fold that stays open is drawn again with the page; `version` is that of the rules."""
    return trial_runs().smallest_change(answers, lesson)


def other_answer_panel(assessment: Assessment, key: str) -> None:
    """The panel in which another answer is tried, and what it would change."""
    folds([Fold(t("whatif.other"), f"{key}:whatif", lambda: other_answer(assessment, key))])


def trial_runs() -> WhatIf:
    """What computes changes, over the rules of the product."""
    return trials(inference())


@dataclass(frozen=True)
class Fold:
    """A fold, and what draws its content."""

    label: str
    key: str
    content: Callable[[], None]


def folds(some: Sequence[Fold], compact: bool = False) -> None:
    """Folds whose content is made when they are opened, without drawing the rest of the page again.

    They share one fragment, since every fragment costs time.
    """

    @st.fragment
    def draw() -> None:
        for one in some:
            with st.expander(
                one.label, type="compact" if compact else "default", key=one.key, on_change="rerun"
            ) as opened:
                if opened.open:
                    one.content()

    draw()


def _removing(change: Change | None, answers: Answers) -> None:
    if change is None:
        st.markdown(t("whatif.always"))
    elif len(change.words) == 1:
        st.markdown(t("whatif.removes", change=changed_answers(change, answers)[0]))
    else:
        st.markdown(
            "\n".join([t("whatif.removes_several"), "", *(f"- {one}" for one in changed_answers(change, answers))])
        )


def changed_answers(change: Change, answers: Answers) -> list[str]:
    """Each changed answer in words; of several choices only what is added and dropped."""
    found = []
    for one, before in zip(change.words, change.instead_of, strict=True):
        question = knowledge_base().questions[one.question]
        old, new = answers.get(question.id), change.answers[question.id]
        if isinstance(old, tuple) and isinstance(new, tuple):
            found.append(
                t("whatif.choices", question=words(one.asked), change=", ".join(_choices(question, set(old), set(new))))
            )
        else:
            values = {"question": words(one.asked), "before": words(before), "after": words(one.answer)}
            found.append(t("whatif.answer", **values))
    return found


def _choices(question: Question, old: set[str], new: set[str]) -> list[str]:
    labels = {option.id: words(option.label) for option in question.options}
    dropped = [t("whatif.without", choice=label) for one, label in labels.items() if one in old - new]
    return [*dropped, *(t("whatif.also", choice=label) for one, label in labels.items() if one in new - old)]


def other_answer(
    assessment: Assessment, key: str, show: Callable[[Assessment, Assessment], None] | None = None
) -> None:
    """Let the user try another answer; `show` draws what it does, else the differences in advice and scores."""
    st.markdown(t("whatif.other_lead"))
    questions = knowledge_base().questions
    asked = asked_questions(assessment.answers, questions)
    labels = unique({question.id: _plain(question.text) for question in asked})
    chosen = choose_from(labels, t("whatif.question"), t("whatif.search_question"), f"{key}:question")
    if chosen is None:
        return
    question, now = questions[chosen], assessment.answers.get(chosen)
    given = words(in_words(question, now)) if now is not None else t("whatif.open")
    st.markdown(t("whatif.now", answer=given))
    others = _other_answers(question, now)
    differences = {name: _difference(question, now, other) for name, other in others.items()}
    other = st.radio(
        t("whatif.instead"),
        list(others),
        index=None,
        format_func=differences.__getitem__,
        key=f"{key}:other:{chosen}:{language()}",
    )
    if other is not None:
        (show or consequences)(
            assessment, assessment.model_copy(update={"answers": {**assessment.answers, chosen: others[other]}})
        )


def _other_answers(question: Question, now: Answer | None) -> Mapping[str, Answer]:
    """The other answers by an id of each."""
    return {repr(one): one for one in trial_runs().alternatives(question, now)}


def _difference(question: Question, now: Answer | None, other: Answer) -> str:
    if isinstance(now, tuple) and isinstance(other, tuple):
        alone = any(option.exclusive for option in question.options if option.id in other)
        if not alone:
            return ", ".join(_choices(question, set(now), set(other)))
    return words(in_words(question, other))


def consequences(now: Assessment, then: Assessment) -> None:
    """The advice and the scores that another answer changes."""
    comparison = compare(now, then, inference())
    scores = [one for one in comparison.scores if one.of != "element" and one.before != one.after]
    if not comparison.lessons and not scores:
        st.markdown(t("whatif.same"))
        return
    advice_differences(comparison, t("whatif.appears"), t("whatif.vanishes"), causes=False)
    if scores:
        st.markdown(t("whatif.scores"))
        score_table(scores, t("whatif.score_now"), t("whatif.score_then"))
    st.caption(t("whatif.not_saved"))


def _plain(text: Text) -> str:
    return text.in_(language())
