"""The application on the local network: the address it has there, and what a visitor from the room may reach.

Only where the user asked for it (`dialoogwijzer app --lan`, or the switch on the desk of the trainer). Whoever comes
from another address than this computer's own gets the page to vote on and nothing else; the web server refuses the
rest, and the pages ask once more.
"""

import ipaddress
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ui.navigation import VOTE

VISITOR = "x-dialoogwijzer-visitor"
"""A header that the web server sets on every request, and that no browser can bring along."""
HERE, ROOM = "here", "room"
_NEEDED = frozenset({f"/{VOTE}", f"/{VOTE}/", "/favicon.png", "/robots.txt"})
_CONNECTION = frozenset({"/_stcore/stream", "/_stcore/health", "/_stcore/host-config"})
_PARTS = ("/static/", "/shell/")


@dataclass
class _Network:
    host: str | None = None
    port: int = 0
    was_served: bool = False
    switch: Callable[[bool], bool] | None = None


_network = _Network()


def serve_at(host: str | None, port: int = 0) -> None:
    """Serve the room at this address of the computer; with None only the computer itself."""
    _network.host, _network.port, _network.was_served = host, port, host is not None


def stop_serving() -> None:
    """Serve the room no longer. Who is still connected stays somebody of the room."""
    _network.host = None


def let_switch(switch: Callable[[bool], bool] | None) -> None:
    """Let the room be served and not be served while the application runs, by this function."""
    _network.switch = switch


def can_switch() -> bool:
    """Whether the room can be served, and no longer be served, while the application runs."""
    return _network.switch is not None


def switch(on: bool) -> bool:
    """Serve the room, or serve it no longer; returns whether that succeeded."""
    return _network.switch is not None and _network.switch(on)


def host() -> str | None:
    """This computer's address on the network while the room is served."""
    return _network.host


def address() -> str | None:
    """Where a telephone in the room finds the application; None while only this computer is served."""
    return f"http://{_network.host}:{_network.port}" if _network.host is not None else None


def own_address() -> str | None:
    """The address of this computer on its network, found without sending anything; None where it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial:
        try:
            trial.connect(("192.0.2.1", 9))  # a datagram socket sends nothing here: it only picks an address
        except OSError:
            return None
        found = str(trial.getsockname()[0])
    return None if ipaddress.ip_address(found).is_loopback else found


def visitor(client: str) -> str:
    """Whether a request comes from this computer or from the room, by the address of its sender."""
    if not _network.was_served:
        return HERE
    try:
        return HERE if ipaddress.ip_address(client).is_loopback else ROOM
    except ValueError:
        return ROOM


def may_open(path: str) -> bool:
    """Whether somebody in the room may ask for this path."""
    if _network.host is None:
        return False
    plain = ".." not in path and "//" not in path and "%" not in path
    return path in _NEEDED or path in _CONNECTION or (plain and path.startswith(_PARTS))


def is_guest(headers: Mapping[str, str]) -> bool:
    """Whether the visitor with these headers is somebody in the room; in doubt it is."""
    return _network.was_served and headers.get(VISITOR) != HERE
