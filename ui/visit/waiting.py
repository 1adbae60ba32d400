"""What a visitor filled in while the database could not be reached: kept in the session, and saved when it is back."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Literal, NamedTuple

import streamlit as st

from assessment.plan import Decision
from assessment.store import Conflict, NotAllowed, NotFound, Store, Stored

_WAITING, _REFUSED = "waiting", "refused"

Kind = Literal["answer", "note", "action", "date"]


class Waiting(NamedTuple):
    """One thing that is not saved yet: what it is about, and the revision on the sight of which it was filled in.

    `tried` holds what was filled in here before and not known to be saved: the database may have it all the same, if
    it went away before it could say so.
    """

    assessment: str
    kind: Kind
    about: str
    value: Any
    revision: int
    knowledge_version: str
    tried: tuple[Any, ...] = ()


def everything() -> tuple[Waiting, ...]:
    """All that is not saved yet, in the order in which it was filled in."""
    return tuple(st.session_state.get(_WAITING, ()))


def hold(one: Waiting) -> None:
    """Keep this until it is saved; it takes the place of what was filled in there before."""
    tried = tuple(value for each in everything() if _place(each) == _place(one) for value in (*each.tried, each.value))
    st.session_state[_WAITING] = (*_without(everything(), one), one._replace(tried=(*one.tried, *tried)))


def hold_again(some: Iterable[Waiting]) -> None:
    """Keep all of these, which may be saved by now, as nobody could see whether they are."""
    st.session_state[_WAITING] = tuple(some)


def let_go(one: Waiting) -> None:
    """Keep this no longer."""
    st.session_state[_WAITING] = _without(everything(), one)


def is_waiting(assessment: str, kind: Kind, about: str) -> bool:
    """Whether what was filled in here is not saved yet."""
    return any(_place(one) == (assessment, kind, about) for one in everything())


def last(assessment: str, kind: Kind) -> Waiting | None:
    """What of this kind was filled in last and is not saved yet."""
    return next((one for one in reversed(everything()) if (one.assessment, one.kind) == (assessment, kind)), None)


def save(store: Store) -> Iterator[tuple[Waiting, Conflict | NotAllowed | NotFound]]:
    """Save all that waits; gives what cannot be saved, as another was first or it is not allowed.

    Raises:
        Unreachable: the database cannot be reached yet; what is not saved goes on waiting.
    """
    for one in everything():
        try:
            _save(store, one)
        except (Conflict, NotAllowed, NotFound) as refused:
            let_go(one)
            yield one, refused
        else:
            let_go(one)


def keep_refused(one: Waiting) -> None:
    """Keep what may not be saved any more, so that the visitor can take the words along."""
    st.session_state[_REFUSED] = (*(other for other in refused() if _place(other) != _place(one)), one)


def refused() -> tuple[Waiting, ...]:
    """What was filled in and may not be saved any more."""
    return tuple(st.session_state.get(_REFUSED, ()))


def drop_refused() -> None:
    """Let go of what was refused."""
    st.session_state.pop(_REFUSED, None)


def with_waiting(stored: Stored) -> Stored:
    """The assessment as the visitor filled it in: with what is not saved yet."""
    mine = [one for one in everything() if one.assessment == stored.id]
    if not mine:
        return stored
    assessment = stored.assessment.model_copy(
        update={
            "answers": _merged(stored.assessment.answers, mine, "answer"),
            "notes": _merged(stored.assessment.notes, mine, "note"),
        }
    )
    decisions: dict[str, Decision] = _merged(stored.decisions, mine, "action")
    dates = [one.value for one in mine if one.kind == "date"]
    on = dates[-1] if dates else stored.occasion_on
    return stored.model_copy(update={"assessment": assessment, "decisions": decisions, "occasion_on": on})


def _merged(saved: dict[str, Any], mine: Iterable[Waiting], kind: Kind) -> dict[str, Any]:
    merged = saved | {one.about: one.value for one in mine if one.kind == kind}
    return {about: value for about, value in merged.items() if value not in (None, "")}


def _save(store: Store, one: Waiting) -> None:
    try:
        _save_at(store, one, one.revision)
    except Conflict as conflict:
        if conflict.current not in map(_as_stored, one.tried):
            raise
        _save_at(store, one, conflict.revision)  # nobody else was first: it was this visitor


def _save_at(store: Store, one: Waiting, revision: int) -> None:
    if one.kind == "answer":
        store.save_answer(one.assessment, one.about, one.value, revision, one.knowledge_version)
    elif one.kind == "note":
        store.save_note(one.assessment, one.about, one.value, revision)
    elif one.kind == "date":
        store.save_date(one.assessment, one.value, revision)
    else:
        store.save_action(one.assessment, one.about, one.value, revision)


def _without(some: Iterable[Waiting], gone: Waiting) -> tuple[Waiting, ...]:
    return tuple(one for one in some if _place(one) != _place(gone))


def _place(one: Waiting) -> tuple[str, Kind, str]:
    return one.assessment, one.kind, one.about


def _as_stored(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value.model_dump(mode="json") if isinstance(value, Decision) else None if value == "" else value
