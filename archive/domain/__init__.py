"""What things are: frozen values and small rules. No I/O, no clock, no settings."""
