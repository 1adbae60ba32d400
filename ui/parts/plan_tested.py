"""The plan, tested, on the screen: whether each occasion can go on, each verdict as a line, and the cards."""

from collections.abc import Callable, Sequence

import streamlit as st

from assessment.checklists import MOST_CARDS
from assessment.model import ActVerdict, Advice, AnswerInWords, Checklist, Recommendation
from ui.parts.recommendations import reason_lines
from ui.parts.widgets import places, words
from ui.visit.session import t

MOST_LINES = 5  # so many verdicts are open to read at once

More = Callable[[Recommendation], None]


def conclusion(advice: Advice) -> None:
    """What comes first: a line per occasion, at most five verdicts, the others named, and what is good."""
    st.header(t("advice.plan_tested"), anchor=False)
    for each in advice.occasions:
        st.markdown(f"**{words(each.title)}:** {t('occasion.' + each.verdict.replace('-', '_'))}")
    asking = [one for one in advice.verdicts if one.asks]
    if not asking:
        st.success(t("advice.plan_fine"))
    danger = [one for one in asking[:MOST_LINES] if one.tier == 1]
    if danger:
        with st.container(key="safety"):
            st.markdown(f"**{t('advice.safety_lead')}**")
            for one in danger:
                line(one)
    for one in asking[len(danger) : MOST_LINES]:
        line(one)
    if asking[MOST_LINES:]:
        with st.expander(t("advice.more_lines", count=len(asking) - MOST_LINES)):
            st.markdown("\n".join(f"- {_short(one)}" for one in asking[MOST_LINES:]))
    if advice.keep:
        st.markdown(f"**{t('advice.keep')}** {' '.join(dict.fromkeys(words(one.label) for one in advice.keep))}")


def line(one: ActVerdict) -> None:
    """A verdict with what to do."""
    st.markdown(f"{_short(one)}  \n{words(one.instead) if one.instead else ''}")


def _short(one: ActVerdict) -> str:
    return f"**{t('verdict.' + one.verdict.replace('-', '_'))}** · {words(one.label)}"


def cards(advice: Advice, end: More) -> None:
    """The checklists of the first page, and the titles of the others."""
    if not advice.checklists:
        return
    st.header(t("advice.cards"), anchor=False)
    verdicts = {one.act: one for one in advice.verdicts}
    advised = {one.card: one for one in advice.recommendations}
    for one in advice.checklists[:MOST_CARDS]:
        with st.expander(f"{words(one.title)} · {_standing(one)}", key=f"checklist:{one.card}"):
            _card(one, verdicts, advised, end)
    later = advice.checklists[MOST_CARDS:]
    if later:
        st.caption(t("advice.later", cards=" · ".join(words(one.title) for one in later)))


def _standing(one: Checklist) -> str:
    parts = [t("advice.to_do", count=len(one.verdicts) + len(one.recommendations))]
    if one.unknown:
        parts.append(t("advice.not_known", count=len(one.unknown)))
    return ", ".join(parts)


def _card(one: Checklist, verdicts: dict[str, ActVerdict], advised: dict[str, Recommendation], end: More) -> None:
    for act in one.verdicts:
        _verdict(verdicts[act])
    for card in one.recommendations:
        recommendation = advised[card]
        lesson = recommendation.lessons[0].lesson
        st.markdown(f"**{words(recommendation.title)}**  \n{words(lesson.advice)}")
        st.caption(t("advice.source", place=places(lesson.sources), basis=t(f"basis.{lesson.basis}")))
        end(recommendation)
    for key, answers in (("missing", one.missing), ("unknown", one.unknown), ("arranged", one.arranged)):
        _answers(key, answers)


def _verdict(one: ActVerdict) -> None:
    said = [_short(one), words(one.because)]
    said += [words(one.instead)] if one.instead else []
    said += [t("advice.say", words=words(one.say))] if one.say else []
    said += [t("advice.do_not_say", words=words(one.do_not_say))] if one.do_not_say else []
    st.markdown("  \n".join(said))
    with st.expander(t("advice.why"), type="compact"):
        st.markdown("\n".join(reason_lines(one.reason)))
        st.caption(t("advice.source", place=places(one.sources), basis=t(f"basis.{one.basis}")))


def _answers(key: str, answers: Sequence[AnswerInWords]) -> None:
    if answers:
        told = "; ".join(f"{words(one.asked)} {words(one.answer)}" for one in answers)
        st.markdown(f"**{t('advice.' + key)}** {told}")
