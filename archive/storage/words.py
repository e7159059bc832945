"""The words of snapshots as stored (``post_words``), and the index over them."""

from archive.storage.segments import WordIndex, rebuild

__all__ = ["WordIndex", "rebuild"]
