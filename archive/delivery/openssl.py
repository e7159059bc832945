"""The second way to verify a time stamp: ``openssl ts -verify``, for answers that the library cannot read."""

from __future__ import annotations

import re
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from archive.errors import DeliveryError

SECONDS = 20
_TIME = re.compile(r"^Time stamp: (\w{3}) +(\d{1,2}) (\d\d:\d\d:\d\d)(?:\.\d+)? (\d{4}) GMT$", re.MULTILINE)
_POLICY = re.compile(r"^Policy OID: (\S+)$", re.MULTILINE)


def answered_at(answer: bytes, *, request: bytes, roots: bytes, policy: str | None) -> datetime:
    """The time that a fresh answer to ``request`` says: imprint, nonce, chain and purpose hold, and so does the policy.

    DeliveryError ``bad_time_stamp``.
    """
    return _verified(answer, roots=roots, policy=policy, against=("-queryfile", request))


def stamped_at(answer: bytes, *, content: bytes, roots: bytes, policy: str | None) -> datetime:
    """The time that a stored answer says of these bytes. DeliveryError ``bad_time_stamp``."""
    return _verified(answer, roots=roots, policy=policy, against=("-data", content))


def _verified(answer: bytes, *, roots: bytes, policy: str | None, against: tuple[str, bytes]) -> datetime:
    option, content = against
    with tempfile.TemporaryDirectory(prefix="onrecord-stamp-") as folder:
        files = {name: Path(folder) / name for name in ("answer", "roots", "against")}
        for name, body in (("answer", answer), ("roots", roots), ("against", content)):
            files[name].write_bytes(body)
        told = _run("-reply", "-in", str(files["answer"]), "-text")
        at = _time_in(told)
        _run(
            "-verify",
            "-in",
            str(files["answer"]),
            option,
            str(files["against"]),
            "-CAfile",
            str(files["roots"]),
            # Certificates expire, time stamps stay: the chain is asked about the time the stamp says.
            "-attime",
            str(int(at.timestamp())),
        )
    found = _POLICY.search(told)
    if policy is not None and (found is None or found[1] != policy):
        raise DeliveryError("The time stamp was made under another policy.", code="bad_time_stamp")
    return at


def _run(*arguments: str) -> str:
    try:
        done = subprocess.run(
            ("openssl", "ts", *arguments), capture_output=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DeliveryError(
            "The time stamp cannot be verified: OpenSSL does not run.", code="bad_time_stamp"
        ) from error
    if done.returncode:
        raise DeliveryError("The time stamp does not hold, says OpenSSL.", code="bad_time_stamp")
    return done.stdout.decode("utf-8", "replace")


def _time_in(told: str) -> datetime:
    found = _TIME.search(told)
    if found is None:
        raise DeliveryError("The answer is no granted time stamp.", code="bad_time_stamp")
    month, day, clock, year = found.groups()
    try:
        return datetime.strptime(f"{year} {month} {day} {clock}", "%Y %b %d %H:%M:%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise DeliveryError("The answer is no granted time stamp.", code="bad_time_stamp") from error
