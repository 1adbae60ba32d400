"""An invitation on its way through the login: the link is turned into a cookie, since a login loses the address.

The token then stands in no address, history or log, and is let go of when it was used or declined.
"""

import re
from http.cookies import SimpleCookie
from threading import Lock

import streamlit as st

PARAMETER = COOKIE = "invitation"
MINUTES = 60
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")
_MOST_SETTLED = 10_000
_settled: dict[str, None] = {}
_lock = Lock()


def link(home: str, token: str, language: str) -> str:
    """The link to give to somebody."""
    return f"{home}/?{PARAMETER}={token}&lang={language}"


def is_token(text: str) -> bool:
    """Whether it looks like one."""
    return _TOKEN.fullmatch(text) is not None


def waiting() -> str | None:
    """The token of the invitation that this visitor came with, and that was not settled yet."""
    return unsettled(st.context.cookies.get(COOKIE, ""))


def unsettled(token: str) -> str | None:
    """The token, if it is one that was not settled."""
    with _lock:
        return token if is_token(token) and token not in _settled else None


def settle(token: str) -> None:
    """Ask no more about an invitation."""
    with _lock:
        _settled[token] = None
        while len(_settled) > _MOST_SETTLED:
            del _settled[next(iter(_settled))]


def cookie(token: str, secure: bool) -> bytes:
    """The header that keeps a token in the browser; with an empty one it is removed."""
    lasts = MINUTES * 60 if token else 0
    return (f"{COOKIE}={token}; Path=/; Max-Age={lasts}; HttpOnly; SameSite=Lax{'; Secure' if secure else ''}").encode(
        "latin-1"
    )


def in_cookies(header: str) -> str:
    """The token in a header of cookies, empty if there is none."""
    try:
        found = SimpleCookie(header)
    except Exception:  # a browser may send cookies of others that are none
        return ""
    return found[COOKIE].value if COOKIE in found else ""
