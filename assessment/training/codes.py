"""Codes with which a group joins: easy to type, hard to guess, and only so many guesses."""

import secrets
import time
from collections import deque
from collections.abc import Callable
from threading import Lock

ALPHABET = "234679ACDEFGHJKMNPQRTUVWXYZ"
"""Letters and digits that nobody mistakes for one another: no 0 and O, 1 and I and L, 5 and S, 8 and B."""
LENGTH = 6


def new_code() -> str:
    """One of some 387 million codes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def as_code(typed: str) -> str:
    """What somebody typed, as a code would be written; with other characters in it, it matches no code."""
    return "".join(character for character in typed.upper() if not character.isspace() and character != "-")[:40]


class Guesses:
    """Counts wrong codes: so many from one place, and so many from all together, within a span of time."""

    def __init__(
        self, here: int = 10, everywhere: int = 60, seconds: float = 60, now: Callable[[], float] = time.monotonic
    ):
        self._here, self._everywhere, self._seconds, self._now = here, everywhere, seconds, now
        self._wrong: deque[tuple[float, str]] = deque()
        self._lock = Lock()

    def allowed(self, place: str) -> bool:
        """Whether somebody at `place` may try a code now."""
        with self._lock:
            while self._wrong and self._wrong[0][0] <= self._now() - self._seconds:
                self._wrong.popleft()
            same = sum(one == place for _, one in self._wrong)
            return same < self._here and len(self._wrong) < self._everywhere

    def wrong(self, place: str) -> None:
        """A wrong code came from `place`."""
        with self._lock:
            self._wrong.append((self._now(), place))
