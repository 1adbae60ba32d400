"""What would change the advice: per recommendation, for advice that is not given, and for another answer.

Each piece is a fragment and is only computed once the user opens it, so that the page stays quick.
"""

from collections.abc import Callable, Mapping

import streamlit as st

from assessment.change import WhatIf
from assessment.change import what_if as trials
from assessment.comparison import compare
from assessment.model import Advice, Assessment, Change, Recommendation, WhyNot
from knowledge.base import knowledge_base
from knowledge.model import Answer, Answers, Question
from knowledge.text import Text
from rules.inference import inference
from rules.memory import asked_questions
from rules.words import in_words
from ui.differences import advice_differences, score_table
from ui.recommendations import reason_lines
from ui.session import language, t
from ui.widgets import unique, words


def what_would_change(recommendation: Recommendation, answers: Answers, key: str) -> None:
    """The smallest change of answers after which each advice of this recommendation is not given."""

    def changes() -> None:
        for advised in recommendation.lessons:
            if len(recommendation.lessons) > 1:
                st.markdown(f"**{words(advised.lesson.advice)}**")
            _removing(_trials().smallest_change(answers, advised.lesson.id), answers)

    _opened(t("whatif.change"), f"{key}:change:{recommendation.card}", changes, compact=True)


def explore(assessment: Assessment, advice: Advice, key: str) -> None:
    """Two panels: why an advice is not given, and what another answer would change."""
    _opened(t("whatif.why_not"), f"{key}:whynot", lambda: _why_not(assessment.answers, advice, key))
    _opened(t("whatif.other"), f"{key}:whatif", lambda: other_answer(assessment, key))


def _trials() -> WhatIf:
    return trials(inference())


def _opened(label: str, key: str, content: Callable[[], None], compact: bool = False) -> None:
    """A fold whose content is made when it is opened, without drawing the rest of the page again."""

    @st.fragment
    def fold() -> None:
        with st.expander(label, type="compact" if compact else "default", key=key, on_change="rerun") as opened:
            if opened.open:
                content()

    fold()


def _removing(change: Change | None, answers: Answers) -> None:
    if change is None:
        st.markdown(t("whatif.always"))
    elif len(change.words) == 1:
        st.markdown(t("whatif.removes", change=_changed(change, answers)[0]))
    else:
        st.markdown("\n".join([t("whatif.removes_several"), "", *(f"- {one}" for one in _changed(change, answers))]))


def _changed(change: Change, answers: Answers) -> list[str]:
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


def _why_not(answers: Answers, advice: Advice, key: str) -> None:
    given = {one.lesson.id for recommendation in advice.recommendations for one in recommendation.lessons}
    bases = inference().base
    led_to = {rule.lesson for rule in bases.rules.values() if rule.lesson is not None}
    labels = unique(
        {
            lesson: _plain(card.title) + ": " + _plain(bases.knowledge.lessons[lesson].advice)
            for lesson, card in bases.knowledge.card_of.items()
            if lesson in led_to - given
        }
    )
    chosen = st.selectbox(
        t("whatif.why_not_label"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=t("whatif.search"),
        key=f"{key}:whynot:{language()}",
    )
    if chosen is not None:
        st.markdown(f"**{words(bases.knowledge.lessons[chosen].advice)}**")
        _explained(_trials().why_not(answers, chosen), answers)


def _explained(why: WhyNot, answers: Answers) -> None:
    if why.because is None:
        st.markdown(t("whatif.nearest", rule=words(why.says)))
        st.markdown(t("whatif.undecided"))
    else:
        st.markdown(t("whatif.ruled_out"))
        st.markdown("\n".join(reason_lines(why.because)))
    if why.change is None:
        st.markdown(t("whatif.never"))
    else:
        brought = [f"- {one}" for one in _changed(why.change, answers)]
        st.markdown("\n".join([t("whatif.brings"), "", *brought]))


def other_answer(
    assessment: Assessment, key: str, show: Callable[[Assessment, Assessment], None] | None = None
) -> None:
    """Let the user try another answer; `show` draws what it does, else the differences in advice and scores."""
    st.markdown(t("whatif.other_lead"))
    questions = knowledge_base().questions
    asked = asked_questions(assessment.answers, questions)
    labels = unique({question.id: _plain(question.text) for question in asked})
    chosen = st.selectbox(
        t("whatif.question"),
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=t("whatif.search_question"),
        key=f"{key}:question:{language()}",
    )
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
    return {repr(one): one for one in _trials().alternatives(question, now)}


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
