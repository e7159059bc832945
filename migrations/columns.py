"""Column types of the revisions. Never changed once a revision uses them: a new need is a new name."""

import sqlalchemy as sa

KEY = sa.LargeBinary().with_variant(sa.Uuid(), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def one_of(column: str, *values: str) -> sa.CheckConstraint:
    """The check that a text column holds one of these values."""
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{column} IN ({listed})", name=column)
