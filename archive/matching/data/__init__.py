"""Word lists of the matcher, one TOML file a subject."""
