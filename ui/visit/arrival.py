"""What a visitor came for, on its way through the login: the page, what it is about, the language, an invitation.

A login loses the address, so a cookie keeps it. Only pages and parameters of our own are kept, and the token of an
invitation stands in this cookie alone: in no address and in no history.
"""

import re
from http.cookies import CookieError, SimpleCookie
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode

from knowledge.text import LANGUAGES
from ui.navigation import PAGES

COOKIE = "arrival"
INVITATION = "invitation"
LANGUAGE = "lang"
PARAMETERS = frozenset({LANGUAGE, "b", "part", "q", "k", "zoek", "first", "second", "group", "present", "code"})
"""The parameters of our own pages, as these read them; each page checks again what they hold."""
MINUTES = 60
LONGEST = 200
MOST_BYTES = 3_000
"""Browsers keep cookies up to about four thousand."""
_PAGE = "page"
_PATHS = frozenset(f"/{entry.path}" for entry in PAGES)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}")


class Arrival(NamedTuple):
    """The path and parameters of a page (none: the first page), the language last asked for, and an invitation."""

    path: str = "/"
    parameters: tuple[tuple[str, str], ...] = ()
    language: str = ""
    invitation: str = ""

    @property
    def address(self) -> str:
        """Where to send the visitor, on this server; without the invitation."""
        query = dict(self.parameters)
        if self.language:
            query[LANGUAGE] = self.language
        return f"{quote(self.path)}?{urlencode(query)}" if query else quote(self.path)

    def at(self, path: str, query: str) -> "Arrival":
        """The same visitor, who asked for this; what is no page or parameter of ours is left out."""
        is_ours, path = is_page(path), "/" + path.strip("/")
        asked = dict(parse_qsl(query))
        asked = {name: value for name, value in asked.items() if len(value) <= LONGEST and value.isprintable()}
        language = asked.pop(LANGUAGE, "")
        token = asked.pop(INVITATION, "")
        return Arrival(
            path if is_ours else "/",
            tuple((name, value) for name, value in asked.items() if name in PARAMETERS) if is_ours else (),
            language if language in LANGUAGES else self.language,
            token if is_token(token) else self.invitation,
        )

    def leaving(self) -> "Arrival":
        """After logging out: the language stays, and the next visitor is not brought to the page of the last."""
        return Arrival(language=self.language)


def is_page(path: str) -> bool:
    """Whether it is the path of one of our pages."""
    return "/" + path.strip("/") in _PATHS


def is_token(text: str) -> bool:
    """Whether it looks like the token of an invitation."""
    return _TOKEN.fullmatch(text) is not None


def read(value: str) -> Arrival:
    """What the cookie holds. A browser can bring along anything, so it is checked as an address is."""
    if len(value) > MOST_BYTES:
        return Arrival()
    kept = dict(parse_qsl(unquote(value)))
    return Arrival().at(kept.pop(_PAGE, ""), urlencode(kept))


def of_request(headers: dict[str, str]) -> Arrival:
    """What the cookie of a request holds."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return Arrival()
    return read(found.value) if found is not None else Arrival()


def cookie(arrival: Arrival, secure: bool) -> bytes:
    """The header that keeps it in the browser until after the login."""
    kept = {**dict(arrival.parameters), _PAGE: arrival.path, LANGUAGE: arrival.language}
    value = quote(urlencode({**kept, INVITATION: arrival.invitation}), safe="")
    if len(value) > MOST_BYTES:
        return cookie(arrival._replace(parameters=()), secure)
    safe = "; Secure" if secure else ""
    return f"{COOKIE}={value}; Path=/; Max-Age={60 * MINUTES}; HttpOnly; SameSite=Lax{safe}".encode("latin-1")
