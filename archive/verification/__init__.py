"""Verification: alignments, registry and coverage in; one opinion on each claim out. Pure."""
