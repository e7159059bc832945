"""The cascade and the laying compiled, by numba (the extra ``fast``): the same answers as from numpy, sooner.

Only ``archive.storage.kernels`` imports this room, and only when there is enough to look up to be worth it.
"""
