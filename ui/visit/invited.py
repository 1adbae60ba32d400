"""An invitation that waits for an answer. Whoever used or declined it is not asked again."""

from threading import Lock

import streamlit as st

from ui.visit import arrival

_MOST_SETTLED = 10_000
_settled: dict[tuple[str, str | None], None] = {}
_lock = Lock()


def link(home: str, token: str, language: str) -> str:
    """The link to give to somebody."""
    return f"{home}/?{arrival.INVITATION}={token}&lang={language}"


def waiting(user: str | None) -> str | None:
    """The token of the invitation that this visitor came with, unless this user settled it."""
    token = arrival.read(st.context.cookies.get(arrival.COOKIE, "")).invitation
    with _lock:
        return token if token and (token, user) not in _settled else None


def settle(token: str, user: str | None) -> None:
    """Ask this user no more about an invitation."""
    with _lock:
        _settled[token, user] = None
        while len(_settled) > _MOST_SETTLED:
            del _settled[next(iter(_settled))]
