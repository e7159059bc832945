"""Labelled edits of invented posts: one operator for each code of the taxonomy, the same edits for the same seed."""
