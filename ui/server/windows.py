"""The windows that are open: how many for whom, and what becomes of those of somebody whose login or role ended."""

import asyncio
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import runtime
from streamlit.proto.AuthRedirect_pb2 import AuthRedirect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession

from ui.server import visitors
from ui.server.logins import LOGIN, Logins, logins
from ui.server.visitors import Visitor
from ui.visit import hosting

ENDED = 1008
"""The code with which a connection is closed that may not go on."""
PROTOCOL = "sec-websocket-protocol"
"""Streamlit's own use of this header: its name, a token, and the session to go on with."""
FEWEST = 3
MOST_SESSIONS = 10_000
LONGEST = 100_000
"""Bytes of a message from somebody who is not known yet."""

_AWAY = ForwardMsg(auth_redirect=AuthRedirect(url="/")).SerializeToString()
"""Takes what is on the page of a login that ended away, and leads to the first page."""


@dataclass(eq=False)
class Window:
    """One open window: whose it is, and with which login it was opened."""

    visitor: Visitor
    login: str
    loop: asyncio.AbstractEventLoop
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    session: str = ""
    gone: bool = False


class Windows:
    """The open windows of this process. Whoever is not known yet never takes the room of those who are in."""

    def __init__(self, kept: Logins = logins) -> None:
        self._logins = kept
        self._open: set[Window] = set()
        self._sessions: OrderedDict[str, Visitor] = OrderedDict()

    def has_room(self, visitor: Visitor) -> bool:
        """Whether this visitor may open a window more.

        Each user and each address has an eighth of what there is, and all who are not known three quarters together.
        """
        most = hosting.most_sessions()
        if len(self._open) >= most:
            return False
        if visitor.known and not visitor.name:
            return True
        same = sum((one.visitor.known, one.visitor.name) == (visitor.known, visitor.name) for one in self._open)
        unknown = sum(not one.visitor.known for one in self._open)
        return same < max(FEWEST, most // 8) and (visitor.known or unknown < most - most // 4)

    def owns(self, visitor: Visitor, session: str) -> bool:
        """Whether this session of Streamlit is of a window of this very visitor."""
        return bool(visitor.token) and self._sessions.get(session) == visitor

    def sessions_of(self, visitor: Visitor) -> frozenset[str]:
        """The sessions of all windows of this user or address, also of those that were closed a short time ago."""
        who = (visitor.known, visitor.name)
        return frozenset(one for one, its in self._sessions.items() if (its.known, its.name) == who)

    def close(self, tokens: frozenset[str]) -> None:
        """Close every window that was opened with one of these logins. Any thread may do so."""
        for window in [one for one in list(self._open) if one.login in tokens]:
            window.loop.call_soon_threadsafe(window.ended.set)

    def draw_anew(self, person: str) -> None:
        """Draw the windows of a user whose role was taken anew, with what that user may still see."""
        mine = self._logins.of(person)
        for window in [one for one in list(self._open) if one.login in mine]:
            session = _session(window)
            if session is not None:
                window.loop.call_soon_threadsafe(session.request_rerun, session._client_state)

    async def serve(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a window until it is closed, from either side."""
        window = Window(visitors.of(scope), scope.get(LOGIN, ""), asyncio.get_running_loop())
        scope = self._with_own_session(scope, window.visitor)
        over = asyncio.create_task(self._is_over(window))
        self._open.add(window)

        async def next_message() -> Message:
            coming = asyncio.ensure_future(receive())
            await asyncio.wait((coming, over), return_when=asyncio.FIRST_COMPLETED)
            if not over.done() and self._may_go_on(window, coming.result()):
                return coming.result()
            coming.cancel()
            if not window.gone:
                window.gone = True
                with suppress(RuntimeError):  # the browser was first
                    if window.login and window.session and not _leaves(window):
                        await send({"type": "websocket.send", "bytes": _AWAY})
                    await send({"type": "websocket.close", "code": ENDED})
            return {"type": "websocket.disconnect", "code": ENDED}

        async def sent(message: Message) -> None:
            if not window.gone:
                self._learn(window, message)
                await send(message)

        try:
            await app(scope, next_message, sent)
        finally:
            over.cancel()
            self._open.discard(window)
            if hosting.has_users() and not window.visitor.known and window.session and runtime.exists():
                runtime.get_instance().close_session(window.session)  # Streamlit keeps few of those that may come back

    async def _is_over(self, window: Window) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(window.ended.wait(), self._logins.left(window.login) if window.login else None)

    def _may_go_on(self, window: Window, message: Message) -> bool:
        if message["type"] != "websocket.receive":
            return True
        if window.login and self._logins.get(window.login) is None:
            return False
        return window.visitor.known or len(message.get("bytes") or message.get("text") or "") <= LONGEST

    def _with_own_session(self, scope: Scope, visitor: Visitor) -> Scope:
        """The request, without the session to go on with where that is not this visitor's own."""
        asked = [one.strip() for one in Headers(scope=scope).get(PROTOCOL, "").split(",")]
        if len(asked) < 3 or self.owns(visitor, asked[2]):
            return scope
        scope = {**scope, "headers": list(scope["headers"])}
        MutableHeaders(scope=scope)[PROTOCOL] = ", ".join(asked[:2])
        return scope

    def _learn(self, window: Window, message: Message) -> None:
        """Remember which session of Streamlit this window has: the first thing that it tells the browser."""
        if window.session or not message.get("bytes"):
            return
        told = ForwardMsg.FromString(message["bytes"])
        if told.WhichOneof("type") == "new_session":
            window.session = told.new_session.initialize.session_id
            self._sessions[window.session] = window.visitor
            self._sessions.move_to_end(window.session)
            while len(self._sessions) > MOST_SESSIONS:
                self._sessions.popitem(last=False)


def _session(window: Window) -> AppSession | None:
    return runtime.get_instance().get_app_session(window.session) if runtime.exists() else None


def _leaves(window: Window) -> bool:
    """Whether the user logs out in this window, which is on its way to the provider then."""
    session = _session(window)
    return session is not None and not session.is_resumable()


windows = Windows()
"""Those of this process."""
