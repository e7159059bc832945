"""The only way in from the network and from files: delivers bytes with their provenance, understands nothing."""

from typing import TYPE_CHECKING

from archive.loading import on_demand

if TYPE_CHECKING:
    from archive.capture import fetcher

__all__ = ["fetcher"]

if not TYPE_CHECKING:
    __getattr__ = on_demand(__name__, __all__)
