"""The page around the application, as a web server sees it: language, title, headers, style sheet and script.

Streamlit has no setting for these, so the one HTML page that it serves is rewritten on its way out. It also refuses
requests that another website makes through the user's browser.
"""

import base64
import hashlib
import html
import json
import logging
import re
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import streamlit as st
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assessment.store import StoreError
from knowledge.text import LANGUAGES, Language
from ui.server import doors, lan, visitors
from ui.server.entrance import Entrance
from ui.server.gate import Gate
from ui.server.uploads import Uploads
from ui.visit import hosting
from ui.words import as_language, say

FOLDER = Path(__file__).parent
MOUNT = "/shell"
FIXED = (f"{MOUNT}/", "/static/")
"""Where what is served is part of the program."""
NOT_KEPT = (b"cache-control", b"no-store")
AWAY = ("phone", "screen", "desk", "other")
"""What one can have in hand when the server is away, each with words of its own."""
STREAMLIT_PAGE = Path(st.__file__).parent / "static" / "index.html"

_HSTS = ((b"strict-transport-security", b"max-age=31536000"),)

log = logging.getLogger(__name__)


@cache
def security_headers() -> tuple[tuple[bytes, bytes], ...]:
    """Headers for every answer. The policy allows the inline scripts of Streamlit's own page, by their hashes."""
    inline = re.findall(r"<script>(.*?)</script>", STREAMLIT_PAGE.read_text(encoding="utf-8"), re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline]
    hashes = " ".join(f"'sha256-{digest}'" for digest in digests)
    connections = " ".join(
        f"ws://{host}:*" if host in hosting.LOOPBACK else f"wss://{host}:*" for host in sorted(hosting.hosts())
    )
    policy = "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' 'wasm-unsafe-eval' {hashes}",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            " ".join((f"connect-src 'self' {connections}", *(f"ws://{one}:*" for one in _network()))),
            "worker-src 'self' blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    )
    return (
        (b"content-security-policy", policy.encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
        (b"referrer-policy", b"no-referrer"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
    )


def rewritten(page: str, language: Language) -> str:
    """Streamlit's page in the user's language, with our title, style sheet and script."""
    page = page.replace('<html lang="en">', f'<html lang="{language}">', 1)
    page = page.replace("<title>Streamlit</title>", "<title>Dialoogwijzer</title>", 1)
    # The names of the two groups of the navigation, which is one list: the style sheet draws them between its pages.
    groups = "".join(f"--nav-{one}: {json.dumps(say(f'nav.group_{one}', language))}; " for one in ("this", "more"))
    groups += "".join(
        f"--away-{one}: {json.dumps(say(f'away.server_{one}', language), ensure_ascii=False)}; " for one in AWAY
    )
    ours = f"<style>:root {{ {groups}}}</style>"
    ours += f'<link rel="stylesheet" href="{MOUNT}/look.css"><script src="{MOUNT}/shim.js" defer></script>'
    page = page.replace("</head>", f"{ours}</head>", 1)
    noscript = f"<noscript><p>{html.escape(say('shell.noscript', language))}</p></noscript>"
    return re.sub(r"<noscript>.*?</noscript>", lambda _: noscript, page, count=1, flags=re.DOTALL)


class Shell:
    """Adds the headers, rewrites the HTML page, and refuses strange hosts and origins."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        if not doors.is_from_here(scope):
            await _refuse(scope, send)
            return
        if not doors.is_served(scope):
            await _refuse(scope, send, "", 404)
            return
        who = lan.visitor((scope.get("client") or ("", 0))[0])
        if who == lan.ROOM and not lan.may_open(scope["path"]):
            await _refuse(scope, send, " / ".join(say("lan.only_here", one) for one in LANGUAGES))
            return
        kept = [pair for pair in scope["headers"] if pair[0].lower() != lan.VISITOR.encode()]
        scope = {**scope, "headers": [*kept, (lan.VISITOR.encode(), who.encode())]}
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
            return
        fixed = scope["path"].startswith(FIXED)
        if not fixed:  # what is cached, partial or packed cannot be rewritten, and anybody can ask for a page like that
            unwanted = (b"if-none-match", b"if-modified-since", b"range", b"accept-encoding")
            scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] not in unwanted]}
        query = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        is_known = bool(visitors.token_in(Headers(scope=scope)))
        token = None if is_known else visitors.issued(Headers(scope=scope))
        await self.app(scope, receive, _Rewriter(send, as_language(query.get("lang", [""])[0]), token, fixed))


class _Rewriter:
    def __init__(self, send: Send, language: Language, token: bytes | None, fixed: bool):
        self._send = send
        self._token = token
        self._language = language
        self._fixed = fixed
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            given = [_with_secure(*pair) for pair in message.get("headers", ())]
            is_page = dict(given).get(b"content-type", b"").startswith(b"text/html")
            if is_page or not self._fixed:  # what somebody wrote, such as a download, is on no disk of the browser
                given = [*(pair for pair in given if pair[0].lower() != b"cache-control"), NOT_KEPT]
            message = {**message, "headers": [*given, *security_headers(), *_HSTS[: hosting.is_https()]]}
            if is_page:
                self._start = message
                return
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page(self._start)
            return
        await self._send(message)

    async def _send_page(self, start: Message) -> None:
        body = rewritten(self._body.decode("utf-8"), self._language).encode()
        stale = (b"content-length", b"etag", b"last-modified", b"accept-ranges")
        kept = [(name, value) for name, value in start["headers"] if name.lower() not in stale]
        fresh = [(b"content-length", str(len(body)).encode())]
        if self._token is not None:
            fresh.append(_with_secure(b"set-cookie", self._token))
        await self._send({**start, "headers": [*kept, *fresh]})
        await self._send({"type": "http.response.body", "body": body})


def _with_secure(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """A header as it is; where it sets a cookie and browsers come over https, that is never sent without."""
    if name.lower() != b"set-cookie" or not hosting.is_https() or b"; secure" in value.lower():
        return name, value
    return name, value + b"; Secure"


def _network() -> tuple[str, ...]:
    host = lan.host()
    return (host,) if host is not None else ()


async def _refuse(
    scope: Scope, send: Send, why: str = "Dialoogwijzer is not served under this name.", status: int = 403
) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})
        return
    plain = (b"content-type", b"text/plain; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": [plain, NOT_KEPT, *security_headers()]})
    await send({"type": "http.response.body", "body": why.encode()})


def show_error(error: Exception) -> bool:
    """Log what went wrong, and tell the user in their own language what to do."""
    log.error("the page could not be shown", exc_info=error)
    language = as_language(st.query_params.get("lang"))
    st.error(error.text.in_(language) if isinstance(error, StoreError) else say("error.unexpected", language))
    return True


Lifespan = Callable[[st.App], AbstractAsyncContextManager[dict[str, Any] | None]]


def application(lifespan: Lifespan | None = None) -> st.App:
    """The application as an ASGI application."""
    return st.App(
        FOLDER.parent / "app.py",
        middleware=[Middleware(Shell), Middleware(Entrance), Middleware(Gate), Middleware(Uploads)],
        routes=[Mount(MOUNT, StaticFiles(directory=FOLDER / "static"))],
        on_script_error=show_error,
        lifespan=lifespan,
    )
