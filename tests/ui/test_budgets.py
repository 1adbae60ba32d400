"""So much for each visitor, less for who is not known yet, and always room for those who are in."""

import asyncio
from unittest.mock import MagicMock

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from tests.support.site import PUBLIC, Opened, Site, asked, hosted_, log_in, site_, token
from tests.ui.test_hosting import _fresh
from ui.server import lan, uploads, windows
from ui.server.doors import LOGOUT, UPLOAD
from ui.server.uploads import MOST_OF_ONE

pytestmark = pytest.mark.slow

__all__ = ["_fresh", "hosted_", "site_"]  # fixtures
OTHER = "203.0.113.9"


def test_two_hundred_idle_windows_of_one_client_shut_nobody_out(hosted: Site) -> None:
    async def course() -> None:
        anna = await log_in(hosted, "anna")
        idle = [await hosted.open(OTHER, PUBLIC) for _ in range(200)]
        assert sum(not one.closed for one in idle) == 200 // 8
        assert (await hosted.ask("/", client=OTHER, host=PUBLIC, accept="text/html"))[0] == 503
        assert (await hosted.ask("/", client="203.0.113.10", host=PUBLIC, accept="text/html"))[0] == 200
        many = [await hosted.open(f"198.51.100.{one % 50}", PUBLIC) for one in range(400)]
        assert sum(not one.closed for one in (*idle, *many)) == 150, "three quarters for all who are not known"
        mine = [await hosted.open(OTHER, PUBLIC, cookie=anna) for _ in range(30)]
        assert [one.closed for one in mine] == [False] * 25 + [True] * 5, "behind the same address, and known"
        for one in (*idle, *many, *mine):
            if not one.closed:
                await one.leave()

    asyncio.run(course())


def test_the_addresses_of_one_connection_are_one_client(hosted: Site) -> None:
    async def course() -> None:
        idle = [await hosted.open(f"2001:db8:0:7::{one:x}", PUBLIC) for one in range(1, 60)]
        assert sum(not one.closed for one in idle) == 25
        other = await hosted.open("2001:db8:0:8::1", PUBLIC)
        assert not other.closed
        for one in (*idle, other):
            if not one.closed:
                await one.leave()

    asyncio.run(course())


def test_windows_of_strangers_leave_nothing_behind(hosted: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "runtime", MagicMock())
    close = windows.runtime.get_instance().close_session  # type: ignore[attr-defined]

    async def course() -> None:
        anna = await log_in(hosted, "anna")
        opened = [await hosted.open(host=PUBLIC), await hosted.open(host=PUBLIC, cookie=anna)]
        for one in opened:
            await one.leave()
        close.assert_called_once_with(session_of(opened[0]))

    asyncio.run(course())


def test_a_telephone_does_not_shut_the_trainer_out(site: Site) -> None:
    lan.serve_at("192.0.2.2", 8501)

    async def course() -> None:
        room = {"host": "192.0.2.2:8501"}
        phones = [await site.open("192.0.2.7", **room) for _ in range(200)]
        assert sum(not one.closed for one in phones) == 25
        other = await site.open("192.0.2.8", **room)
        assert not other.closed
        own = [await site.open() for _ in range(60)]
        assert not any(one.closed for one in own)
        for one in (*phones, other, *own):
            if not one.closed:
                await one.leave()

    try:
        asyncio.run(course())
    finally:
        lan.serve_at(None)


def test_who_is_not_known_sends_small_messages_only(hosted: Site) -> None:
    async def course() -> None:
        stranger = await hosted.open(host=PUBLIC)
        anna = await hosted.open(host=PUBLIC, cookie=await log_in(hosted, "anna"))
        for window in (stranger, anna):
            await window.say(b"x" * windows.LONGEST)
            assert not window.closed
            await window.say(b"x" * (windows.LONGEST + 1))
        assert (stranger.closed, anna.closed) == (True, False)
        await anna.leave()

    asyncio.run(course())


def session_of(window: Opened) -> str:
    told = next(one["bytes"] for one in window.sent if one["type"] == "websocket.send")
    return str(ForwardMsg.FromString(told).new_session.initialize.session_id)


async def upload(site: Site, session: str, method: str = "PUT", size: object = 10, **headers: str) -> int:
    host = headers.get("host", "127.0.0.1:8501")
    origin = f"https://{host}" if host == PUBLIC else f"http://{host}"
    length = {"content_length": str(size)} if size is not None else {}
    return (await site.ask(f"{UPLOAD}{session}/file", method, **{"origin": origin, **length, **headers}))[0]


def test_a_place_for_files_is_of_the_window_that_it_is_in(site: Site) -> None:
    async def course() -> None:
        mine, other = await token(site), await token(site)
        assert mine != other
        window, unnamed = await site.open(cookie=mine), await site.open()
        session = session_of(window)
        assert await upload(site, session, cookie=mine) == 200
        for method in ("PUT", "DELETE"):
            assert await upload(site, session, method, cookie=other) == 403
            assert await upload(site, session, method) == 403
            assert await upload(site, session, method, cookie=f"{mine}x") == 403
            assert await upload(site, "unknown", method, cookie=mine) == 403
            assert await upload(site, session_of(unnamed), method) == 403, "a window without a token takes no files"
        assert await upload(site, session, "DELETE", cookie=mine) == 200
        for one in (window, unnamed):
            await one.leave()

    asyncio.run(course())


def test_nobody_goes_on_with_the_session_of_another(site: Site) -> None:
    async def course() -> None:
        mine, other = await token(site), await token(site)
        first = await site.open(cookie=mine)
        session = session_of(first)
        await first.leave()
        taken = await site.open(cookie=other, sec_websocket_protocol=f"streamlit, x, {session}")
        assert asked(site.seen[-1]) == ["streamlit", "x"]
        bare = await site.open(sec_websocket_protocol=f"streamlit, x, {session}")
        assert asked(site.seen[-1]) == ["streamlit", "x"]
        back = await site.open(cookie=mine, sec_websocket_protocol=f"streamlit, x, {session}")
        assert asked(site.seen[-1]) == ["streamlit", "x", session]
        for one in (taken, bare, back):
            await one.leave()

    asyncio.run(course())


def test_before_a_login_nothing_is_taken_in_or_given_out(hosted: Site) -> None:
    async def course() -> None:
        stranger = await token(hosted, host=PUBLIC)
        window = await hosted.open(host=PUBLIC, cookie=stranger)
        for _ in range(30):
            assert await upload(hosted, session_of(window), size=19_000_000, host=PUBLIC, cookie=stranger) == 403
        assert (await hosted.ask("/media/0a1b.pdf", host=PUBLIC, cookie=stranger))[0] == 403
        anna = await log_in(hosted, "anna")
        assert (await hosted.ask("/media/0a1b.pdf", host=PUBLIC, cookie=anna))[0] == 200
        own = await hosted.open(host=PUBLIC, cookie=anna)
        assert await upload(hosted, session_of(own), host=PUBLIC, cookie=anna) == 200
        await hosted.ask(LOGOUT, host=PUBLIC, cookie=anna)
        assert await upload(hosted, session_of(own), host=PUBLIC, cookie=anna) == 403
        await window.leave()

    asyncio.run(course())


def test_a_user_has_so_much_room_for_files(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    async def course() -> None:
        mine = await token(site)
        window = await site.open(cookie=mine)
        kept = [0]
        monkeypatch.setattr(uploads, "held", lambda sessions: kept[0] if session_of(window) in sessions else 0)
        for size, told in ((None, 411), ("x", 411), ("-1", 411), (25_000_000, 413), (20_000_000, 200)):
            assert await upload(site, session_of(window), size=size, cookie=mine) == told, size
        kept[0] = MOST_OF_ONE - 1_000_000
        assert await upload(site, session_of(window), size=999_999, cookie=mine) == 200
        assert await upload(site, session_of(window), size=1_000_001, cookie=mine) == 413
        await window.leave()

    asyncio.run(course())


def test_what_streamlit_holds_for_a_window_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    assert uploads.held(frozenset({"x"})) == 0
    manager = MemoryUploadedFileManager("/x")
    for session, content in (("x", b"12345"), ("x", b"67"), ("y", b"8")):
        manager.add_file(session, UploadedFileRec(content.decode(), "a.csv", "text/csv", content))
    monkeypatch.setattr(uploads, "runtime", MagicMock())
    uploads.runtime.get_instance.return_value.uploaded_file_mgr = manager  # type: ignore[attr-defined]
    assert [uploads.held(frozenset(some)) for some in ("x", "xy", "z", "")] == [7, 8, 0, 0]
