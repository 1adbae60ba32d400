"""How long ago something was, as this process saw time pass: setting the clock makes nothing older or younger."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta


class Ages:
    """The ages of what was written down with a moment; what was so before this process began is as old as it says."""

    def __init__(self, passed: Callable[[], float] = time.monotonic):
        self._passed = passed
        self._began: dict[str, tuple[datetime, float]] = {}

    def of(self, name: str, moment: datetime) -> timedelta:
        """The age of what has this name; it is looked up by it, until it has another moment."""
        known = self._began.get(name)
        if known is None or known[0] != moment:
            before = max(0.0, (datetime.now(UTC) - moment).total_seconds())
            known = self._began[name] = (moment, self._passed() - before)
        return timedelta(seconds=self._passed() - known[1])

    def forget(self, name: str) -> None:
        """It is gone, or asked about no more."""
        self._began.pop(name, None)
