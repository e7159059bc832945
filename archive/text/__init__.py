"""Pure text knowledge that the deciding rooms share."""
