"""How often one host is asked: a polite pace per host, shared by all threads of the process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping

from pyrate_limiter import InMemoryBucket, Limiter, Rate, SingleBucketFactory

from archive.capture.limits import Deadline
from archive.errors import CaptureError

_MOST_HOSTS = 2_000


class HostPace:
    """Lets ``per_second`` requests a second through to each host and makes the others wait.

    Hosts in ``slower`` get fewer; None for ``per_second`` switches the pace off for all of them (tests).
    """

    def __init__(self, per_second: float | None, *, slower: Mapping[str, float] | None = None) -> None:
        self._per_second = per_second
        self._slower = slower or {}
        self._lock = threading.Lock()
        self._hosts: OrderedDict[str, tuple[Limiter, InMemoryBucket]] = OrderedDict()

    def wait(self, host: str, *, deadline: Deadline) -> None:
        """Return when ``host`` may be asked; CaptureError ``capture_timeout`` if that is after the deadline."""
        if self._per_second is None:
            return
        limiter, bucket = self._of(host)
        bucket.leak(bucket.now())  # type: ignore[no-untyped-call]
        if not limiter.try_acquire(host, timeout=deadline.require()):
            raise CaptureError("The site is being asked too often just now.", code="capture_timeout")

    def _of(self, host: str) -> tuple[Limiter, InMemoryBucket]:
        with self._lock:
            if host not in self._hosts:
                self._hosts[host] = self._new(host)
            self._hosts.move_to_end(host)
            if len(self._hosts) > _MOST_HOSTS:
                self._hosts.popitem(last=False)
            return self._hosts[host]

    def _new(self, host: str) -> tuple[Limiter, InMemoryBucket]:
        assert self._per_second is not None
        per_second = min(self._per_second, self._slower.get(host, self._per_second))
        bucket = InMemoryBucket([Rate(1, max(1, round(1000 / per_second)))])
        # Leaking is done on each use: a background thread would outlive the fetcher.
        return Limiter(SingleBucketFactory(bucket, schedule_leak=False)), bucket
