"""A throttle: so many bytes a second over all threads, so that reading everything again disturbs nobody."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

# Seconds by which reading may run ahead: waits shorter than a clock can tell are not worth making.
AHEAD = 0.05


class Throttle:
    """Called with a number of bytes before they are read, waits until their turn has come."""

    def __init__(
        self,
        bytes_per_second: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._rate, self._clock, self._sleep = bytes_per_second, clock, sleep
        self._free_at = clock()
        self._lock = Lock()

    def __call__(self, count: int) -> None:
        """Wait, if reading is ahead of its rate."""
        with self._lock:
            now = self._clock()
            self._free_at = max(self._free_at, now) + count / self._rate
            wait = self._free_at - now - AHEAD
        if wait > 0:
            self._sleep(wait)
