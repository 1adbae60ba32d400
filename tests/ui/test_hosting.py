"""Who is served: one user here or users with a login, never a network without one; and how many windows at once."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from hypothesis import given, strategies
from typer.testing import CliRunner

from ui.cli.main import app
from ui.screens.advice import compare_page
from ui.screens.browse import knowledge_page
from ui.screens.trainer import headings, trainer_desk, vote_page
from ui.server import serve, visitors
from ui.server.doors import LOGOUT, STREAM
from ui.server.gate import Gate
from ui.server.shell import Shell
from ui.visit import arrival, hosting, invited, session
from ui.visit.hosting import HostingError
from ui.words import say

pytestmark = pytest.mark.slow

GOOD = {
    "redirect_uri": "https://mvo.example.org/oauth2callback",
    "cookie_secret": "s" * 32,
    "client_id": "x",
    "client_secret": "y",
    "server_metadata_url": "https://login.example.org/.well-known/openid-configuration",
}
TOKEN = "a" * 32


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("DIALOOGWIJZER_LOGIN", "DIALOOGWIJZER_SESSIONS"):
        monkeypatch.delenv(name, raising=False)
    forget()
    yield
    monkeypatch.undo()
    forget()


def forget() -> None:
    for one in (hosting.login_file, hosting.settings, hosting.most_sessions):
        one.cache_clear()
    visitors._signer.cache_clear()


def configure(monkeypatch: pytest.MonkeyPatch, folder: Path, **changed: str) -> Path:
    file = folder / "login.toml"
    lines = [f'{name} = "{value}"' for name, value in {**GOOD, **changed}.items()]
    file.write_text("\n".join(["[auth]", *lines]), encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv("DIALOOGWIJZER_LOGIN", str(file))
    forget()
    return file


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620])
def test_a_login_file_that_others_can_read_or_write_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, mode: int
) -> None:
    configure(monkeypatch, tmp_path).chmod(mode)
    with pytest.raises(HostingError, match="chmod 600"):
        hosting.settings()


def test_without_settings_there_are_no_users_and_nobody_else_is_served() -> None:
    assert not hosting.has_users() and hosting.hosts() == {"127.0.0.1", "localhost"}
    hosting.require_safe("127.0.0.1")
    for address in ("0.0.0.0", "192.168.1.2", "::"):
        with pytest.raises(HostingError, match="only with a login"):
            hosting.require_safe(address)


def test_with_a_login_other_addresses_may_be_used(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    configure(monkeypatch, tmp_path)
    hosting.require_safe("0.0.0.0")
    assert hosting.has_users() and "mvo.example.org" in hosting.hosts()
    assert hosting.home() == "https://mvo.example.org"


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"client_id": ""}, "client_id"),
        ({"redirect_uri": "http://mvo.example.org/oauth2callback"}, "https://"),
        ({"redirect_uri": "https://mvo.example.org/"}, "/oauth2callback"),
        ({"cookie_secret": "short"}, "32 random characters"),
        ({"email_verified": "yes"}, "true, text, absent"),
    ],
)
def test_settings_that_are_not_safe_are_refused(
    changed: dict[str, str], told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    configure(monkeypatch, tmp_path, **changed)
    with pytest.raises(HostingError, match=told):
        hosting.has_users()


@pytest.mark.parametrize(("content", "told"), [("[auth", "cannot be read"), (None, "cannot be read"), ("", "missing")])
def test_a_file_that_is_not_in_order_never_means_no_login(
    content: str | None, told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = configure(monkeypatch, tmp_path)
    file.unlink()
    if content is not None:
        file.write_text(content, encoding="utf-8")
        file.chmod(0o600)
    with pytest.raises(HostingError, match=told):
        hosting.has_users()


def test_the_command_refuses_a_network_in_one_line_per_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "application", None)  # it serves nothing, whatever it says
    found = CliRunner().invoke(app, ["app", "--no-browser", "--address", "0.0.0.0"])
    assert found.exit_code == 1 and found.output.count("\n") == 2 and "alleen met een login" in found.output


@pytest.mark.parametrize("given", ["0", "-1", "many", "1.5", "9" * 30])
def test_a_number_of_windows_that_is_none_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIALOOGWIJZER_SESSIONS", given)
    forget()
    with pytest.raises(HostingError, match="DIALOOGWIJZER_SESSIONS"):
        hosting.require_safe("127.0.0.1")


class Visit:
    """Asks the gate for something, as a web server does, and keeps what it sends."""

    def __init__(self, gate: Any, path: str = "/", kind: str = "http", query: str = ""):
        headers = [(b"host", b"127.0.0.1"), (b"origin", b"http://127.0.0.1"), (b"accept", b"text/html")]
        self.scope = {"type": kind, "path": path, "query_string": query.encode(), "headers": headers}
        self.gate, self.sent = gate, list[Any]()

    async def go(self) -> "Visit":
        async def send(message: Any) -> None:
            self.sent.append(message)

        async def receive() -> Any:
            raise AssertionError

        await self.gate(self.scope, receive, send)
        return self

    @property
    def status(self) -> int:
        return int(self.sent[0]["status"])

    @property
    def headers(self) -> dict[bytes, bytes]:
        return dict(self.sent[0]["headers"])


async def behind(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await scope["wait"].wait()
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.mark.parametrize("language", ["nl", "en"])
def test_one_window_more_than_agreed_hears_that_it_is_too_busy(language: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIALOOGWIJZER_SESSIONS", "2")
    forget()
    gate = Shell(Gate(behind))

    async def course() -> None:
        closed = asyncio.Event()
        open_ = [Visit(gate, STREAM, "websocket") for _ in range(2)]
        for one in open_:
            one.scope["wait"] = closed
        running = [asyncio.create_task(one.go()) for one in open_]
        await asyncio.sleep(0)
        late = await Visit(gate, query=f"lang={language}").go()
        assert late.status == 503
        page = late.sent[1]["body"].decode()
        assert say("hosting.full", language) in page and f'lang="{language}"' in page
        assert b"content-security-policy" in late.headers
        assert (await Visit(gate, STREAM, "websocket").go()).sent == [{"type": "websocket.close", "code": 1013}]
        closed.set()
        await asyncio.gather(*running)
        assert (await Visit(gate).go()).status == 200

    asyncio.run(course())


def kept(visit: Visit) -> arrival.Arrival:
    """What the browser keeps after a visit."""
    return arrival.of_request({"cookie": visit.headers[b"set-cookie"].decode().split(";")[0]})


def again(visit: Visit, came: arrival.Arrival) -> Visit:
    """The same visit by a browser that kept this."""
    visit.scope["headers"].append((b"cookie", arrival.cookie(came, secure=False).split(b";")[0]))
    return visit


def test_an_invitation_leaves_the_address_and_stays_with_the_browser(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    configure(monkeypatch, tmp_path)
    visit = asyncio.run(Visit(Gate(behind), query=f"invitation={TOKEN}&lang=en").go())
    assert visit.status == 303 and visit.headers[b"location"] == b"/?lang=en"
    cookie = visit.headers[b"set-cookie"].decode()
    assert cookie.startswith("arrival=") and kept(visit) == arrival.Arrival(language="en", invitation=TOKEN)
    assert all(one in cookie for one in ("HttpOnly", "SameSite=Lax", "Secure"))
    for path in ("//evil.example/", "/\\evil.example/", "/a\r\nset-cookie: x"):
        odd = asyncio.run(Visit(Gate(behind), path, query=f"invitation={TOKEN}").go())
        assert odd.headers[b"location"] == b"/" and kept(odd).invitation == TOKEN
    for text in ("x", TOKEN + "%0d%0aset-cookie:x", "%22%3E"):
        assert asyncio.run(Visit(Gate(behind), query=f"invitation={text}").go()).status == 200


def test_the_login_brings_a_visitor_to_the_page_and_language_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    configure(monkeypatch, tmp_path)

    async def streamlit(scope: Any, receive: Any, send: Any) -> None:
        """As Streamlit answers the return from a login: always to the first page."""
        await send({"type": "http.response.start", "status": 302, "headers": [(b"Location", b"/")]})
        await send({"type": "http.response.body", "body": b""})

    first = asyncio.run(Visit(Gate(behind), "/vragen", query="lang=en&b=abc&part=x&odd=1").go())
    assert first.status == 200
    came = kept(first)
    assert came == arrival.Arrival("/vragen", (("b", "abc"), ("part", "x")), "en")
    for path in ("/auth/login", "/shell/look.css"):  # what is no page changes nothing
        assert b"set-cookie" not in asyncio.run(again(Visit(Gate(behind), path), came).go()).headers
    back = asyncio.run(again(Visit(Gate(streamlit), hosting.CALLBACK, query="code=1&state=2"), came).go())
    assert back.headers[b"location"] == b"/vragen?b=abc&part=x&lang=en"
    left = asyncio.run(again(Visit(Gate(streamlit), LOGOUT), came).go())
    assert kept(left) == arrival.Arrival(language="en")  # the next one is not brought to the page of the last
    home = asyncio.run(again(Visit(Gate(behind)), kept(left)).go())
    assert (home.status, home.headers[b"location"]) == (303, b"/?lang=en")
    dutch = asyncio.run(again(Visit(Gate(behind), query="lang=nl"), kept(left)).go())
    assert dutch.status == 200 and kept(dutch).language == "nl"
    assert asyncio.run(again(Visit(Gate(behind)), kept(dutch)).go()).status == 200


@given(
    path=strategies.text(), query=strategies.dictionaries(strategies.text(), strategies.text()), raw=strategies.text()
)
def test_whatever_a_browser_brings_it_is_led_to_our_own_pages(path: str, query: dict[str, str], raw: str) -> None:
    for came in (
        arrival.Arrival().at(path, urlencode(query)),
        arrival.read(raw),
        arrival.read(quote(urlencode(query))),
    ):
        place = urlsplit(came.address)
        assert (place.scheme, place.netloc) == ("", "") and arrival.is_page(place.path)
        assert came.address.startswith("/") and not came.address.startswith(("//", "/\\"))
        assert set(parse_qs(place.query, keep_blank_values=True)) <= arrival.PARAMETERS
        assert b"\n" not in arrival.cookie(came, True) and len(arrival.cookie(came, True)) < 4_096


def test_every_parameter_of_our_pages_survives_a_login() -> None:
    used = {session.LANGUAGE, session.OPEN, session.PART, session.QUESTION, compare_page.FIRST, compare_page.SECOND}
    used |= {knowledge_page.ITEM, knowledge_page.FIND, trainer_desk.GROUP, headings.PRESENT}
    used |= {vote_page.CODE}
    assert used == arrival.PARAMETERS
    values = tuple((name, "x.y-z:é 1") for name in sorted(used - {session.LANGUAGE}))
    came = arrival.Arrival("/vergelijken", values, "en", TOKEN)
    assert arrival.of_request({"cookie": arrival.cookie(came, True).decode().split(";")[0]}) == came


def test_where_there_are_no_users_an_invitation_does_nothing() -> None:
    assert asyncio.run(Visit(Gate(behind), query=f"invitation={TOKEN}").go()).status == 200
    assert invited.link("", TOKEN, "nl") == f"/?invitation={TOKEN}&lang=nl"
