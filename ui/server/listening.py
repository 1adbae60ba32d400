"""Listens on the network of the room while the application runs, and stops again: the switch on the trainer's desk.

The application itself listens on this computer only. Opening another address needs no restart, so that a group that is
being played stays as it is.
"""

import asyncio
import logging
from asyncio import AbstractEventLoop, Server
from contextlib import suppress
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from streamlit import config as streamlit_config

from ui.server import lan
from ui.server.shell import security_headers

PATIENCE = 10
"""Seconds to wait for the web server."""
HOSTS = "server.allowedHosts"
MOST_OF_ONE, MOST = 200, 700
"""Connections of one address, and of the whole room: the others that a system gives are for this computer."""
FILES = 4096
"""Connections and files that this program may have open, where the system lets it."""

log = logging.getLogger(__name__)


class Room:
    """The address at which a running application serves the room."""

    def __init__(self, app: ASGIApp, loop: AbstractEventLoop, port: int, waits: float = 10):
        """`app` is served on this event loop already, at this port of the computer itself.

        A connection of the room that asks nothing for as many seconds as this `waits` is closed.
        """
        self._loop, self._port, self._waits = loop, port, waits
        limit = 1_000_000 * int(streamlit_config.get_option("server.maxMessageSize"))
        self._config = uvicorn.Config(
            app, lifespan="off", proxy_headers=False, ws_max_size=limit, log_level="warning", access_log=False
        )
        self._state = uvicorn.server.ServerState()
        self._server: Server | None = None

    def switch(self, on: bool) -> bool:
        """Serve the room, or serve it no longer; returns whether that succeeded. Not for the event loop itself."""
        try:
            asyncio.run_coroutine_threadsafe(self.open() if on else self._close(), self._loop).result(PATIENCE)
        except (OSError, TimeoutError) as problem:
            log.warning("the network of the room could not be switched: %s", problem)
            return False
        return True

    async def open(self) -> None:
        """Serve the room, from the event loop itself.

        Raises:
            OSError: this computer is on no network, or the port is taken there.
        """
        host = lan.own_address()
        if host is None:
            raise OSError("this computer is on no network")
        if lan.host() is not None:
            return
        if not self._config.loaded:
            self._config.load()
        _ask_for_files()
        made: Any = _limited(self._config.http_protocol_class, self._waits)
        self._server = await self._loop.create_server(
            lambda: made(config=self._config, server_state=self._state, app_state={}), host, self._port
        )
        lan.serve_at(host, self._port)
        _allow(host)

    async def _close(self) -> None:
        host = lan.host()
        lan.stop_serving()
        if host is not None:
            streamlit_config.set_option(HOSTS, [one for one in streamlit_config.get_option(HOSTS) if one != host])
        security_headers.cache_clear()
        if self._server is not None:
            self._server.close()
            for connection in [*self._state.connections]:
                connection.shutdown()
            self._server = None


def _limited(base: Any, waits: float) -> type[asyncio.Protocol]:
    """The protocol of uvicorn, which has no limit of its own to connections that ask nothing."""

    class Limited(base):  # type: ignore[misc]
        def connection_made(self, transport: asyncio.Transport) -> None:
            super().connection_made(transport)
            same = sum((one.client or ("",))[0] == (self.client or ("",))[0] for one in self.connections)
            if same > MOST_OF_ONE or len(self.connections) > MOST:
                transport.abort()
            else:
                asyncio.get_running_loop().call_later(waits, self._leave_unless_asked)

        def _leave_unless_asked(self) -> None:
            if self in self.connections and self.cycle is None:
                self.transport.abort()

    return Limited


def _ask_for_files() -> None:
    """Let this program have more connections open, as the least that systems give is soon used up by a room."""
    with suppress(ImportError, OSError, ValueError):  # there is no such limit on Windows
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _allow(host: str) -> None:
    """Let telephones connect to this address: by its name, and from its own pages."""
    streamlit_config.set_option(HOSTS, sorted({*streamlit_config.get_option(HOSTS), host}))
    security_headers.cache_clear()
