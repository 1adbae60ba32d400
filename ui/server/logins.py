"""Logins, kept on the server: the browser has a random token alone, and a login that ended is of no use anywhere.

Streamlit keeps a login in signed cookies, which hold for thirty days whatever happens. Here they never reach the
browser: they are kept beside the token, and handed to Streamlit with each request for as long as the login lasts.
"""

import json
import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from threading import Lock

from streamlit.auth_util import get_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from ui.visit import hosting

LOGIN = "dialoogwijzer.login"
"""The token of the login with which a request comes, in its scope."""
LASTS = 12 * 3600.0
"""Seconds after which a login ends."""
IDLE = 4 * 3600.0
"""Seconds without a sign of life after which it ends."""
MOST = 20
"""Logins of one user at a time, such as on a telephone and two computers; the oldest one makes place."""


@dataclass
class Login:
    """Who is logged in (None where the provider does not say it well enough), and Streamlit's own cookies."""

    person: str | None
    cookies: Mapping[str, str]
    began: float
    seen: float


class Logins:
    """The logins of this process. Threads may share it."""

    def __init__(self, now: Callable[[], float] = time.monotonic):
        self._now = now
        self._all: dict[str, Login] = {}
        self._lock = Lock()

    def begin(self, cookies: Mapping[str, str]) -> str:
        """Begin a login with these cookies of Streamlit; returns its token, which nobody can guess."""
        token = secrets.token_urlsafe(32)
        person = person_of(cookies)
        with self._lock:
            for one in [one for one in self._all if self._is_over(one)]:
                del self._all[one]
            same = [one for one, its in self._all.items() if its.person == person]
            for one in same[: max(0, len(same) + 1 - MOST)]:
                del self._all[one]
            self._all[token] = Login(person, dict(cookies), self._now(), self._now())
        return token

    def get(self, token: str) -> Login | None:
        """The login with this token, which is a sign of life; None where there is none, or it ended."""
        with self._lock:
            if token not in self._all or self._is_over(token):
                self._all.pop(token, None)
                return None
            self._all[token].seen = self._now()
            return self._all[token]

    def left(self, token: str) -> float:
        """For how many seconds this login can last at most."""
        with self._lock:
            return max(0.0, self._all[token].began + LASTS - self._now()) if token in self._all else 0.0

    def of(self, person: str) -> frozenset[str]:
        """The tokens of all logins of a user."""
        with self._lock:
            return frozenset(one for one, its in self._all.items() if its.person == person)

    def end(self, token: str, everywhere: bool = True) -> frozenset[str]:
        """End a login, and all others of that user; returns the tokens of those that ended."""
        with self._lock:
            found = self._all.pop(token, None)
            if found is None:
                return frozenset()
            more = found.person is not None and everywhere
            ended = {one for one, its in self._all.items() if more and its.person == found.person}
            for one in ended:
                del self._all[one]
            return frozenset({token, *ended})

    def _is_over(self, token: str) -> bool:
        login, now = self._all[token], self._now()
        return now - login.began >= LASTS or now - login.seen >= IDLE


def person_of(cookies: Mapping[str, str]) -> str | None:
    """The user whom Streamlit's cookies name; None where they name nobody, or Streamlit did not sign them."""
    secret = hosting.settings()["cookie_secret"]
    found = get_cookie_with_chunks(
        lambda name: decode_signed_value(secret, name, cookies.get(name, "")), USER_COOKIE_NAME
    )
    with suppress(TypeError, ValueError):
        claims = json.loads(found or "null")
        return hosting.person(claims) if isinstance(claims, dict) else None
    return None


def is_streamlits(name: str) -> bool:
    """Whether a cookie of this name is one in which Streamlit keeps who is logged in."""
    return name.startswith(USER_COOKIE_NAME)


def set_by(header: bytes) -> tuple[str, str]:
    """The name and value of the cookie that this header sets; the value is empty where it takes the cookie away."""
    try:
        found = [*SimpleCookie(header.decode("latin-1")).values()]
    except CookieError:
        return "", ""
    one = found[0] if found else None
    return (one.key, "" if one["max-age"] == "0" else one.value) if one is not None else ("", "")


logins = Logins()
"""Those of this process."""
