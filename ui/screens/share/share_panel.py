"""What leaves the company: the user sees every place that could lead to people before a file is made."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from assessment.anonymity.free_texts import FreeText, Reviewed, free_texts, reviewed
from assessment.anonymity.removal import Choice, role_title, without_names
from assessment.anonymity.source import must_be_default, without_source
from assessment.anonymity.traces import ROLES, Hit, Name
from assessment.anonymity.vocabulary import lists
from assessment.dossier import Dossier
from assessment.store import Stored
from ui.parts.gate import Passed, gate, harmless
from ui.parts.typed import typed
from ui.parts.widgets import words
from ui.visit.session import language, t
from ui.words import escaped

MOST_NAMES, MOST_TYPED = 200, 2_000
CHOICES: tuple[Choice, ...] = ("leave-out", "replace", "keep")
OWNER_CHOICES: tuple[Choice, ...] = ("replace", "keep")


def share_panel(stored: Stored, dossier: Dossier) -> tuple[Passed, Dossier] | None:
    """Let the user choose what is shared; None while something is still to be confirmed."""
    hidden = must_be_default(dossier)
    versions = {one: t(f"share.{one}") for one in ("without", "full")}
    with st.container(key="panel:version"):
        version = st.radio(
            t("share.version"), list(versions), format_func=versions.__getitem__, key=_key(stored, "version")
        )
    if version == "without":
        if hidden:
            st.warning(t("share.hidden"))
        return _without(stored, dossier, hidden)
    passed = gate(f"share:{stored.id}", dossier.assessment.answers)
    return (passed, dossier) if passed is not None else None


def _key(stored: Stored, name: str) -> str:
    return f"share:{stored.id}:{name}:{language()}"


def _without(stored: Stored, whole: Dossier, hidden: bool) -> tuple[Passed, Dossier] | None:
    for_others = not hidden or _for_others(stored)
    dossier = without_source(whole) if hidden and for_others else whole
    names = _names(stored) if any(one.place != "title" for one in free_texts(dossier)) else ()
    st.header(t("share.texts"), anchor=False)
    found = reviewed(dossier, names)
    _title(dossier, found)
    texts = [one for one in found if one.written.place != "title"]
    wrote = any(one.place != "title" for one in free_texts(whole))
    st.markdown(t("share.texts_about" if texts else "share.texts_gone" if wrote else "share.no_texts"))
    choices: dict[str, Choice] = {}
    previews = {}
    for one in texts:
        with st.container(border=True, key=f"share:text:{one.written.key}"):
            choices[one.written.key] = _text(stored, one)
            previews[one.written.key] = st.container()
    result = replace(without_names(dossier, names, language(), choices), shortened=for_others)
    after = {one.key: one for one in free_texts(result)}
    for key, place in previews.items():
        with place:
            _preview(choices[key], after.get(key))
    st.markdown(t("share.stories"))
    staying = [after[one.written.key] for one in texts if _stays(one, choices) and one.written.key in after]
    if not _looked(stored, staying):
        return None
    passed = harmless("for-others") if for_others else gate(f"share:{stored.id}:own", whole.assessment.answers)
    return (passed, result) if passed is not None else None


def _for_others(stored: Stored) -> bool:
    readers = {one: t(f"share.{one}") for one in ("others", "own")}
    with st.container(key="panel:readers"):
        chosen = st.radio(
            t("share.readers"), list(readers), format_func=readers.__getitem__, key=_key(stored, "readers")
        )
    st.info(t(f"share.{chosen}_about"))
    return chosen == "others"


def _names(stored: Stored) -> tuple[Name, ...]:
    """The names that the user lists. They are kept in the session of this window, and nowhere else."""
    st.header(t("share.names"), anchor=False)
    st.markdown(t("share.names_about"))
    mine = {
        role: typed(st.text_input, t(f"sharerole.{role}"), MOST_TYPED, f"share:{stored.id}:names:{role}")
        for role in ROLES
    }
    listed = [Name(one.strip(), role) for role in ROLES for one in re.split(r"[,;\n]", mine[role]) if one.strip()]
    return tuple(listed[:MOST_NAMES])


def _title(dossier: Dossier, found: Sequence[Reviewed]) -> None:
    st.text(f"{t('share.title_becomes')} {role_title(dossier.assessment.answers, language())}")
    hits = next((one.hits for one in found if one.written.place == "title"), ())
    if hits:
        st.text("\n".join([t("share.title_hits"), *map(_said, hits)]))


def _text(stored: Stored, one: Reviewed) -> Choice:
    """Show a text with its hits, and let the user choose what happens with it."""
    written = one.written
    about = words(written.about) if written.about is not None else t("share.former_question")
    st.subheader(t(f"share.place_{written.place}", about=about), anchor=False)
    st.text(written.text)
    if written.place == "owner":
        some = {choice: t(f"share.owner_{choice}") for choice in OWNER_CHOICES}
    else:
        st.text("\n".join([t("share.hits"), *map(_said, one.hits)]) if one.hits else t("share.no_hits"))
        some = {choice: t(f"share.{choice}") for choice in CHOICES}
    seen = hashlib.sha256(repr((written.text, one.hits)).encode("utf-8", "replace")).hexdigest()[:12]
    label = t("share.choice")
    key = _key(stored, f"{written.key}:{seen}")  # another text, or other hits, must be looked at again
    return st.radio(label, list(some), format_func=some.__getitem__, horizontal=True, key=key)


def _said(hit: Hit) -> str:
    kind = lists().roles[hit.role] if hit.role is not None else lists().kinds[hit.kind]
    return f"• {kind.in_(language())}: {' '.join(hit.text.split())} → {hit.instead.in_(language())}"


def _preview(choice: Choice, after: FreeText | None) -> None:
    if choice != "leave-out":
        st.markdown(escaped(t("share.becomes")) if after else t("share.becomes_nothing"))
        if after:
            st.text(after.text)


def _stays(one: Reviewed, choices: Mapping[str, Choice]) -> bool:
    """Whether something of what the user wrote stays: an owner who becomes a role does not."""
    choice = choices[one.written.key]
    return choice == "keep" or (choice == "replace" and one.written.place != "owner")


def _looked(stored: Stored, staying: Sequence[FreeText]) -> bool:
    """Whether the user read what stays, as it will be in the file: always asked, since we do not find everything."""
    if not staying:
        return True
    seen = hashlib.sha256(repr(staying).encode("utf-8", "replace")).hexdigest()[:12]
    if st.checkbox(t("share.looked"), key=_key(stored, f"looked:{seen}")):
        return True
    st.info(t("share.look_first", count=len(staying)))
    return False
