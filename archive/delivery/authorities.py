"""Time stamp authorities: those the operator describes in a folder, and asking one of them over HTTP."""

from __future__ import annotations

import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

import httpx

from archive.errors import ConfigurationError, DeliveryError

MOST_BYTES = 100_000
"""The longest answer that is read: tokens with their certificates have five to ten thousand."""
READ_SECONDS = 10.0
WHOLE_SECONDS = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """A time stamp authority: its name here, its address, the certificates that its tokens must lead to (PEM), and
    the only policy it may stamp under, where one is demanded."""

    name: str
    url: str
    roots: bytes
    policy: str | None = None


def read_authorities(directory: Path) -> tuple[Authority, ...]:
    """The authorities that ``NAME.toml`` and ``NAME.pem`` describe, by name; none where there is no folder.

    ConfigurationError for one that cannot be read.
    """
    try:
        return tuple(_authority(path) for path in sorted(directory.glob("*.toml")))
    except (OSError, ValueError, TypeError) as error:
        raise ConfigurationError("A time stamp authority's description cannot be read.") from error


def ask(authority: Authority, request: bytes) -> bytes:
    """The authority's answer to a time stamp request, whatever it is worth.

    DeliveryError ``authority_unreachable``, ``authority_refused``.
    """
    headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    until = time.monotonic() + WHOLE_SECONDS
    answer = b""
    try:
        with (
            httpx.Client(trust_env=False, timeout=READ_SECONDS, follow_redirects=False) as client,
            client.stream("POST", authority.url, content=request, headers=headers) as response,
        ):
            if response.status_code != httpx.codes.OK:
                raise DeliveryError(f"{authority.name} answered {response.status_code}.", code="authority_refused")
            for chunk in response.iter_raw():
                answer += chunk
                if len(answer) > MOST_BYTES or time.monotonic() > until:
                    raise DeliveryError(f"{authority.name} answers without end.", code="authority_refused")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise DeliveryError(f"{authority.name} cannot be reached.", code="authority_unreachable") from error
    return answer


def _authority(path: Path) -> Authority:
    described = tomllib.loads(path.read_text("utf-8"))
    url, policy = described.get("url"), described.get("policy")
    if not isinstance(url, str) or not (policy is None or isinstance(policy, str)):
        raise ConfigurationError(f"The time stamp authority {path.stem} needs a url.")
    return Authority(name=path.stem, url=url, roots=path.with_suffix(".pem").read_bytes(), policy=policy)
