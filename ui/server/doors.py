"""Which requests are answered at all: the paths that are needed, asked for under our own name and by our own pages."""

import re
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import Scope

from ui.server import lan
from ui.visit import hosting

STREAM = "/_stcore/stream"
"""Where each open window has its connection."""
UPLOAD = "/_stcore/upload_file/"
LOGIN, LOGOUT = "/auth/login", "/auth/logout"
"""Where Streamlit begins and ends a login; both come back by way of `hosting.CALLBACK`."""
_NEEDED = frozenset({LOGIN, LOGOUT, "/_stcore/health", "/_stcore/host-config"})
_PARTS = ("/static/", "/shell/")
_PRIVATE = ("/media/", UPLOAD)
_PAGE = re.compile(r"/[\w.-]*/?")
_SAFE = ("GET", "HEAD")
_PORTS = {"http": 80, "https": 443}


def is_served(scope: Scope) -> bool:
    """Whether this path is of use to the application. Streamlit has more, such as its metrics, which tell too much."""
    path: str = scope["path"]
    if scope["type"] == "websocket":
        return path == STREAM
    return path in _NEEDED or path.startswith((*_PARTS, *_PRIVATE)) or _PAGE.fullmatch(path) is not None


def is_private(path: str) -> bool:
    """Whether what is there is only for somebody who is known: files that were made for, or come from, a user."""
    return path.startswith(_PRIVATE)


def is_from_here(scope: Scope) -> bool:
    """Whether a request names this server, and comes from one of its own pages where it can show or change anything.

    An origin is a scheme, a host and a port: another program on this computer has another port. Whatever opens a
    connection or changes something must name its origin, which every browser does.
    """
    headers = Headers(scope=scope)
    origin, host = headers.get("origin"), headers.get("host", "")
    place = _place(f"http://{host}")
    if place is None or place[1] not in {*hosting.hosts(), lan.host()}:
        return False
    if origin is None:
        return scope["type"] == "http" and scope.get("method", "GET") in _SAFE
    here = hosting.home() if place[1] not in hosting.LOOPBACK and hosting.home() else f"http://{host}"
    return _place(origin) is not None and _place(origin) == _place(here)


def _place(origin: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(origin)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname is not None and port is not None else None
