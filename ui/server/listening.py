"""Listens on the network of the room while the application runs, and stops again: the switch on the trainer's desk.

The application itself listens on this computer only. Opening another address needs no restart, so that a group that is
being played stays as it is.
"""

import asyncio
import logging
from asyncio import AbstractEventLoop, Server

import uvicorn
from starlette.types import ASGIApp
from streamlit import config as streamlit_config

from ui.server import lan
from ui.server.shell import security_headers

PATIENCE = 10
"""Seconds to wait for the web server."""
HOSTS = "server.allowedHosts"

log = logging.getLogger(__name__)


class Room:
    """The address at which a running application serves the room."""

    def __init__(self, app: ASGIApp, loop: AbstractEventLoop, port: int, everywhere: bool):
        """`app` is served on this event loop already, at this port of the computer itself, or `everywhere`."""
        self._loop, self._port, self._everywhere = loop, port, everywhere
        limit = 1_000_000 * int(streamlit_config.get_option("server.maxMessageSize"))
        self._config = uvicorn.Config(
            app, lifespan="off", proxy_headers=False, ws_max_size=limit, log_level="warning", access_log=False
        )
        self._state = uvicorn.server.ServerState()
        self._server: Server | None = None

    def switch(self, on: bool) -> bool:
        """Serve the room, or serve it no longer; returns whether that succeeded. Not for the event loop itself."""
        try:
            asyncio.run_coroutine_threadsafe(self._open() if on else self._close(), self._loop).result(PATIENCE)
        except (OSError, TimeoutError) as problem:
            log.warning("the network of the room could not be switched: %s", problem)
            return False
        return True

    async def _open(self) -> None:
        host = lan.own_address()
        if host is None:
            raise OSError("this computer is on no network")
        if lan.host() is not None:
            return
        if not self._everywhere:
            if not self._config.loaded:
                self._config.load()
            make = self._config.http_protocol_class
            self._server = await self._loop.create_server(
                lambda: make(config=self._config, server_state=self._state, app_state={}),  # type: ignore[call-arg]
                host,
                self._port,
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


def _allow(host: str) -> None:
    """Let telephones connect to this address: by its name, and from its own pages."""
    streamlit_config.set_option(HOSTS, sorted({*streamlit_config.get_option(HOSTS), host}))
    security_headers.cache_clear()
