"""Hosts of the web that are known for what they are, whoever meets them: fetched, linked or read in a file."""

from __future__ import annotations

_DISTRUSTED = frozenset({f"archive.{ending}" for ending in ("today", "ph", "is", "li", "md", "vn", "fo")})
"""archive.today under its seven names. Snapshots there were shown to be altered, and its pages set readers' browsers
on another site (platforms.md 10.2)."""


def is_distrusted_archive(host: str) -> bool:
    """Whether a host is a web archive whose copies are neither asked for, nor linked, nor believed."""
    return host.lower().rstrip(".").removeprefix("www.") in _DISTRUSTED
