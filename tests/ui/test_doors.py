"""Which requests are answered: from our own pages, for what is needed, and over https if there is any."""

import asyncio
from unittest.mock import MagicMock

from starlette.routing import Mount
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from tests.support.site import PUBLIC, Site, hosted_, site_
from tests.ui.test_hosting import _fresh
from ui.navigation import PAGES
from ui.server import doors
from ui.server.doors import STREAM, UPLOAD

__all__ = ["_fresh", "hosted_", "site_"]  # fixtures


def test_a_page_of_another_program_on_this_computer_is_not_from_here(site: Site) -> None:
    async def course() -> None:
        good = await site.open()
        assert not good.closed
        for origin in ("http://127.0.0.1:3000", "http://127.0.0.1", "https://127.0.0.1:8501", "http://localhost:8501",
                       "null", "", "http://127.0.0.1:8501.evil.example", "http://evil.example:8501", "file://",
                       "http://127.0.0.1:8501@evil.example", "http://127.0.0.1:x"):  # fmt: skip
            strange = await site.open(origin=origin)
            assert strange.closed, origin
            assert (await site.ask("/", origin=origin))[0] == 403, origin
        for host in ("evil.example:8501", "", "127.0.0.1.evil.example", "127.0.0.1:8501@evil.example",
                     "[::1", "127.0.0.1]", "127.0.0.1:x", "127.0.0.1:99999"):  # fmt: skip
            assert (await site.ask("/", host=host))[0] == 403, host
        for method in ("PUT", "DELETE", "POST"):
            assert (await site.ask("/", method))[0] == 403, "whatever changes something names its origin"
        assert (await site.ask("/"))[0] == 200
        assert (await site.ask("/", origin="http://127.0.0.1:8501"))[0] == 200
        await good.leave()

    asyncio.run(course())


def test_where_there_are_users_the_origin_is_the_public_one(hosted: Site) -> None:
    async def course() -> None:
        for origin, fine in ((f"https://{PUBLIC}", True), (f"https://{PUBLIC}:443", True), (f"http://{PUBLIC}", False),
                             (f"https://{PUBLIC}:8443", False), ("https://x.mvo.example.org", False)):  # fmt: skip
            for host in (PUBLIC, f"{PUBLIC}:443"):
                assert ((await hosted.ask("/", origin=origin, host=host))[0] == 200) is fine, origin
        assert (await hosted.open(host=PUBLIC, origin=f"http://{PUBLIC}")).closed

    asyncio.run(course())


def test_every_route_of_streamlit_is_needed_or_closed() -> None:
    closed, served = set(), set()
    for route in create_streamlit_routes(MagicMock()):
        if isinstance(route, Mount):
            continue  # its pages and pictures
        path = route.path.replace("{file_id:path}", "x").replace("{file_id}", "y").replace("{session_id}", "s")  # type: ignore[attr-defined]
        scope = {"type": "websocket" if path == STREAM else "http", "path": path}
        (served if doors.is_served(scope) else closed).add(path)
    assert served == {"/_stcore/stream", "/_stcore/health", "/_stcore/host-config", "/media/x", f"{UPLOAD}s/y",
                      "/auth/login", "/auth/logout", "/oauth2callback"}  # fmt: skip
    assert {"/_stcore/metrics", "/_stcore/agent/mcp", "/_stcore/agent/interact"} <= closed
    for page in PAGES:
        assert doors.is_served({"type": "http", "path": f"/{page.path}"})
    assert not doors.is_served({"type": "websocket", "path": "/x/_stcore/stream"})


def test_metrics_are_open_to_nobody(site: Site) -> None:
    for path in ("/_stcore/metrics", "/_stcore/metrics/", "//_stcore/metrics", "/x/../_stcore/metrics"):
        assert asyncio.run(site.ask(path))[0] == 404
    assert not site.seen


def test_over_https_every_cookie_is_secure_and_the_browser_never_comes_back_without(hosted: Site) -> None:
    async def course() -> None:
        theirs = [(b"set-cookie", b"_streamlit_xsrf=x; Path=/"), (b"set-cookie", b"a=b; Secure")]
        hosted.answer = lambda scope: [(b"content-type", b"text/html"), *theirs]
        _, headers = await hosted.ask("/vragen", host=PUBLIC, accept="text/html")
        cookies = [value for name, value in headers if name == b"set-cookie"]
        assert len(cookies) == len(theirs) + 2  # ours: of the visitor, and of what they came for
        assert all(value.lower().count(b"; secure") == 1 for value in cookies)
        assert b"max-age" in dict(headers)[b"strict-transport-security"]

    asyncio.run(course())


def test_on_this_computer_there_is_no_https_to_ask_for(site: Site) -> None:
    site.answer = lambda scope: [(b"content-type", b"text/html")]
    _, headers = asyncio.run(site.ask("/"))
    assert b"strict-transport-security" not in dict(headers) and b"ecure" not in dict(headers)[b"set-cookie"]
