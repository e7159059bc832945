"""The site that browsers visit."""

from tests.functional.web.sites import filled

__all__ = ["filled"]
