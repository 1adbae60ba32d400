"""The one gate for files that leave: each is offered here, behind a tick where it can show that there is a source."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from assessment.anonymity.source import source_hidden
from knowledge.model import Answers
from rules.engine.inference import inference
from ui.visit.session import language, t

Harmless = Literal["public", "own-input", "for-others", "totals"]
"""Why a file needs no tick: all in it is public; it gives back what the user just gave; it is a version for others,
with nothing in it that rests on a source; it holds totals about five or more assessments."""


@dataclass(frozen=True)
class Passed:
    """That a file may be offered, and why. Only this file makes one."""

    why: Harmless | Literal["source-may-be-known", "ticked"]


def harmless(why: Harmless) -> Passed:
    """The pass of a file that needs no tick."""
    return Passed(why)


def gate(key: str, *rests_on: Answers, about: Literal["one", "many"] = "one") -> Passed | None:
    """The pass of a whole file about assessments with these answers; None until the user ticked that they know.

    A tick is needed unless of each it is found that the source may be known, and always where it is `about` many.
    """
    if about == "one" and rests_on and not any(source_hidden(one, inference()) for one in rests_on):
        return Passed("source-may-be-known")
    st.warning(t("share.hidden" if about == "one" else "share.many"))
    if st.checkbox(t("share.confirm"), key=f"{key}:whole:{language()}"):
        return Passed("ticked")
    st.caption(t("share.confirm_first"))
    return None


def offer(
    passed: Passed, label: str, data: Callable[[], bytes | str] | bytes | str, name: str, key: str, **options: Any
) -> None:
    """A button that hands out a file which passed the gate. It is made on a click; options are those of Streamlit."""
    assert isinstance(passed, Passed)
    st.download_button(label, data=data, file_name=name, on_click="ignore", key=key, **options)
