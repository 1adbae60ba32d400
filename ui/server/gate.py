"""Who comes in: not more windows at once than agreed, and a visitor who logs in finds what they came for."""

import html
from urllib.parse import parse_qsl

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from knowledge.text import LANGUAGES, Language
from ui.server import doors, visitors
from ui.server.doors import LOGOUT
from ui.server.windows import Windows, windows
from ui.visit import arrival, hosting
from ui.visit.arrival import Arrival
from ui.words import as_language, say


class Gate:
    """Opens windows as long as there is room for this visitor; the next one gets a page that says so."""

    def __init__(self, app: ASGIApp, open_windows: Windows = windows):
        self.app, self.windows = app, open_windows

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        visitor = visitors.of(scope)
        if scope["type"] == "websocket":
            if self.windows.has_room(visitor):
                await self.windows.serve(self.app, scope, receive, send)
            else:
                await send({"type": "websocket.close", "code": 1013})
            return
        if doors.is_private(scope["path"]) and not visitor.known:
            await PlainTextResponse("", 403)(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope.get("headers", ())}
        if "text/html" not in headers.get("accept", ""):
            await self.app(scope, receive, send)
            return
        query = scope.get("query_string", b"").decode("latin-1")
        if hosting.has_users():
            before = arrival.of_request(headers)
            if scope["path"] in (hosting.CALLBACK, LOGOUT):
                await self.app(scope, receive, _Answer(send, before, scope["path"]))
                return
            invites, is_page = _invites(query), arrival.is_page(scope["path"])
            came = before.at(scope["path"], query) if invites or is_page else before
            if invites or (is_page and _names_no_language(query) and came.language not in ("", LANGUAGES[0])):
                await _send_elsewhere(came, send)
                return
            if came != before:
                send = _Answer(send, came)
        if not self.windows.has_room(visitor):
            await _send_full(as_language(dict(parse_qsl(query)).get("lang")), send)
            return
        await self.app(scope, receive, send)


class _Answer:
    """Sends what the application answers, and has the browser keep what the visitor came for.

    After the login it sends the visitor there, where Streamlit would send everybody to the first page.
    """

    def __init__(self, send: Send, came: Arrival, path: str = ""):
        self._send = send
        self._path = path
        self._came = came.leaving() if path == LOGOUT else came

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = [(name.lower(), value) for name, value in message.get("headers", ())]
            if self._path == hosting.CALLBACK and (b"location", b"/") in headers:
                headers[headers.index((b"location", b"/"))] = (b"location", self._came.address.encode("latin-1"))
            headers.append((b"set-cookie", _cookie(self._came)))
            message = {**message, "headers": headers}
        await self._send(message)


def _cookie(came: Arrival) -> bytes:
    return arrival.cookie(came, secure=hosting.is_https())


def _invites(query: str) -> bool:
    return arrival.is_token(dict(parse_qsl(query)).get(arrival.INVITATION, ""))


def _names_no_language(query: str) -> bool:
    return arrival.LANGUAGE not in dict(parse_qsl(query))


async def _send_elsewhere(came: Arrival, send: Send) -> None:
    headers = [
        (b"location", came.address.encode("latin-1")),
        (b"set-cookie", _cookie(came)),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _send_full(language: Language, send: Send) -> None:
    said = [html.escape(say(f"hosting.{key}", language)) for key in ("full_title", "full")]
    page = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Streamlit</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
        f'<body><main class="full"><h1>{said[0]}</h1><p>{said[1]}</p></main></body></html>'
    )
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"retry-after", b"60")]
    await send({"type": "http.response.start", "status": 503, "headers": headers})
    await send({"type": "http.response.body", "body": page.encode()})
