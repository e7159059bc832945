"""Benchmarks: what the archive costs beside the obvious way of doing the same."""
