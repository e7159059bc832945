"""OnRecord: an archive of what officials post, and a verifier of how articles quote it."""

__version__ = "0.1.0"
