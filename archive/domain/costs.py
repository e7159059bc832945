"""Costs: what asking a paid platform comes to, said before it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

X_POST_READ = Decimal("0.005")
"""US dollars for one post read by X's API, charged once a UTC day for each post (price list of 2026)."""
X_USER_READ = Decimal("0.010")
"""US dollars for one account read along with its posts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostEstimate:
    """The most that a run may cost, in US dollars, for so many posts."""

    posts: int
    dollars: Decimal

    def within(self, limit: Decimal) -> bool:
        """Whether the run stays within ``limit``."""
        return self.dollars <= limit

    def sentence(self) -> str:
        """The estimate for people."""
        return f"X's paid API: {self.posts} posts, at most {self.dollars:.3f} US dollars."


def x_estimate(posts: int) -> CostEstimate:
    """What reading so many posts of X may cost at most: each post, and each one's author anew."""
    return CostEstimate(posts=posts, dollars=posts * (X_POST_READ + X_USER_READ))
