"""The user's data: take all of it along, back it up, put a backup back, and delete it for good."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TypeVar

import streamlit as st

from assessment.answers.export import export_everything
from assessment.store import NotAllowed, NotFound, StoreError
from knowledge.private import scratch
from ui.parts.gate import Passed, gate, offer
from ui.parts.saved_choices import saved_choices
from ui.parts.widgets import choose_from
from ui.screens.home.written_texts import written_texts
from ui.visit import session
from ui.visit.session import language, store, t
from ui.words import escaped

C = TypeVar("C")
ASKED = "data_asked"
"""What the user asked for and must confirm, in the session."""
LARGEST = 200
"""The largest backup that can be put back on this page, in megabytes; the command line has no limit."""


def show() -> None:
    """What can be taken along, put back and deleted; on a server only what is of the user."""
    st.title(t("nav.data"), anchor=False)
    session.show_notice()
    if store().user is None:
        st.markdown(t("data.here" if Path(store().where).is_file() else "data.here_database"))
        st.code(store().where, language=None, wrap_lines=True)
    else:
        st.markdown(t("data.hosted"))
    count = store().count()
    passed = gate("data", about="many")
    _export(passed, count)
    if store().user is None:
        _backup(passed)
        _restore(count)
    _erase()
    _delete()
    if store().user is None:
        _copies()


def _export(passed: Passed | None, count: int) -> None:
    st.header(t("data.export"), anchor=False)
    st.markdown(t("data.export_lead", count=count))
    if passed is not None and count:
        offer(
            passed,
            t("data.export_do"),
            lambda: export_everything(store()),
            f"dialoogwijzer-{date.today():%Y-%m-%d}.export.zip",
            "data:export",
            mime="application/zip",
        )


def _backup(passed: Passed | None) -> None:
    st.header(t("data.backup"), anchor=False)
    st.markdown(t("data.backup_lead"))
    if passed is not None:
        offer(
            passed,
            t("data.backup_do"),
            _made_backup,
            f"dialoogwijzer-{date.today():%Y-%m-%d}.backup.zip",
            "data:backup",
            mime="application/zip",
        )


def _made_backup() -> bytes:
    with scratch() as folder:
        made = folder / "backup.zip"
        store().copies.backup(made)
        return made.read_bytes()


def _restore(count: int) -> None:
    st.header(t("data.restore"), anchor=False)
    st.markdown(t("data.restore_lead"))
    given = st.file_uploader(t("data.restore_file"), type=["zip", "sqlite"], max_upload_size=LARGEST, key="data:file")
    if given is None:
        return
    st.button(t("data.restore_do"), key="data:restore", on_click=_ask, args=("restore",))
    if st.session_state.get(ASKED) == "restore":
        st.warning(t("data.restore_warning", count=count))
        if _is_sure("restore", t("data.restore_not"), t("data.restore_sure")):
            _put_back(given.getvalue())
            st.rerun()


def _put_back(content: bytes) -> None:
    with scratch() as folder:
        file = folder / t("data.this_file")
        file.write_bytes(content)
        try:
            store().copies.restore(file)
        except StoreError as problem:
            said = problem.text.in_(language()).replace(str(file), file.name)
            session.notify("error", "data.restore_refused", why=escaped(said))
            return
    session.close_assessment()
    session.notify("success", "data.restored", count=store().count())


def _erase() -> None:
    saved = saved_choices("data", role="contributor")
    if not saved:
        return
    st.header(t("data.erase"), anchor=False)
    st.markdown(t("data.erase_lead"))
    chosen = _one_of("data.delete_which", saved, "data:erase")
    if chosen is None:
        return
    texts = written_texts(store().history(chosen))
    if not texts:
        st.markdown(t("data.erase_nothing"))
        return
    text = _one_of("data.erase_which", texts, f"data:erase:{chosen}")
    st.button(t("data.erase_do"), key="data:erase:do", disabled=text is None, on_click=_ask, args=("erase",))
    if text is not None and st.session_state.get(ASKED) == "erase":
        st.warning(t("data.erase_warning"))
        st.text(texts[text])
        if _is_sure("erase", t("data.erase_not"), t("data.erase_sure")):
            with suppress(NotFound, NotAllowed):
                store().erase_text(chosen, *text)
            session.notify("success", "data.erased")
            st.rerun()


def _one_of(label: str, choices: Mapping[C, str], key: str) -> C | None:
    return choose_from(choices, t(label), t("data.delete_choose"), key)


def _delete() -> None:
    st.header(t("data.delete"), anchor=False)
    st.markdown(t("data.delete_lead"))
    user, count = store().user, store().count(role="owner")
    if count:
        saved = saved_choices("data", role="owner")
        chosen = _one_of("data.delete_which", saved, "data:which")
        st.button(t("data.delete_do"), key="data:delete", disabled=chosen is None, on_click=_ask, args=("delete",))
        if chosen is not None and st.session_state.get(ASKED) == "delete":
            _confirm_delete(saved[chosen], (chosen,))
    else:
        st.markdown(t("data.delete_nothing"))
    if user is None and count:
        st.markdown(t("data.delete_all_lead"))
        st.button(t("data.delete_all"), key="data:all", on_click=_ask, args=("all",))
        if st.session_state.get(ASKED) == "all":
            everything = tuple(one.id for one in store().list())
            _confirm_delete(t("data.delete_all_count", count=len(everything)), everything)
    elif user is not None:
        st.markdown(t("data.forget_lead"))
        st.button(t("data.forget"), key="data:forget", on_click=_ask, args=("forget",))
        if st.session_state.get(ASKED) == "forget":
            _confirm_forget(user)


def _confirm_delete(what: str, chosen: tuple[str, ...]) -> None:
    st.warning(t("data.delete_warning"))
    st.text(what)
    if _is_sure("delete", t("start.delete_not"), t("start.delete_sure")):
        with suppress(NotFound):  # another window was first
            store().delete(*chosen)
        if st.session_state.get(session.OPEN) in chosen:
            session.close_assessment()
        session.notify("success", "data.deleted")
        st.rerun()


def _confirm_forget(user: str) -> None:
    st.warning(t("data.forget_warning", count=len(store().sharing.owned_alone(user))))
    if _is_sure("forget", t("start.delete_not"), t("data.forget_sure")):
        store().sharing.forget(user)
        session.close_assessment()
        session.notify("success", "data.deleted")
        st.rerun()


def _ask(what: str) -> None:
    """Before the page is drawn again, so that no more than one question stands there."""
    st.session_state[ASKED] = what


def _is_sure(what: str, no: str, yes: str) -> bool:
    """Two buttons under a warning: whether the user goes on."""
    with st.container(horizontal=True):
        refused = st.button(no, type="primary", key=f"data:{what}:not")
        sure = st.button(yes, key=f"data:{what}:sure")
    if refused or sure:
        st.session_state.pop(ASKED, None)
    if refused:
        st.rerun()
    return sure


def _copies() -> None:
    kept = store().copies.kept()
    if not kept:
        return
    st.header(t("data.copies"), anchor=False)
    st.markdown(t("data.copies_lead"))
    st.text("\n".join(str(one) for one in kept))


if __name__ == "__main__":
    show()
