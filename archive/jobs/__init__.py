"""Work in the background: the queue of checks, the worker, the night."""
