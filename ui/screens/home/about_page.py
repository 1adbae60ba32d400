"""About: what the advice rests on, how it is made, what it is not, privacy and versions."""

from importlib.metadata import version

import streamlit as st

from assessment.store.database import data_folder
from knowledge.base import knowledge_base
from knowledge.model import Source
from rules.engine.inference import ENGINE_MISSING, inference
from ui.parts.widgets import link_out, words
from ui.screens.home.own_data import own_data
from ui.visit import hosting, session
from ui.visit.session import t


def show() -> None:
    """The method in words, with the numbers and versions of what is installed."""
    knowledge, reasoning = knowledge_base(), inference()
    st.title(t("nav.about"), anchor=False)
    session.show_notice()
    st.markdown(t("about.lead"))
    st.header(t("about.sources"), anchor=False)
    st.markdown(t("about.sources_lead"))
    st.markdown("\n".join(f"- {source_line(source)}" for source in knowledge.sources.values()))
    st.header(t("about.method"), anchor=False)
    counts = {
        "questions": len(knowledge.questions),
        "lessons": len(knowledge.lessons),
        "rules": len(reasoning.base.rules),
    }
    st.markdown(t("about.method_text", **counts))
    st.markdown(t("about.order"))
    st.header(t("about.limits"), anchor=False)
    st.markdown(t("about.limits_text"))
    st.header(t("about.privacy"), anchor=False)
    user = hosting.user()
    if user is not None:
        st.markdown(t("hosting.users"))
        own_data(user)
    else:
        st.markdown(t("hosting.alone"))
        st.markdown(t("about.privacy_text"))
        st.markdown(t("about.privacy_folder"))
        st.code(str(data_folder()), language=None, wrap_lines=True)
    st.header(t("about.version"), anchor=False)
    versions = {"knowledge": knowledge.version, "rules": reasoning.base.version}
    st.markdown(t("about.versions", program=version("dialoogwijzer"), **versions))
    durable = reasoning.engine_name == "durable-rules"
    if durable:
        st.markdown(t("about.engine_durable"))
    else:
        st.markdown(f"{t('about.engine_reference')} {words(ENGINE_MISSING)}")


def source_line(source: Source) -> str:
    """One publication with its publisher and its link."""
    title = link_out(words(source.title), source.url)
    if source.year is None:
        return t("about.source", title=title, publisher=source.publisher)
    return t("about.source_year", title=title, publisher=source.publisher, year=source.year)


if __name__ == "__main__":
    show()
