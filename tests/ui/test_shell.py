"""What the shell makes of a request, however it is asked, and what a browser may keep of the answer."""

import asyncio

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import Message

from ui.server.shell import Shell

PAGE = '<html lang="en"><head><title>Streamlit</title></head><body>' + "x" * 2_000 + "</body></html>"


async def page(request: Request) -> Response:
    if request.url.path.endswith(".js"):
        return Response("x" * 2_000, media_type="text/javascript", headers={"cache-control": "public"})
    return HTMLResponse(PAGE, headers={"cache-control": "public, max-age=9999"})


def asked(path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    routes = [Route("/{rest:path}", page)]
    shell = Shell(Starlette(routes=routes, middleware=[Middleware(GZipMiddleware, minimum_size=10)]))
    given = {"host": "127.0.0.1", **{name.replace("_", "-"): value for name, value in headers.items()}}
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "",
        "http_version": "1.1", "scheme": "http", "server": ("127.0.0.1", 80), "client": ("127.0.0.1", 1),
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
    }  # fmt: skip
    told: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        told.append(message)

    asyncio.run(shell(scope, receive, send))
    answer = {name.decode(): value.decode() for name, value in told[0]["headers"]}
    return told[0]["status"], answer, b"".join(one.get("body", b"") for one in told[1:])


@pytest.mark.parametrize("path", ["/", "/stem", "/vragen"])
@pytest.mark.parametrize("accept", ["*/*", "text/html", ""])
def test_a_page_comes_whole_however_it_is_asked_for(path: str, accept: str) -> None:
    status, headers, body = asked(path, accept=accept, accept_encoding="gzip, deflate, br, zstd", range="bytes=0-9")
    assert status == 200 and b"<title>Dialoogwijzer</title>" in body
    assert "content-encoding" not in headers and int(headers["content-length"]) == len(body)


def test_a_browser_keeps_the_program_and_nothing_that_somebody_wrote() -> None:
    for path in ("/", "/vragen", "/media/advice.pdf", "/_stcore/upload_file/x"):
        assert asked(path)[1]["cache-control"] == "no-store", path
    assert asked("/static/js/index.js", accept_encoding="gzip")[1] | {"content-length": ""} == asked(
        "/static/js/index.js", accept_encoding="gzip", accept="*/*"
    )[1] | {"content-length": ""}
    assert asked("/static/js/index.js")[1]["cache-control"] == "public"
