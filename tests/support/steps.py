"""Counts the calls that a piece of work makes: the same number on every machine, however busy it is."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

MOST = 12_000_000
"""Calls for a file of a sixteenth of the largest size that is let in: twice what the hardest of them takes now."""


class TooManySteps(BaseException):
    """The work makes more calls than it may; no reader takes this for a damaged file."""


@contextmanager
def at_most(most: int = MOST) -> Iterator[None]:
    """The work inside, in this thread and the threads that it starts.

    Raises:
        TooManySteps: it makes more than so many calls.
    """
    count = 0

    def counted(frame: FrameType, event: str, given: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")
        if count > most:
            raise TooManySteps(f"more than {most} calls, in {frame.f_code.co_name}")

    before = sys.getprofile()
    threading.setprofile(counted)
    sys.setprofile(counted)
    try:
        yield
    finally:
        sys.setprofile(before)
        threading.setprofile(None)  # type: ignore[arg-type]
