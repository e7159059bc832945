"""Pure text knowledge shared by the deciding rooms."""
