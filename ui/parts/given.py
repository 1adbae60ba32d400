"""What a user gave at a question, from what stands in its widgets; and saving it before anything else happens.

A tap on a button right after typing brings the text and the tap in one run, and the button may move the page before its
widgets are drawn. So each widget saves in its own callback; drawing then saves only what a browser sends again.
"""

from collections.abc import Collection
from dataclasses import dataclass

import streamlit as st

from knowledge.acts import CHAPTER, DONE, NONE
from knowledge.answering import as_answer
from knowledge.base import knowledge_base
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Answer, Option, Question
from ui.visit import session


@dataclass(frozen=True)
class Given:
    """The answer that a user gave; `redraw` where the widgets do not show it by themselves."""

    answer: Answer | None
    redraw: bool = False


def choices(question: Question) -> list[str]:
    """Everything that can be chosen at a question, the special answers last."""
    special = [UNKNOWN, *([NOT_APPLICABLE] if question.not_applicable else [])]
    return [*(option.id for option in question.options), *special]


def standing_alone(question: Question) -> frozenset[str]:
    """The choices that are the whole answer by themselves."""
    return frozenset({UNKNOWN, NOT_APPLICABLE} | {option.id for option in question.options if option.exclusive})


def after_ticking(question: Question, ticked: frozenset[str], before: frozenset[str]) -> frozenset[str]:
    """What is chosen after ticking: a choice that stands alone drives out the others, and they drive it out."""
    alone, added = standing_alone(question), ticked - before
    if added & alone:
        return frozenset([next(choice for choice in choices(question) if choice in added & alone)])
    return ticked - alone if added else ticked


def before_ticking(stored: Answer | None) -> frozenset[str]:
    """What was ticked, as the store has it."""
    return frozenset([stored] if isinstance(stored, str) else stored if isinstance(stored, tuple) else ())


def several(question: Question, stored: Answer | None, ticked: frozenset[str]) -> Given:
    """What is given by these boxes."""
    chosen = after_ticking(question, ticked, before_ticking(stored))
    special = next(iter(chosen & {UNKNOWN, NOT_APPLICABLE}), None)
    answer = special or (as_answer(question, sorted(chosen)) if chosen else None)
    return Given(answer, redraw=chosen != ticked)


def rows(question: Question, stored: Answer | None) -> list[Option]:
    """The acts of a list, each once; what says another row more exactly only where one of the two was ticked."""
    ticked = {one.removesuffix(DONE) for one in before_ticking(stored)}
    return [
        option
        for option in question.options
        if not option.exclusive
        and not option.id.endswith(DONE)
        and (option.under is None or ticked & {option.id, option.under})
    ]


def acts(question: Question, stored: Answer | None, picked: Collection[str | None]) -> Given:
    """What is given by the state of each row; what is not picked is neither planned nor done."""
    chosen = [state for state in picked if state not in (NONE, None)]
    if chosen:
        return Given(as_answer(question, chosen))
    return Given((NONE,) if isinstance(stored, tuple) else stored)


def number(question: Question, stored: Answer | None, typed: int | None, ticked: frozenset[str]) -> Given | None:
    """What is given by the number and the boxes beside it; None for a number out of its range."""
    assert question.number is not None
    before = frozenset([stored] if isinstance(stored, str) else ())
    if ticked - before:
        return Given(next(iter(ticked - before)), redraw=typed is not None or len(ticked) > 1)
    if typed is None or typed == stored:
        return Given(next(iter(ticked), None) if typed is None else typed)
    if question.number.minimum <= typed <= question.number.maximum:
        return Given(typed, redraw=bool(ticked))
    return None


def save_given(question: Question, key: str) -> None:
    """Save what stands in the widgets of this question, in the callback of one of them."""
    stored = session.current(fresh=False)
    if stored is None or stored.read_only:
        return
    answer = session.usable(stored.assessment, knowledge_base()).answers.get(question.id)
    given = _in_widgets(question, answer, key)
    if given is not None and given.answer != answer:
        session.save_answer(question, given.answer, drawing=False)
        if given.redraw:
            session.show_stored([question.id])


def is_refused(question: Question, key: str) -> bool:
    """Whether a number stands in the field that is out of its range, and so is not saved."""
    return question.kind == "number" and key in st.session_state and _in_widgets(question, None, key) is None


def _in_widgets(question: Question, stored: Answer | None, key: str) -> Given | None:
    state = st.session_state
    if question.kind == "one":
        return Given(state[key]) if key in state else None
    if question.chapter == CHAPTER:
        return acts(question, stored, [state.get(f"{key}:{option.id}") for option in rows(question, stored)])
    before = before_ticking(stored)  # in the scan a button and no box holds what stands alone
    ticked = frozenset(one for one in choices(question) if state.get(f"{key}:{one}", one in before) is True)
    if question.kind == "several":
        return several(question, stored, ticked)
    return number(question, stored, state.get(key), ticked)
