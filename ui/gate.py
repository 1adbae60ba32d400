"""Who comes in: not more windows at once than agreed, and an invitation in the address becomes a cookie."""

import html
from urllib.parse import parse_qsl, quote, urlencode

from starlette.types import ASGIApp, Receive, Scope, Send

from knowledge.text import Language
from ui import hosting, invited
from ui.words import as_language, say

STREAM = "/_stcore/stream"
"""Where each open window has its connection."""


class Gate:
    """Counts the open windows. When there are too many, the next one gets a page that says so."""

    def __init__(self, app: ASGIApp):
        self.app = app
        self.open = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket" and scope["path"].endswith(STREAM):
            if self.open >= hosting.most_sessions():
                await send({"type": "websocket.close", "code": 1013})
                return
            self.open += 1
            try:
                await self.app(scope, receive, send)
            finally:
                self.open -= 1
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope.get("headers", ())}
        if scope["type"] != "http" or "text/html" not in headers.get("accept", ""):
            await self.app(scope, receive, send)
            return
        query = parse_qsl(scope.get("query_string", b"").decode("latin-1"))
        token = dict(query).get(invited.PARAMETER, "")
        if hosting.has_users() and invited.is_token(token):
            kept = urlencode([pair for pair in query if pair[0] != invited.PARAMETER])
            here = "/" + quote(scope["path"].lstrip("/\\"))  # two slashes would lead to another website
            await _send_elsewhere(f"{here}?{kept}", token, send)
            return
        if self.open >= hosting.most_sessions():
            await _send_full(as_language(dict(query).get("lang")), send)
            return
        await self.app(scope, receive, send)


async def _send_elsewhere(place: str, token: str, send: Send) -> None:
    headers = [
        (b"location", place.encode("latin-1")),
        (b"set-cookie", invited.cookie(token, secure=hosting.home().startswith("https:"))),
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
