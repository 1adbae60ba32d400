"""The way in where there are users: a token of the browser is changed for the login that is kept here, and back."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.server.doors import LOGOUT
from ui.server.logins import LOGIN, Logins, is_streamlits, logins, set_by
from ui.server.visitors import PERSON
from ui.server.windows import Windows, windows
from ui.visit import hosting

COOKIE = "login"
_OWN_PAGE = ("same-origin", "none")


class Entrance:
    """Hands Streamlit its cookies of a login that lasts, begins a login when one succeeds, and ends it everywhere."""

    def __init__(self, app: ASGIApp, kept: Logins = logins, open_windows: Windows = windows):
        self.app, self.kept, self.windows = app, kept, open_windows

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or not hosting.has_users():
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        pairs = [one.strip().partition("=") for given in headers.getlist("cookie") for one in given.split(";")]
        token = next((value for name, _, value in pairs if name == cookie_name()), "")
        login = self.kept.get(token)
        own = [f"{name}={value}" for name, _, value in pairs if not is_streamlits(name) and name != cookie_name()]
        streamlits = [f"{name}={value}" for name, value in login.cookies.items()] if login is not None else []
        scope = {
            **scope,
            "headers": [pair for pair in scope["headers"] if pair[0].lower() != b"cookie"],
            PERSON: login.person if login is not None else None,
            LOGIN: token if login is not None else "",
        }
        if own or streamlits:
            MutableHeaders(scope=scope)["cookie"] = "; ".join((*own, *streamlits))
        if scope["type"] == "websocket":
            await self.app(scope, receive, send)
            return
        leaves = scope["path"] == LOGOUT
        if leaves and headers.get("sec-fetch-site", _OWN_PAGE[0]) not in _OWN_PAGE:
            await PlainTextResponse("", 403)(scope, receive, send)
            return

        async def answered(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": self._headers(scope, message)}
                if leaves:
                    self.windows.close(self.kept.end(token))
            await send(message)

        await self.app(scope, receive, answered)

    def _headers(self, scope: Scope, message: Message) -> list[tuple[bytes, bytes]]:
        """The headers of an answer, with the token of a login in the place of Streamlit's own cookies."""
        kept, given = [], {}
        for name, value in message.get("headers", ()):
            its, content = set_by(value) if name.lower() == b"set-cookie" else ("", "")
            if not is_streamlits(its):
                kept.append((name, value))
            elif content:
                given[its] = content
        if given and scope["path"] == hosting.CALLBACK:
            self.windows.close(self.kept.end(scope[LOGIN], everywhere=False))
            kept.append((b"set-cookie", _cookie(self.kept.begin(given))))
        elif scope["path"] == LOGOUT:
            kept.append((b"set-cookie", _cookie("") + b"; Max-Age=0"))
        return kept


def cookie_name() -> str:
    """The cookie with the token; over https one that no other server of the same domain can set."""
    return f"__Host-{COOKIE}" if hosting.is_https() else COOKIE


def _cookie(token: str) -> bytes:
    return f"{cookie_name()}={token}; Path=/; HttpOnly; SameSite=Lax".encode()
