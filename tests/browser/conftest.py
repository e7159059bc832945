"""The site that browsers visit."""

from tests.functional.web.sites import filled, harbour, velland

__all__ = ["filled", "harbour", "velland"]
