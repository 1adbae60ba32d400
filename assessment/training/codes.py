"""Codes with which a group joins: easy to type, hard to guess, so many guesses and so many voters from one place."""

import secrets
import time
from collections import OrderedDict, deque
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
    """Counts wrong codes within a span of time: of one voter, from one place, and of all together."""

    def __init__(
        self,
        own: int = 10,
        here: int = 40,
        everywhere: int = 300,
        seconds: float = 60,
        now: Callable[[], float] = time.monotonic,
    ):
        self._own, self._here, self._everywhere, self._seconds, self._now = own, here, everywhere, seconds, now
        self._wrong: deque[tuple[float, str, str]] = deque()
        self._lock = Lock()

    def allowed(self, voter: str, place: str) -> bool:
        """Whether this voter at `place` may try a code now."""
        with self._lock:
            while self._wrong and self._wrong[0][0] <= self._now() - self._seconds:
                self._wrong.popleft()
            own = sum(one == voter for _, one, _ in self._wrong)
            here = sum(one == place for _, _, one in self._wrong)
            return own < self._own and here < self._here and len(self._wrong) < self._everywhere

    def wrong(self, voter: str, place: str) -> None:
        """A wrong code came from this voter."""
        with self._lock:
            self._wrong.append((self._now(), voter, place))


class Joined:
    """Who joined with which code. From one place so many voters can join: a telephone is no room full of people."""

    def __init__(self, here: int = 5, most: int = 20_000):
        self._here, self._most = here, most
        self._voters: OrderedDict[tuple[str, str | None], set[str]] = OrderedDict()
        self._lock = Lock()

    def has(self, code: str, voter: str, place: str | None) -> bool:
        """Whether this voter joined."""
        with self._lock:
            return voter in self._voters.get((code, place), ())

    def count(self, code: str) -> int:
        """How many voters joined with this code."""
        with self._lock:
            return sum(len(voters) for (known, _), voters in self._voters.items() if known == code)

    def add(self, code: str, voter: str, place: str | None) -> bool:
        """Let this voter join, who did so with the right code; False where too many did from `place` (None: any)."""
        with self._lock:
            there = self._voters.setdefault((code, place), set())
            if voter not in there and place is not None and len(there) >= self._here:
                return False
            there.add(voter)
            while len(self._voters) > self._most:
                self._voters.popitem(last=False)
            return True
