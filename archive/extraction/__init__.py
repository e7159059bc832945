"""Bytes into readings and claims: pure, no I/O, no clock."""
