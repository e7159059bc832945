"""The sites that these tests visit."""

from tests.functional.web.sites import bare_app, check, filled, harbour, runtime, site, velland

__all__ = ["bare_app", "check", "filled", "harbour", "runtime", "site", "velland"]
