"""What the tests stand on: real databases, a real browser, and a guard against the network."""
