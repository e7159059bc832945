"""The key that signs form tokens: as set, or made once and kept in the data directory for all processes of the site."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from archive.errors import ConfigurationError
from archive.settings import Settings

_FILE = "secret.key"
_LENGTH = 32


def signing_key(settings: Settings) -> bytes:
    """The key as bytes. ConfigurationError when it must be made and the data directory cannot be written."""
    chosen = settings.secret_key.get_secret_value()
    return chosen.encode() if chosen else _kept(settings.data_directory / _FILE)


def _kept(path: Path) -> bytes:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # Two processes that start together must end up with one key: a whole file is linked into place, or it is not.
        fresh = path.with_name(f"{_FILE}.{os.getpid()}")
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(secrets.token_hex(_LENGTH).encode())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(
            f"The key that signs forms cannot be kept in {path.parent}: set ONRECORD_SECRET_KEY.", code="no_secret_key"
        ) from error
