"""Starts the application on this computer: one address, one line, and the browser if wanted."""

import asyncio
import gc
import logging
import socket
import sys
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

import altair  # noqa: F401  # imported before the freeze, as everything that stays
import pandas  # noqa: F401
import streamlit as st
from rich.console import Console

from assessment.changes.smallest_change import what_if
from assessment.portfolio.read.uploads import MOST_BYTES
from assessment.store import Store, StoreError
from knowledge.text import LANGUAGES
from rules.engine.inference import inference
from ui import navigation
from ui.server import lan
from ui.server.listening import Room
from ui.server.shell import application
from ui.visit import hosting
from ui.visit.hosting import HostingError
from ui.words import say

ADDRESS = "127.0.0.1"
PORT = 8501
LOOKS_EACH_SECONDS = 60.0
"""After how many seconds to look what can be removed for good."""

log = logging.getLogger(__name__)

OPTIONS: dict[str, Any] = {
    "browser.gatherUsageStats": False,
    "browser.serverAddress": ADDRESS,  # else Streamlit asks a server on the internet for this computer's address
    "client.disableDataExport": True,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
    "global.disableWidgetStateDuplicationWarning": True,  # a stored answer is a default and, after undo, a state too
    "logger.hideWelcomeMessage": True,
    "runner.magicEnabled": False,
    "runner.postScriptGC": False,  # a full collection after every click costs most of the time under load
    "server.address": ADDRESS,
    "server.allowedHosts": [ADDRESS, "localhost"],
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxMessageSize": 5,  # what comes in is held in memory before anybody can look at it
    "server.maxUploadSize": MOST_BYTES // 1_000_000,  # each place to give a file sets its own, smaller limit
    "theme.base": "light",
    "theme.primaryColor": "#0b5d3b",
    "theme.backgroundColor": "#f4f6f5",
    "theme.secondaryBackgroundColor": "#ffffff",
    "theme.textColor": "#101815",
    "theme.linkColor": "#0b4f8a",
    "theme.borderColor": "#6b7280",
    "theme.grayColor": "#4b5563",
    "theme.greenColor": "#0b6b3a",
    "theme.orangeColor": "#854700",
    "theme.redColor": "#a31621",
    "theme.linkUnderline": True,
    "theme.headingFontSizes": ["1.75rem", "1.25rem", "1.1rem", "1rem", "1rem", "1rem"],
}
"""Streamlit's settings, here and not in a file, so that they hold in whatever folder the application is started."""


def serve(port: int | None = None, open_browser: bool = True, address: str = ADDRESS, to_room: bool = False) -> None:
    """Serve the application until it is stopped; without a port on 8501, or where that is taken on a free one.

    With `to_room` telephones on the same network can open the page to vote on, and nothing else.

    Raises:
        SystemExit: the port that was asked for is taken, this computer is on no network, or a setting is not in order.
    """
    try:
        hosting.require_safe(address, to_room)
    except HostingError as error:
        raise SystemExit("\n".join(error.text.in_(one) for one in LANGUAGES)) from None
    chosen = _free(address, PORT if port is None else port, strict=port is not None)
    place = hosting.home() or f"http://{address}:{chosen}"
    listening = _where(address)
    if to_room:
        host = lan.own_address()
        if host is None:
            raise SystemExit("\n".join(say("lan.no_network", one) for one in LANGUAGES))
        _free(host, chosen, strict=True)
    what_if(inference())
    gc.collect()
    gc.freeze()

    Thread(target=remove_deleted, args=(Event(),), daemon=True).start()

    @asynccontextmanager
    async def started(app: st.App) -> AsyncIterator[None]:
        if not hosting.has_users():
            room = Room(app, asyncio.get_running_loop(), chosen)
            lan.let_switch(room.switch)
            if to_room:
                await room.open()
        console = Console(soft_wrap=True, highlight=False, markup=False)
        console.print(f"Dialoogwijzer: {place}")
        if to_room:
            for language in LANGUAGES:
                console.print(say("lan.warning", language, address=f"{lan.address()}/{navigation.VOTE}"))
        sys.stdout.flush()
        if open_browser:
            webbrowser.open(place)
        yield

    logging.getLogger("uvicorn.error").addFilter(lambda record: record.levelno >= logging.WARNING)
    sys.argv = sys.argv[:1]  # Streamlit hands them on to the pages
    with suppress(KeyboardInterrupt):
        application(started).run(config={**OPTIONS, **listening, "server.port": chosen})


def remove_deleted(stopped: Event) -> None:
    """Remove for good what can no longer be put back, once a minute until this is stopped."""
    store: Store | None = None
    while not stopped.wait(LOOKS_EACH_SECONDS):
        try:
            store = store or Store()
            store.remove_deleted()
        except StoreError as problem:  # it is tried again
            log.warning("what was deleted could not be removed for good yet: %s", problem)


def _where(address: str) -> dict[str, Any]:
    """The settings that depend on who is served."""
    login = hosting.login_file()
    if login is None:
        return {}
    return {
        "browser.serverAddress": urlsplit(hosting.home()).hostname,
        "secrets.files": [str(login)],
        "server.address": address,
        "server.allowedHosts": sorted(hosting.hosts()),
    }


def _free(address: str, port: int, strict: bool) -> int:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((address, port))
        except OSError:
            if strict:
                raise SystemExit("\n".join(say("error.port_taken", one, port=port) for one in LANGUAGES)) from None
            trial.bind((address, 0))
        return int(trial.getsockname()[1])
