"""Every operator with a number of its own, so that each draws the same edits whatever stands beside it."""

from __future__ import annotations

from bench.edits import Operator
from bench.guard_edits import GUARDS
from bench.scene_edits import SCENES
from bench.wording_edits import MARKINGS, RENDERINGS, TEXTS

OPERATORS: tuple[tuple[str, Operator], ...] = tuple(
    (f"{group}{number}", operator)
    for group, operators in (("R", RENDERINGS), ("K", MARKINGS), ("T", TEXTS), ("G", GUARDS), ("A", SCENES))
    for number, operator in enumerate(operators)
)
