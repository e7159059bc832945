"""Delivery: the second door outwards, to hosts the operator chose – time stamp authorities so far (ADR 10)."""

from archive.delivery.authorities import Authority, ask, read_authorities
from archive.delivery.tokens import Question, answered_at, question_for, stamped_at

__all__ = ["Authority", "Question", "answered_at", "ask", "question_for", "read_authorities", "stamped_at"]
