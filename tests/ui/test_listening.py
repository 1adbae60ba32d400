"""The switch that serves the room while the application runs: on, refused what is no vote, and off without a trace."""

import asyncio
import socket
import time
from collections.abc import Iterator
from http.client import HTTPConnection, RemoteDisconnected
from threading import Thread

import pytest
from starlette.types import Receive, Scope, Send
from streamlit import config

from ui.server import lan, listening
from ui.server.listening import HOSTS, Room
from ui.server.shell import Shell, security_headers

ADDRESS = lan.own_address()


async def behind(scope: Scope, receive: Receive, send: Send) -> None:
    seen = dict(scope["headers"])[lan.VISITOR.encode()]
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
    await send({"type": "http.response.body", "body": seen})


@pytest.fixture
def room() -> Iterator[tuple[Room, int]]:
    if ADDRESS is None:
        pytest.skip("this computer is on no network")
    with socket.socket() as trial:
        trial.bind((ADDRESS, 0))
        port = trial.getsockname()[1]
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, daemon=True).start()
    hosts = config.get_option(HOSTS)
    made = Room(Shell(behind), loop, port, waits=0.5)
    yield made, port
    made.switch(on=False)
    loop.call_soon_threadsafe(loop.stop)
    lan.serve_at(None)
    config.set_option(HOSTS, hosts)


def ask(connection: HTTPConnection, path: str) -> tuple[int, bytes]:
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_the_room_is_served_and_no_longer_served_while_it_runs(room: tuple[Room, int]) -> None:
    made, port = room
    with pytest.raises(ConnectionRefusedError):
        ask(HTTPConnection(str(ADDRESS), port, timeout=10), "/stem")
    assert lan.address() is None
    assert made.switch(on=True)
    assert made.switch(on=True), "already on"
    assert lan.address() == f"http://{ADDRESS}:{port}"
    assert ADDRESS in config.get_option(HOSTS)
    assert f"ws://{ADDRESS}:*".encode() in dict(security_headers())[b"content-security-policy"]
    here = HTTPConnection(str(ADDRESS), port, timeout=10)
    assert ask(here, "/stem") == (200, lan.ROOM.encode())
    assert ask(here, "/trainer")[0] == 403
    assert made.switch(on=False)
    with pytest.raises((ConnectionError, RemoteDisconnected)):
        ask(here, "/stem")
    with pytest.raises(ConnectionRefusedError):
        ask(HTTPConnection(str(ADDRESS), port, timeout=10), "/stem")
    assert ADDRESS not in config.get_option(HOSTS)
    assert lan.is_guest({lan.VISITOR: lan.ROOM}), "who came from the room stays of the room"
    assert lan.visitor("192.0.2.7") == lan.ROOM
    assert not lan.may_open("/stem")
    assert made.switch(on=True), "and on again"
    assert ask(HTTPConnection(str(ADDRESS), port, timeout=10), "/stem")[0] == 200


def test_without_a_network_the_switch_says_no(room: tuple[Room, int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lan, "own_address", lambda: None)
    assert not room[0].switch(on=True)
    assert lan.address() is None


def test_connections_that_ask_nothing_leave_place_for_the_others(
    room: tuple[Room, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    made, port = room
    monkeypatch.setattr(listening, "MOST_OF_ONE", 5)
    assert made.switch(on=True)
    idle = [socket.create_connection((str(ADDRESS), port), timeout=10) for _ in range(9)]
    assert [one.recv(1) for one in idle[5:]] == [b""] * 4, "one address has so many"
    asking = idle[0]
    asking.sendall(b"GET /stem HTTP/1.1\r\nhost: ")
    assert [one.recv(1) for one in idle[:5]] == [b""] * 5, "and none for long that asks nothing, or never to the end"
    here = HTTPConnection(str(ADDRESS), port, timeout=10)
    assert ask(here, "/stem") == (200, lan.ROOM.encode())
    time.sleep(0.6)
    assert ask(here, "/stem")[0] == 200, "whoever asked something stays"
    for one in idle:
        one.close()


def test_the_whole_room_leaves_place_for_this_computer(room: tuple[Room, int], monkeypatch: pytest.MonkeyPatch) -> None:
    made, port = room
    monkeypatch.setattr(listening, "MOST", 3)
    assert made.switch(on=True)
    some = [socket.create_connection((str(ADDRESS), port), timeout=10) for _ in range(4)]
    some[0].sendall(f"GET /stem HTTP/1.1\r\nhost: {ADDRESS}:{port}\r\n\r\n".encode())
    assert some[0].recv(12) == b"HTTP/1.1 200"
    assert some[3].recv(1) == b""
    for one in some:
        one.close()
