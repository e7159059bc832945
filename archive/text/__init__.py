"""Pure text knowledge shared by the rooms that decide."""
