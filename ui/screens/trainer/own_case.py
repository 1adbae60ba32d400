"""A trainer's own case: typed in a form on a saved assessment, without what leads to people, or opened from a file."""

from collections.abc import Callable

import streamlit as st

from assessment.anonymity.traces import traces
from assessment.answers.files import AnswerFileError
from assessment.dossier import dossier
from assessment.store import TITLE_LENGTH, NotFound
from assessment.training.own_cases import read_case, write_case
from assessment.training.typed_case import LONGEST, Incomplete, TypedCase, TypedStep, TypedVote, case_from
from knowledge.base import knowledge_base
from knowledge.model import Scenario
from rules.engine.inference import inference
from ui.parts.gate import gate, offer
from ui.parts.saved_choices import saved_choices
from ui.parts.typed import typed
from ui.screens.trainer.training import own_cases
from ui.visit import session
from ui.visit.session import language, store, t, usable
from ui.visit.unsaved import TYPED
from ui.words import escaped

FEWEST, MOST, USUAL = 1, 8, 3
"""How many steps a story can have in the form, and how many it begins with."""
CHOICES = 3
TOLD = ("decided", "happened", "teaching")
_MADE = "made_case"
_FOUND = "owncase:found"


def make_a_case(begin: Callable[[str], None]) -> None:
    """A form that makes a case on an assessment; the case is kept here, can be begun at once, and downloaded."""
    with st.expander(t("owncase.make")):
        if not store().count():
            st.markdown(t("owncase.no_assessment"))
            return
        st.markdown(t("owncase.make_lead"))
        labels = saved_choices("owncase")
        chosen = st.selectbox(
            t("owncase.from"),
            list(labels),
            index=None,
            format_func=labels.__getitem__,
            placeholder=t("compare.choose"),
            key=f"{TYPED}owncase:from",
        )
        count = _number("owncase.steps", "owncase:steps", FEWEST, MOST, USUAL)
        case = _typed(count)
        found: list[str] | None = st.session_state.get(_FOUND)
        if found is not None:  # what is shown to a room is always read first, also where nothing was found
            told = t("owncase.found", words=escaped(", ".join(found))) if found else t("owncase.read")
            st.warning(told)
        sure = found is not None and st.checkbox(t("owncase.sure"), key="owncase:sure")
        if st.button(t("owncase.submit"), type="primary"):
            _make(chosen, case, sure)
        made: Scenario | None = st.session_state.get(_MADE)
        if made is not None:
            st.success(t("owncase.made"))
            st.button(t("trainer.begin"), key="owncase:begin", on_click=begin, args=(made.id,))
            passed = gate("owncase", made.answers)
            if passed is not None:
                offer(
                    passed,
                    t("owncase.download"),
                    write_case(made),
                    f"{made.id}.yaml",
                    "owncase:download",
                    mime="application/yaml",
                )


def _typed(count: int) -> TypedCase:
    title = typed(st.text_input, t("owncase.title"), TITLE_LENGTH, "owncase:title")
    aim = _area("owncase.aim", "owncase:aim")
    minutes = _number("owncase.minutes", "owncase:minutes", 5, 240, 45, 5)
    steps = tuple(_step(place) for place in range(1, count + 1))
    decided, happened, teaching = (_area(f"owncase.{name}", f"owncase:{name}") for name in TOLD)
    return TypedCase(title, steps, decided, happened, teaching, aim, minutes)


def _step(place: int) -> TypedStep:
    key = f"owncase:step:{place}"
    with st.container(border=True, key=f"owncase-step-{place}"):
        st.subheader(t("owncase.step", place=place), anchor=False)
        title = typed(st.text_input, t("owncase.step_title"), TITLE_LENGTH, f"{key}:title")
        text = _area("owncase.step_text", f"{key}:text")
        notes = _area("owncase.step_notes", f"{key}:notes")
        with st.expander(t("owncase.vote")):
            question = typed(st.text_input, t("owncase.question"), LONGEST, f"{key}:question")
            choices = tuple(
                typed(st.text_input, t("owncase.choice", place=number + 1), LONGEST, f"{key}:choice:{number}")
                for number in range(CHOICES)
            )
            right = st.radio(
                t("owncase.right"),
                range(CHOICES),
                index=None,
                format_func=lambda number: t("owncase.choice", place=number + 1),
                horizontal=True,
                key=f"{TYPED}{key}:right",
            )
            why = _area("owncase.why", f"{key}:why")
    return TypedStep(title, text, notes, TypedVote(question, choices, right, why))


def _area(label: str, key: str) -> str:
    return typed(st.text_area, t(label), LONGEST, key, height=90)


def _number(label: str, key: str, low: int, high: int, usual: int, step: int = 1) -> int:
    st.session_state.setdefault(f"{TYPED}{key}", usual)
    return int(st.number_input(t(label), low, high, step=step, key=f"{TYPED}{key}"))


def _make(chosen: str | None, told: TypedCase, sure: bool) -> None:
    st.session_state.pop(_MADE, None)
    if chosen is None:
        st.error(t("owncase.choose"))
        return
    try:
        case = case_from(dossier(usable(store().open(chosen).assessment, knowledge_base()), inference()), told)
    except NotFound:
        st.error(t("error.gone"))
    except Incomplete as problem:
        st.error(t(f"owncase.no_{problem.missing}", step=problem.step))
    else:
        found = list(dict.fromkeys(text[hit.start : hit.end] for text in told.texts for hit in traces(text)))
        if not (sure and found == st.session_state.get(_FOUND)):
            st.session_state[_FOUND] = found
        else:
            st.session_state.pop(_FOUND, None)
            st.session_state[_MADE] = case.model_copy(update={"id": own_cases().keep(case)})
        st.rerun()


def open_a_case() -> None:
    """Open the file of a case, and keep it among one's own."""
    with st.expander(t("owncase.open")):
        st.markdown(t("owncase.open_lead"))
        file = st.file_uploader(
            t("owncase.file"), type=["yaml", "yml"], max_upload_size=1, key=f"owncase:file:{language()}"
        )
        if file is None:
            return
        try:
            case = read_case((file.getvalue().decode("utf-8-sig"), file.name), knowledge_base(), language())
        except UnicodeDecodeError:
            st.error(t("start.file_not_text"))
        except AnswerFileError as error:
            st.error(t("owncase.wrong"))
            st.text("\n".join(error.problems[:10]))
        else:
            st.text(case.title.in_(language()))
            if st.button(t("owncase.keep"), type="primary"):
                own_cases().keep(case)
                session.notify("success", "owncase.kept")
                st.rerun()
