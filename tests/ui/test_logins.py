"""A login lives on the server: no cookie outlives it, and it ends in every window at once."""

import asyncio
import json
from unittest.mock import MagicMock

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from tests.support.site import PUBLIC, Site, cookies_of, hosted_, log_in, site_, streamlits, who
from tests.ui.test_hosting import GOOD, _fresh
from ui.server import logins, visitors, windows
from ui.server.doors import LOGOUT
from ui.server.logins import IDLE, LASTS, MOST
from ui.visit import hosting

__all__ = ["_fresh", "hosted_", "site_"]  # fixtures


@pytest.mark.parametrize("size", [0, 9_000], ids=["one cookie", "cut in pieces"])
def test_a_login_is_kept_on_the_server_and_ends_everywhere(hosted: Site, size: int) -> None:
    async def course() -> None:
        anna, also_anna, bob = [await log_in(hosted, name, size) for name in ("anna", "anna", "bob")]
        opened = [await hosted.open(host=PUBLIC, cookie=one) for one in (anna, anna, also_anna, bob)]
        assert [who(scope) for scope in hosted.seen[-4:]] == ["anna@example.org"] * 3 + ["bob@example.org"]
        for site in ("cross-site", "same-site"):
            answer = await hosted.ask(LOGOUT, host=PUBLIC, cookie=anna, sec_fetch_site=site)
            assert answer[0] == 403 and not cookies_of(answer[1])
            assert not any(name == b"set-cookie" for name, _ in answer[1]), "the browser keeps its token"
        assert not any(one.closed for one in opened), "another site logs nobody out, here or at the provider"
        _, headers = await hosted.ask(LOGOUT, host=PUBLIC, cookie=anna)
        assert who(hosted.seen[-1]) == "anna@example.org", "the provider hears who leaves"
        assert any(value.startswith(b"__Host-login=;") and b"Max-Age=0" in value for _, value in headers)
        await asyncio.sleep(0.01)
        assert [one.closed for one in opened] == [True, True, True, False], "every window and every browser"
        away = ForwardMsg.FromString(opened[2].sent[-2]["bytes"])
        assert away.auth_redirect.url == "/", "what was on the page goes"
        for copied in (anna, also_anna):
            again = await hosted.open(host=PUBLIC, cookie=copied)
            assert who(hosted.seen[-1]) is None, "a copied cookie is of no use"
            await again.leave()
        await opened[3].say()
        assert not opened[3].closed
        await opened[3].leave()

    asyncio.run(course())


def test_a_login_ends_after_a_time_and_without_a_sign_of_life(hosted: Site) -> None:
    async def course() -> None:
        anna, bob = await log_in(hosted, "anna"), await log_in(hosted, "bob")
        window = await hosted.open(host=PUBLIC, cookie=anna)
        for hour in range(1, int(LASTS // 3600)):
            hosted.time = hour * 3600.0
            await window.say()
        assert not window.closed
        await hosted.ask("/", host=PUBLIC, cookie=bob)
        assert who(hosted.seen[-1]) is None, "Bob went away"
        hosted.time = LASTS
        await window.say()
        assert window.closed
        await hosted.ask("/", host=PUBLIC, cookie=anna)
        assert who(hosted.seen[-1]) is None

    asyncio.run(course())
    assert IDLE < LASTS


def test_a_window_that_says_nothing_is_closed_when_its_login_ends(
    hosted: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def course() -> None:
        anna = await log_in(hosted, "anna")
        monkeypatch.setattr(hosted.logins, "left", lambda token: 0.02)
        window = await hosted.open(host=PUBLIC, cookie=anna)
        assert not window.closed
        await asyncio.sleep(0.05)
        assert window.closed

    asyncio.run(course())


def test_no_cookie_that_a_browser_brings_makes_somebody_of_it(hosted: Site) -> None:
    async def course() -> None:
        real = "; ".join(value.decode().split(";")[0] for _, value in streamlits("anna"))
        for brought in (real, "login=x", "__Host-login=x", "__Host-login=", f"{real}; __Host-login=x", "=; ;;", "é=é"):
            await hosted.ask("/", host=PUBLIC, cookie=brought)
            assert who(hosted.seen[-1]) is None and hosted.seen[-1][visitors.PERSON] is None, brought
        bob = await log_in(hosted, "bob")
        await hosted.ask("/", host=PUBLIC, cookie=f"{bob}; {real}")
        assert who(hosted.seen[-1]) == "bob@example.org"
        hosted.answer = lambda scope: streamlits("anna")
        _, headers = await hosted.ask("/", host=PUBLIC, cookie=bob)  # only the way back from the provider begins one
        assert not [one for one in cookies_of(headers) if "login" in one or "streamlit" in one]

    asyncio.run(course())


def test_who_logs_in_anew_leaves_the_login_before(hosted: Site) -> None:
    async def course() -> None:
        anna = await log_in(hosted, "anna")
        window = await hosted.open(host=PUBLIC, cookie=anna)
        hosted.answer = lambda scope: streamlits("bob")
        _, headers = await hosted.ask(hosting.CALLBACK, host=PUBLIC, cookie=anna)
        await asyncio.sleep(0.01)
        assert window.closed
        await hosted.ask("/", host=PUBLIC, cookie=anna)
        assert who(hosted.seen[-1]) is None
        await hosted.ask("/", host=PUBLIC, cookie=f"__Host-login={cookies_of(headers)['__Host-login']}")
        assert who(hosted.seen[-1]) == "bob@example.org"

    asyncio.run(course())


def test_only_so_many_logins_are_kept(hosted: Site) -> None:
    cookies = {
        name: value for name, _, value in (one[1].decode().split(";")[0].partition("=") for one in streamlits("anna"))
    }
    made = [hosted.logins.begin(cookies) for _ in range(MOST + 5)]
    assert [hosted.logins.get(one) is not None for one in made] == [False] * 5 + [True] * MOST
    assert hosted.logins.of("anna@example.org") == set(made[5:])


def test_a_user_whose_role_was_taken_gets_their_windows_anew(hosted: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    sessions: dict[str, MagicMock] = {}
    monkeypatch.setattr(windows, "runtime", MagicMock())
    windows.runtime.get_instance().get_app_session = lambda name: sessions.setdefault(name, MagicMock())  # type: ignore[attr-defined]

    async def course() -> None:
        anna, bob = await log_in(hosted, "anna"), await log_in(hosted, "bob")
        opened = [await hosted.open(host=PUBLIC, cookie=one) for one in (anna, bob, bob)]
        await asyncio.to_thread(hosted.windows.draw_anew, "bob@example.org")
        assert sessions.keys() == {one.session for one in hosted.windows._open if one.visitor.name == "bob@example.org"}
        for one in sessions.values():
            await asyncio.sleep(0.01)
            one.request_rerun.assert_called_once_with(one._client_state)
        for window in opened:
            await window.leave()

    asyncio.run(course())
    assert len(sessions) == 2


def test_a_damaged_login_of_streamlit_is_nobodys(hosted: Site) -> None:
    for value in (json.dumps(["a"]), "null", "no json", json.dumps({"email": "a@b"})):
        signed = create_signed_value(GOOD["cookie_secret"], USER_COOKIE_NAME, value).decode()
        assert logins.person_of({USER_COOKIE_NAME: signed}) is None
