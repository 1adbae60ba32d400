"""What the web server gives to somebody in the room of a trainer: the page to vote on, and nothing else."""

import asyncio

from starlette.types import Message, Receive, Scope, Send

from assessment.store import Store
from assessment.store.database import data_folder
from tests.ui.test_app import store
from tests.ui.test_app_trainer_room import room
from ui.server import lan, visitors
from ui.server.shell import Shell

__all__ = ["room", "store"]  # fixtures

ROOM = "192.0.2.7"


def ask(path: str, client: str, kind: str = "http", **headers: str) -> tuple[int, dict[bytes, bytes], dict[str, str]]:
    """What the web server answers: status, headers, and the headers that the application behind it sees (if asked)."""
    seen: dict[str, str] = {}

    async def behind(scope: Scope, receive: Receive, send: Send) -> None:
        seen.update({name.decode(): value.decode() for name, value in scope["headers"]})
        if kind == "http":
            page = (b"content-type", b"text/html")
            await send({"type": "http.response.start", "status": 200, "headers": [page]})
            await send({"type": "http.response.body", "body": b"<html></html>"})

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    origin = [(b"origin", b"http://192.0.2.2:8501")] if kind == "websocket" else []
    given = [
        (b"host", b"192.0.2.2:8501"),
        *origin,
        *((name.encode(), value.encode()) for name, value in headers.items()),
    ]
    scope = {"type": kind, "path": path, "headers": given, "client": (client, 5), "query_string": b""}
    asyncio.run(Shell(behind)(scope, receive, send))
    first = sent[0] if sent else {"type": "passed"}
    status = 1008 if first["type"] == "websocket.close" else first.get("status", 0)
    return status, dict(first.get("headers", ())), seen


def test_the_web_server_gives_the_room_the_vote_only(room: None) -> None:
    for path in ("/", "/trainer", "/vragen", "/_stcore/upload_file/x/y", "/media/a.pdf",
                 "/static/../trainer", "/static/%2e%2e/trainer"):  # fmt: skip
        assert ask(path, ROOM)[0] == 403, path
        assert ask(path, "127.0.0.1")[0] == 200, path
    for path in ("/stem", "/static/js/index.js", "/shell/a11y.css", "/_stcore/health"):
        assert ask(path, ROOM)[0] == 200, path
    assert ask("/_stcore/stream", ROOM, "websocket")[2][lan.VISITOR] == lan.ROOM
    forged = {lan.VISITOR: lan.HERE, "x-forwarded-for": "127.0.0.1"}
    assert ask("/_stcore/stream", ROOM, "websocket", **forged)[2][lan.VISITOR] == lan.ROOM
    assert ask("/_stcore/stream", "127.0.0.1", "websocket")[2][lan.VISITOR] == lan.HERE
    assert lan.is_guest({})
    assert not lan.is_guest({lan.VISITOR: lan.HERE})


def test_without_the_option_the_network_is_not_served() -> None:
    assert ask("/stem", ROOM)[0] == 403, "a host that is not this computer"
    assert not lan.is_guest({})


def test_a_visitor_gets_a_cookie_once_and_an_invented_one_is_none(room: None, store: Store) -> None:
    first = ask("/stem", ROOM)[1][b"set-cookie"].decode()
    assert first.startswith("visitor-8501=")
    assert "HttpOnly" in first
    assert first != ask("/stem", ROOM)[1][b"set-cookie"].decode()
    issued = first.split(";")[0]
    assert b"set-cookie" not in ask("/stem", ROOM, cookie=issued)[1]
    for invented in ("visitor-8501=x", f"{issued}x", issued.replace("-8501", ""), "visitor-8501="):
        assert b"set-cookie" in ask("/stem", ROOM, cookie=invented)[1]
    host = {"host": "192.0.2.2:8501"}
    assert visitors.token_in({**host, "cookie": issued})
    visitors._signer.cache_clear()
    assert visitors.token_in({**host, "cookie": issued}), "it holds after a start anew"
    assert (data_folder() / visitors.KEY_FILE).stat().st_mode & 0o777 == 0o600
