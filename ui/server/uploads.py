"""Files that come in: only into a window of one's own, from somebody who is known, and not more than agreed."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import runtime

from assessment.portfolio.read.uploads import MOST_BYTES
from ui.server import visitors
from ui.server.doors import UPLOAD
from ui.server.visitors import Visitor
from ui.server.windows import Windows, windows

MOST_OF_ONE = 5 * MOST_BYTES
"""Bytes that are held in memory for one user, in all windows together."""
_OVERHEAD = 1_000_000
"""What a request may be larger than its file."""


class Uploads:
    """Lets the files of a window in, and nothing else."""

    def __init__(self, app: ASGIApp, open_windows: Windows = windows):
        self.app, self.windows = app, open_windows
        self._coming: dict[str, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(UPLOAD):
            await self.app(scope, receive, send)
            return
        visitor = visitors.of(scope)
        session = scope["path"].removeprefix(UPLOAD).partition("/")[0]
        length = Headers(scope=scope).get("content-length", "")
        size = int(length) if length.isdecimal() else None
        if not visitor.known or not self.windows.owns(visitor, session):
            refused = 403
        elif scope["method"] == "PUT" and size is None:
            refused = 411
        elif scope["method"] == "PUT" and size is not None and not self._fits(visitor, size):
            refused = 413
        else:
            refused = 0
        if refused:
            await PlainTextResponse("", refused)(scope, receive, send)
            return
        self._coming[visitor.name] = self._coming.get(visitor.name, 0) + (size or 0)
        try:
            await self.app(scope, receive, send)
        finally:
            self._coming[visitor.name] -= size or 0
            if not self._coming[visitor.name]:
                del self._coming[visitor.name]

    def _fits(self, visitor: Visitor, size: int) -> bool:
        here = self.windows.sessions_of(visitor)
        return size <= MOST_BYTES + _OVERHEAD and size + held(here) + self._coming.get(visitor.name, 0) <= MOST_OF_ONE


def held(sessions: frozenset[str]) -> int:
    """How many bytes of files Streamlit holds for these sessions."""
    if not runtime.exists():
        return 0
    kept = getattr(runtime.get_instance().uploaded_file_mgr, "file_storage", {})
    return sum(len(file.data) for one in sessions for file in [*kept.get(one, {}).values()])
