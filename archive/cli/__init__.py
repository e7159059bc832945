"""The command line: one module per command group. It asks services and prints what they answer."""
