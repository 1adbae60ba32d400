"""Parts of a page that several pages, or one page many times, show."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import nullcontext
from datetime import datetime
from typing import Any, TypeVar

import streamlit as st
from babel.dates import format_datetime

from assessment.model import ActVerdict
from knowledge.acts import CHAPTER, DONE, NONE
from knowledge.answering import as_answer
from knowledge.model import Answer, Option, Question
from knowledge.text import Text
from rules.words import SPECIAL
from ui import navigation
from ui.parts.given import Given, acts, before_ticking, choices, number, rows, save_given, several, standing_alone
from ui.parts.markup import draw, say, tag, verdict_chip
from ui.visit.session import language, must_show_stored, t
from ui.visit.unsaved import keep
from ui.words import escaped


def words(text: Text) -> str:
    """A text of the knowledge base in the language of the screen, safe to place between markup."""
    return escaped(text.in_(language()))


def link_out(title: str, url: str) -> str:
    """A link to elsewhere as markup; it says that it opens beside this page."""
    return f"[{t('look.new_tab', title=title)}]({url})"


def choice_label(question: Question, choice: str) -> str:
    """The words of a choice."""
    option = question.option(choice)
    return words(option.label if option is not None else SPECIAL[choice])


Choose = Callable[[Answer], None]
"""Saves an answer that is given with one click, and goes on."""


def ask(
    question: Question,
    stored: Answer | None,
    key: str,
    disabled: bool = False,
    choose: Choose | None = None,
    told: Mapping[str, ActVerdict] = {},
) -> Given:
    """Draw the question with its stored answer; returns what the user gave. `key` tells assessments apart.

    What is `disabled` can be read and not changed. With `choose` the question stands alone on its page under its own
    title, and one click answers it. `told` are verdicts on acts, by the id of the act.
    """
    key = f"{key}:{question.id}:{language()}"
    reset = must_show_stored(question.id)
    if question.kind == "one" and choose is None:
        return _ask_one(question, stored, key, reset, disabled)
    with st.container(key=f"group:{key}", gap="xsmall"):
        if choose is None:
            st.markdown(f"**{words(question.text)}**")
        else:
            draw(tag("p", say(question.text), cls="unseen"))  # the name of the group for who does not see the title
        if question.kind == "one" and choose is not None:
            _choose_one(question, choices(question), stored, key, disabled, choose)
            return Given(stored)
        if question.chapter == CHAPTER:
            return _ask_acts(question, stored, key, reset, disabled, choose, told)
        if question.kind == "several":
            return _ask_several(question, stored, key, reset, disabled, choose)
        return _ask_number(question, stored, key, reset, disabled, choose)


def _choose_one(
    question: Question, some: Iterable[str], stored: Answer | None, key: str, disabled: bool, choose: Choose
) -> None:
    """The answers as buttons: one click answers and goes on, without a choice that moves with the arrow keys."""
    with st.container(key=f"answers:{key}", gap="xsmall"):
        for choice in some:
            label = choice_label(question, choice)
            given = choice in before_ticking(stored)
            st.button(
                t("questions.chosen", label=label) if given else label,
                key=f"{key}:choose:{choice}",
                type="primary" if given else "secondary",
                width="stretch",
                disabled=disabled,
                on_click=choose,
                args=(as_answer(question, [choice]) if question.kind == "several" else choice,),
            )


def _ask_one(question: Question, stored: Answer | None, key: str, reset: bool, disabled: bool) -> Given:
    labels = {choice: choice_label(question, choice) for choice in choices(question)}
    options = list(labels)
    if reset:
        st.session_state[key] = stored
    chosen = st.radio(
        words(question.text),
        options,
        index=options.index(stored) if isinstance(stored, str) and stored in options else None,
        format_func=labels.__getitem__,
        key=key,
        disabled=disabled,
        on_change=save_given,
        args=(question, key),
    )
    return Given(chosen)


def _ask_several(
    question: Question, stored: Answer | None, key: str, reset: bool, disabled: bool, choose: Choose | None
) -> Given:
    st.caption(t("questions.several"))
    return several(question, stored, _tick(question, stored, key, reset, disabled, choose))


def _ask_acts(
    question: Question,
    stored: Answer | None,
    key: str,
    reset: bool,
    disabled: bool,
    choose: Choose | None,
    told: Mapping[str, ActVerdict],
) -> Given:
    """One list of acts, each not planned, planned or done; what is not ticked is neither."""
    before = before_ticking(stored)
    st.caption(t("questions.acts"))
    with st.container(key=f"acts:{key}", gap=None):
        picked = [
            _ask_act(question, row, before, key, reset, disabled, told.get(row.id)) for row in rows(question, stored)
        ]
    given = acts(question, stored, picked)
    if given.answer is not None:
        return given
    with_one_click: dict[str, Any] = {"on_click": choose, "args": ((NONE,),)} if choose is not None else {}
    none = st.button(t("questions.act_none"), key=f"{key}:{NONE}", disabled=disabled, **with_one_click)
    return Given((NONE,) if none and choose is None else None, redraw=none)


def _ask_act(
    question: Question,
    act: Option,
    before: frozenset[str],
    key: str,
    reset: bool,
    disabled: bool,
    told: ActVerdict | None,
) -> str:
    """One row of the list: the act and its states; below it what to do instead, if anything."""
    done = f"{act.id}{DONE}"
    states = {NONE: t("questions.act_no"), act.id: t("questions.act_planned"), done: t("questions.act_done")}
    if question.option(done) is None:
        states = {NONE: t("questions.act_no"), act.id: t("questions.act_so")}
    now, box = next((state for state in states if state in before), NONE), f"{key}:{act.id}"
    if reset:
        st.session_state[box] = now
    with st.container(key=f"under:{box}", gap=None) if act.under else nullcontext():
        picked = st.radio(
            words(act.label),
            list(states),
            index=list(states).index(now),
            format_func=states.__getitem__,
            key=box,
            horizontal=True,
            disabled=disabled,
            on_change=save_given,
            args=(question, key),
        )
    if told is not None:
        tell(told)
    return picked or NONE


def tell(verdict: ActVerdict) -> None:
    """Say at once what an answer means: for the safety of people, or what to do instead."""
    if verdict.tier == 1:
        instead = tag("b", say(verdict.instead)) if verdict.instead is not None else None
        draw(tag("p", t("questions.danger"), " ", say(verdict.because), " ", instead, cls="warning", role="status"))
    elif verdict.instead is not None:
        draw(tag("p", verdict_chip(verdict), " ", say(verdict.instead), cls="hint", role="status"))


def _ask_number(
    question: Question, stored: Answer | None, key: str, reset: bool, disabled: bool, choose: Choose | None
) -> Given:
    asked = question.number
    assert asked is not None
    limits = {"low": asked.minimum, "high": asked.maximum}
    if reset:
        st.session_state[key] = stored if isinstance(stored, int) else None
    typed = st.number_input(
        t("questions.number_label", unit=words(asked.unit), **limits),
        value=stored if isinstance(stored, int) else None,
        step=1,
        key=key,
        placeholder=t("questions.number_hint", **limits),
        disabled=disabled,
        on_change=save_given,
        args=(question, key),
    )
    given = number(question, stored, typed, _tick(question, stored, key, reset, disabled, choose))
    if given is None:
        wrong(key, t("questions.number_wrong", **limits))
    return given or Given(stored)


def _tick(
    question: Question, stored: Answer | None, key: str, reset: bool, disabled: bool, choose: Choose | None
) -> frozenset[str]:
    """What is ticked. With `choose`, one click is enough for what is the whole answer by itself."""
    before = before_ticking(stored)
    alone = standing_alone(question) if choose is not None else frozenset()
    ticked = set(before & alone)
    for choice in [one for one in choices(question) if one not in alone]:
        box = f"{key}:{choice}"
        if reset:
            st.session_state[box] = choice in before
        if st.checkbox(
            choice_label(question, choice),
            value=choice in before,
            key=box,
            disabled=disabled,
            on_change=save_given,
            args=(question, key),
        ):
            ticked.add(choice)
    if choose is not None:
        some = [one for one in choices(question) if one in alone]
        _choose_one(question, some, stored, key, disabled, choose)
    return frozenset(ticked)


def no_assessment() -> None:
    """Say that no assessment is open, and lead to the start."""
    st.info(t("questions.none"))
    st.page_link(navigation.page("start"), label=t("questions.to_start"), icon=":material/home:")


def to_questions() -> None:
    """Lead to what must be answered first."""
    with st.container(horizontal=True):
        for key, name, label in (("door:first", "scan", "to_scan"), ("door:questions", "questions", "more_questions")):
            with st.container(key=key, width="content"):
                st.page_link(navigation.page(name), label=t(f"advice.{label}"))


def moment(when: datetime) -> str:
    """Date and time as people write them."""
    return format_datetime(when.astimezone(), "d MMMM y H:mm", locale=language())


def wrong(key: str, said: str) -> None:
    """An error, tied to the field with this key by the script in the page; what stands in it stays there."""
    keep(key)
    with st.container(key=f"error-for:{key}"):
        st.error(said)


FOUND_BY = 500


def find(label: str, key: str, before: str = "", **options: Any) -> str:
    """What to look for: the beginning of what is typed, as a browser would drop a text that is too long as a whole."""
    return (st.text_input(label, before, key=key, **options) or "")[:FOUND_BY].strip()


def unique(labels: Mapping[str, str]) -> dict[str, str]:
    """Labels that all differ, since the browser sends back the label of a choice."""
    seen: dict[str, int] = {}
    found = {}
    for name, label in labels.items():
        seen[label] = seen.get(label, 0) + 1
        found[name] = label if seen[label] == 1 else f"{label} ({seen[label]})"
    return found


K = TypeVar("K")


def choose_from(labels: Mapping[K, str], label: str, hint: str, key: str, explained: str | None = None) -> K | None:
    """What is chosen from these labels, None while nothing is; `hint` stands there until then."""
    return st.selectbox(
        label,
        list(labels),
        index=None,
        format_func=labels.__getitem__,
        placeholder=hint,
        help=explained,
        key=f"{key}:{language()}",
    )
