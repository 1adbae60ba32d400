"""What can be chosen where a saved assessment is asked for: the newest, and where there are many those searched for."""

from contextlib import suppress

import streamlit as st

from assessment.store import NotFound, Role
from ui.parts.widgets import find, moment, unique
from ui.visit.session import language, store, t

MOST = 50


def saved_choices(key: str, *chosen: str, role: Role = "reader") -> dict[str, str]:
    """The labels of assessments by id, newest first; where there are more than MOST, under a field to search in.

    What is `chosen` already is among them, whatever is searched for.
    """
    search = ""
    if store().count(role=role) > MOST:
        search = find(t("start.search"), f"{key}:search:{language()}")
        count = store().count(search, role)
        st.caption(t("start.saved_found", shown=min(MOST, count), count=count))
    found = {one.id: f"{one.title} · {moment(one.updated)}" for one in store().list(search, MOST, role)}
    for one in chosen:
        with suppress(NotFound):
            if one not in found:
                stored = store().open(one)
                found[one] = f"{stored.assessment.title} · {moment(stored.updated)}"
    return unique(found)
