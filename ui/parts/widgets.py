"""Parts of a page that several pages, or one page many times, show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import streamlit as st
from babel.dates import format_datetime

from knowledge.acts import CHAPTER, DONE, NONE
from knowledge.answering import as_answer
from knowledge.base import knowledge_base
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answer, Citation, Question
from knowledge.text import Text
from rules.words import SPECIAL
from ui import navigation
from ui.visit.session import language, must_show_stored, t
from ui.words import escaped


def words(text: Text) -> str:
    """A text of the knowledge base in the language of the screen, safe to place between markup."""
    return escaped(text.in_(language()))


def places(citations: Iterable[Citation]) -> str:
    """Where something is written: each publication once, with its link and the headings there, as markup."""
    headings: dict[str, list[str]] = {}
    for citation in citations:
        headings.setdefault(citation.source, []).append(" › ".join(map(escaped, citation.at.split(" > "))))
    sources = knowledge_base().sources
    return "; ".join(
        f"[{words(sources[source].title)}]({sources[source].url}): {', '.join(dict.fromkeys(some))}"
        for source, some in headings.items()
    )


def choices(question: Question) -> list[str]:
    """Everything that can be chosen at a question, the special answers last."""
    special = [UNKNOWN, *([NOT_APPLICABLE] if question.not_applicable else [])]
    return [*(option.id for option in question.options), *special]


def choice_label(question: Question, choice: str) -> str:
    """The words of a choice."""
    option = question.option(choice)
    return words(option.label if option is not None else SPECIAL[choice])


def after_ticking(question: Question, ticked: frozenset[str], before: frozenset[str]) -> frozenset[str]:
    """What is chosen after ticking: a choice that stands alone drives out the others, and they drive it out."""
    alone = {UNKNOWN, NOT_APPLICABLE} | {option.id for option in question.options if option.exclusive}
    added = ticked - before
    if added & alone:
        return frozenset([next(choice for choice in choices(question) if choice in added & alone)])
    return ticked - alone if added else ticked


@dataclass(frozen=True)
class Given:
    """The answer that a user gave; `redraw` where the widgets do not show it by themselves."""

    answer: Answer | None
    redraw: bool = False


def ask(question: Question, stored: Answer | None, key: str, disabled: bool = False) -> Given:
    """Draw the question with its stored answer; returns what the user gave. `key` tells assessments apart.

    What is `disabled` can be read and not changed.
    """
    key = f"{key}:{question.id}:{language()}"
    reset = must_show_stored(question.id)
    if question.kind == "one":
        return _ask_one(question, stored, key, reset, disabled)
    with st.container(key=f"group:{key}", gap="xsmall"):
        if question.chapter == CHAPTER:
            return _ask_acts(question, stored, key, reset, disabled)
        if question.kind == "several":
            return _ask_several(question, stored, key, reset, disabled)
        return _ask_number(question, stored, key, reset, disabled)


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
    )
    return Given(chosen)


def _ask_several(question: Question, stored: Answer | None, key: str, reset: bool, disabled: bool) -> Given:
    before = frozenset([stored] if isinstance(stored, str) else stored if isinstance(stored, tuple) else ())
    st.markdown(f"**{words(question.text)}**")
    st.caption(t("questions.several"))
    ticked = _tick(question, before, key, reset, disabled)
    chosen = after_ticking(question, ticked, before)
    special = next(iter(chosen & {UNKNOWN, NOT_APPLICABLE}), None)
    answer = special or (as_answer(question, sorted(chosen)) if chosen else None)
    return Given(answer, redraw=chosen != ticked)


def _ask_acts(question: Question, stored: Answer | None, key: str, reset: bool, disabled: bool) -> Given:
    """One list of acts, each not planned, planned or done; what is not ticked is neither."""
    before = frozenset(stored if isinstance(stored, tuple) else ())
    st.markdown(f"**{words(question.text)}**")
    st.caption(t("questions.acts"))
    picked = []
    for option in question.options:
        if option.exclusive or option.id.endswith(DONE):
            continue
        done = f"{option.id}{DONE}"
        states = {NONE: t("questions.act_no"), option.id: t("questions.act_planned"), done: t("questions.act_done")}
        if question.option(done) is None:
            states = {NONE: t("questions.act_no"), option.id: t("questions.act_so")}
        now = next((state for state in states if state in before), NONE)
        box = f"{key}:{option.id}"
        if reset:
            st.session_state[box] = now
        picked.append(
            st.radio(
                words(option.label),
                list(states),
                index=list(states).index(now),
                format_func=states.__getitem__,
                key=box,
                horizontal=True,
                disabled=disabled,
            )
        )
    chosen = [state for state in picked if state not in (NONE, None)]
    if chosen:
        return Given(as_answer(question, chosen))
    if stored is not None:
        return Given((NONE,) if isinstance(stored, tuple) else stored)
    none = st.button(t("questions.act_none"), key=f"{key}:{NONE}", disabled=disabled)
    return Given((NONE,) if none else None, redraw=none)


def _ask_number(question: Question, stored: Answer | None, key: str, reset: bool, disabled: bool) -> Given:
    number = question.number
    assert number is not None
    limits = {"low": number.minimum, "high": number.maximum}
    if reset:
        st.session_state[key] = stored if isinstance(stored, int) else None
    typed = st.number_input(
        t("questions.number_label", question=words(question.text), unit=words(number.unit)),
        value=stored if isinstance(stored, int) else None,
        step=1,
        key=key,
        placeholder=t("questions.number_hint", **limits),
        disabled=disabled,
    )
    before = frozenset([stored] if isinstance(stored, str) else ())
    ticked = _tick(question, before, key, reset, disabled)
    if ticked - before:
        return Given(next(iter(ticked - before)), redraw=typed is not None or len(ticked) > 1)
    if typed is None or typed == stored:
        return Given(next(iter(ticked), None) if typed is None else typed)
    if number.minimum <= typed <= number.maximum:
        return Given(typed, redraw=bool(ticked))
    st.error(t("questions.number_wrong", **limits))
    return Given(stored)


def _tick(question: Question, before: frozenset[str], key: str, reset: bool, disabled: bool) -> frozenset[str]:
    ticked = set()
    for choice in choices(question):
        box = f"{key}:{choice}"
        if reset:
            st.session_state[box] = choice in before
        if st.checkbox(choice_label(question, choice), value=choice in before, key=box, disabled=disabled):
            ticked.add(choice)
    return frozenset(ticked)


def no_assessment() -> None:
    """Say that no assessment is open, and lead to the start."""
    st.info(t("questions.none"))
    st.page_link(navigation.page("start"), label=t("questions.to_start"), icon=":material/home:")


def moment(when: datetime) -> str:
    """Date and time as people write them."""
    return format_datetime(when.astimezone(), "d MMMM y H:mm", locale=language())


def unique(labels: Mapping[str, str]) -> dict[str, str]:
    """Labels that all differ, since the browser sends back the label of a choice."""
    seen: dict[str, int] = {}
    found = {}
    for name, label in labels.items():
        seen[label] = seen.get(label, 0) + 1
        found[name] = label if seen[label] == 1 else f"{label} ({seen[label]})"
    return found
