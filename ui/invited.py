"""An invitation on its way through the login: the link is turned into a cookie, since a login loses the address.

The token then stands in no address or history. Whoever used or declined it is not asked again.
"""

import re
from threading import Lock

import streamlit as st

PARAMETER = COOKIE = "invitation"
MINUTES = 60
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
_MOST_SETTLED = 10_000
_settled: dict[tuple[str, str | None], None] = {}
_lock = Lock()


def link(home: str, token: str, language: str) -> str:
    """The link to give to somebody."""
    return f"{home}/?{PARAMETER}={token}&lang={language}"


def is_token(text: str) -> bool:
    """Whether it looks like one."""
    return _TOKEN.fullmatch(text) is not None


def waiting(user: str | None) -> str | None:
    """The token of the invitation that this visitor came with, unless this user settled it."""
    token = st.context.cookies.get(COOKIE, "")
    with _lock:
        return token if is_token(token) and (token, user) not in _settled else None


def settle(token: str, user: str | None) -> None:
    """Ask this user no more about an invitation."""
    with _lock:
        _settled[token, user] = None
        while len(_settled) > _MOST_SETTLED:
            del _settled[next(iter(_settled))]


def cookie(token: str, secure: bool) -> bytes:
    """The header that keeps a token in the browser until after the login."""
    safe = "; Secure" if secure else ""
    return f"{COOKIE}={token}; Path=/; Max-Age={60 * MINUTES}; HttpOnly; SameSite=Lax{safe}".encode("latin-1")
