"""A trainer's own case: made from a saved assessment with its names left out, or opened from a file."""

import streamlit as st

from assessment.advice import advise
from assessment.answers.files import AnswerFileError
from assessment.store import TITLE_LENGTH, NotFound
from assessment.training.own_cases import LONGEST, case_from, read_case, write_case
from knowledge.base import knowledge_base
from knowledge.model import Scenario
from rules.engine.inference import inference
from ui.parts.saved_choices import saved_choices
from ui.screens.trainer.training import own_cases
from ui.visit import session
from ui.visit.session import language, store, t, usable

FIELDS = ("decided", "happened", "teaching")
_MADE = "made_case"


def make_a_case() -> None:
    """A form that makes a case from an assessment; the case can be kept here and downloaded."""
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
            key=f"owncase:from:{language()}",
        )
        with st.form("owncase", border=False):
            title = st.text_input(t("owncase.title"), max_chars=TITLE_LENGTH)
            story = st.text_area(t("owncase.story"), max_chars=LONGEST, height=180, help=t("owncase.story_help"))
            told = [st.text_area(t(f"owncase.{name}"), max_chars=LONGEST) for name in FIELDS]
            if st.form_submit_button(t("owncase.submit"), type="primary"):
                _make(chosen, title, story, told)
        made: Scenario | None = st.session_state.get(_MADE)
        if made is not None:
            st.success(t("owncase.made"))
            st.download_button(
                t("owncase.download"),
                data=write_case(made),
                file_name=f"{made.id}.yaml",
                mime="application/yaml",
                on_click="ignore",
                key="owncase:download",
            )


def _make(chosen: str | None, title: str, story: str, told: list[str]) -> None:
    st.session_state.pop(_MADE, None)
    if chosen is None:
        st.error(t("owncase.choose"))
        return
    try:
        assessment = usable(store().open(chosen).assessment, knowledge_base())
        case = case_from(assessment, advise(assessment, inference()), title, story, told)
    except NotFound:
        st.error(t("error.gone"))
    except ValueError:
        st.error(t("owncase.incomplete"))
    else:
        kept = own_cases().keep(case)
        st.session_state[_MADE] = case.model_copy(update={"id": kept})
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
