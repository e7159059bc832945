"""People, offices, accounts, and the words they are found by."""

import sqlalchemy as sa
from alembic import op

from migrations.columns import KEY, NUMBER, one_of

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None
TABLES = (
    "name_words",
    "controls",
    "account_handles",
    "accounts",
    "holdings",
    "office_titles",
    "offices",
    "person_names",
    "people",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "people",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sort_key", sa.Text(), nullable=False),
        sa.Column("wikidata", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("wikidata"),
    )
    op.create_index("ix_people_sort_key", "people", ["sort_key"])
    op.create_table(
        "person_names",
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "position"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
    )
    op.create_index("ix_person_names_key", "person_names", ["key"])
    op.create_table(
        "offices",
        sa.Column("id", KEY, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("institution", sa.Boolean(), nullable=False),
        sa.Column("wikidata", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("wikidata"),
    )
    op.create_table(
        "office_titles",
        sa.Column("office_id", KEY, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("office_id", "position"),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"]),
    )
    op.create_index("ix_office_titles_key", "office_titles", ["key"])
    op.create_table(
        "holdings",
        sa.Column("id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("office_id", KEY, nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("proof_url", sa.Text(), nullable=True),
        sa.Column("proof_note", sa.Text(), nullable=True),
        sa.Column("proof_capture_id", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
    )
    op.create_index("ix_holdings_office_id", "holdings", ["office_id"])
    op.create_index("ix_holdings_person_id", "holdings", ["person_id"])
    op.create_table(
        "accounts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("native_id", sa.Text(), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("handle_key", sa.Text(), nullable=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        one_of("kind", "official", "personal", "campaign", "parody", "look_alike", "unregistered"),
        one_of(
            "platform",
            "x",
            "mastodon",
            "bluesky",
            "truth_social",
            "telegram",
            "youtube",
            "facebook",
            "instagram",
            "threads",
            "web",
        ),
        sa.UniqueConstraint("platform", "native_id"),
    )
    op.create_index("ix_accounts_handle_key", "accounts", ["handle_key"])
    op.create_table(
        "account_handles",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("position", NUMBER, nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("handle_key", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("account_id", "position"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
    )
    op.create_index("ix_account_handles_handle_key", "account_handles", ["handle_key"])
    op.create_table(
        "controls",
        sa.Column("id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=True),
        sa.Column("office_id", KEY, nullable=True),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("proof_url", sa.Text(), nullable=True),
        sa.Column("proof_note", sa.Text(), nullable=True),
        sa.Column("proof_capture_id", KEY, nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.CheckConstraint(
            "person_id IS NOT NULL OR office_id IS NOT NULL",
            name="somebody",
        ),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
    )
    op.create_index("ix_controls_account_id", "controls", ["account_id"])
    op.create_index("ix_controls_office_id", "controls", ["office_id"])
    op.create_index("ix_controls_person_id", "controls", ["person_id"])
    op.create_table(
        "name_words",
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("owner_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("word", "kind", "owner_id"),
        one_of("kind", "person", "office", "account"),
    )


def downgrade() -> None:
    """Remove them; what they held is lost."""
    for table in TABLES:
        op.drop_table(table)
