"""The web server from the outside, without a socket: requests, windows, and browsers that keep cookies."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import TOKENS_COOKIE_NAME, USER_COOKIE_NAME

from tests.ui.test_hosting import GOOD, configure
from ui.server import logins
from ui.server.doors import STREAM
from ui.server.entrance import Entrance
from ui.server.gate import Gate
from ui.server.logins import Logins
from ui.server.shell import Shell
from ui.server.uploads import Uploads
from ui.server.windows import Windows
from ui.visit import hosting

PUBLIC = "mvo.example.org"
TURNS = 50
"""So often whatever can go on goes on, before it is looked at what became of a window."""


class Site:
    """The server from the outside, with what stands behind it; `seen` are the requests that came through."""

    def __init__(self) -> None:
        self.time = 0.0
        self.logins = Logins(lambda: self.time)
        self.windows = Windows(self.logins)
        self.seen: list[Any] = []
        self.answer: Callable[[Any], list[tuple[bytes, bytes]]] = lambda scope: []
        inner = Gate(Uploads(self.behind, self.windows), self.windows)
        self.app = Shell(Entrance(inner, self.logins, self.windows))

    async def behind(self, scope: Any, receive: Any, send: Any) -> None:
        self.seen.append(scope)
        if scope["type"] == "websocket":
            await send({"type": "websocket.accept"})
            told = ForwardMsg()
            told.new_session.initialize.session_id = asked(scope)[2] if len(asked(scope)) > 2 else f"s{len(self.seen)}"
            await send({"type": "websocket.send", "bytes": told.SerializeToString()})
            while (await receive())["type"] != "websocket.disconnect":
                pass
            return
        await send({"type": "http.response.start", "status": 200, "headers": self.answer(scope)})
        await send({"type": "http.response.body", "body": b""})

    async def ask(
        self, path: str, method: str = "GET", client: str = "127.0.0.1", host: str = "127.0.0.1:8501", **headers: str
    ) -> tuple[int, list[tuple[bytes, bytes]]]:
        """The status of the answer to a request, and its headers."""
        sent: list[Any] = []
        scope = request("http", path, client, host, headers) | {"method": method}
        await self.app(scope, never, collect(sent))
        return sent[0]["status"], sent[0]["headers"]

    async def open(self, client: str = "127.0.0.1", host: str = "127.0.0.1:8501", **headers: str) -> "Opened":
        """A window, opened as a browser does."""
        origin = f"https://{host}" if host == PUBLIC else f"http://{host}"
        made = Opened(self, request("websocket", STREAM, client, host, {"origin": origin, **headers}))
        for _ in range(TURNS):
            await asyncio.sleep(0)
        return made


class Opened:
    """A window from the side of the browser: what it was told, and whether its connection was closed."""

    def __init__(self, site: Site, scope: Any):
        self.sent: list[Any] = []
        self._says: asyncio.Queue[Any] = asyncio.Queue()
        self.task = asyncio.create_task(site.app(scope, self._says.get, collect(self.sent)))

    @property
    def closed(self) -> bool:
        return any(one["type"] == "websocket.close" for one in self.sent)

    async def say(self, content: bytes = b"x") -> None:
        await self._says.put({"type": "websocket.receive", "bytes": content})
        for _ in range(TURNS):
            await asyncio.sleep(0)

    async def leave(self) -> None:
        await self._says.put({"type": "websocket.disconnect", "code": 1000})
        await self.task


def asked(scope: Any) -> list[str]:
    return [one.strip() for one in dict(scope["headers"]).get(b"sec-websocket-protocol", b"").decode().split(",")]


def request(kind: str, path: str, client: str, host: str, headers: dict[str, str]) -> dict[str, Any]:
    given = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    pairs = [(name.encode(), value.encode()) for name, value in given.items()]
    return {"type": kind, "path": path, "query_string": b"", "client": (client, 5), "headers": pairs}


def collect(sent: list[Any]) -> Callable[[Any], Awaitable[None]]:
    async def send(message: Any) -> None:
        sent.append(message)

    return send


async def never() -> Any:
    return {"type": "http.request", "body": b"", "more_body": False}


def cookies_of(headers: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """What a browser keeps."""
    set_by = [value.decode().split(";")[0].partition("=") for name, value in headers if name == b"set-cookie"]
    return {name: value for name, _, value in set_by if value}


async def token(site: Site, **where: str) -> str:
    """The cookie of a new visitor."""
    site.answer = lambda scope: [(b"content-type", b"text/html")]
    _, headers = await site.ask("/", **where)
    site.answer = lambda scope: []
    return "; ".join(f"{name}={value}" for name, value in cookies_of(headers).items() if name.startswith("visitor"))


def streamlits(name: str, size: int = 0, **claims: Any) -> list[tuple[bytes, bytes]]:
    """The headers with which Streamlit keeps a login in the browser."""
    made: list[tuple[bytes, bytes]] = []
    about = {"email": f"{name}@example.org", "email_verified": True, "is_logged_in": True, "x": "x" * size, **claims}

    def signed(cookie: str, value: str) -> bytes:
        return create_signed_value(GOOD["cookie_secret"], cookie, value)

    def keep(cookie: str, value: str) -> None:
        made.append((b"set-cookie", f"{cookie}={signed(cookie, value).decode()}; Path=/; Max-Age=2592000".encode()))

    set_cookie_with_chunks(keep, signed, USER_COOKIE_NAME, about, cookie_attr_size=60)
    set_cookie_with_chunks(keep, signed, TOKENS_COOKIE_NAME, {"id_token": "secret-token"}, cookie_attr_size=60)
    return made


async def log_in(site: Site, name: str, size: int = 0, **claims: Any) -> str:
    """The cookies of the browser of a user who logged in."""
    visitor = await token(site, host=PUBLIC)
    site.answer = lambda scope: streamlits(name, size, **claims)
    _, headers = await site.ask(hosting.CALLBACK, host=PUBLIC, cookie=visitor)
    site.answer = lambda scope: []
    kept = cookies_of(headers)
    assert not [one for one in kept if one.startswith("_streamlit")], "who somebody is never reaches the browser"
    assert "secret-token" not in str(headers)
    return "; ".join([visitor, *(f"{name}={value}" for name, value in kept.items() if name.startswith("__Host-"))])


def who(scope: Any) -> str | None:
    """Who Streamlit takes the sender of this request for."""
    given = dict(pair.split("=", 1) for pair in dict(scope["headers"]).get(b"cookie", b"").decode().split("; ") if pair)
    return logins.person_of(given)


@pytest.fixture(name="site")
def site_(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Site:
    monkeypatch.setenv("DIALOOGWIJZER_DATA", str(tmp_path))
    return Site()


@pytest.fixture(name="hosted")
def hosted_(site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Site:
    configure(monkeypatch, tmp_path)
    return site
