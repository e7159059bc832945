"""The only SQL of the archive. Query functions take a session first, return domain values and never commit."""
