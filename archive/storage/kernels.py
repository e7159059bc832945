"""Kernels: the compiled code, if numba is installed (the extra ``fast``), fetched when it is worth it.

A process that looks up a handful of quotations never loads numba, which takes longer than the look-ups save. One that
looks up many has it loaded, or the first time compiled, in a thread of its own while numpy goes on answering; the
answers are the same.
"""

from __future__ import annotations
