"""A simulated world behind an httpx transport: platforms and news sites that publish, edit, delete and misbehave."""

from tests.world.faults import Fault
from tests.world.world import World, WorldPost

__all__ = ["Fault", "World", "WorldPost"]
