"""Posts, snapshots, looks at originals, the words index's source and the search of texts."""

import sqlalchemy as sa
from alembic import op

from migrations import append_only
from migrations.columns import KEY, MOMENT, NUMBER, one_of

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

APPEND_ONLY = ("snapshots", "observations")
FIXED = ("seq", "id", "platform", "native_id", "account_id", "posted_at", "url", "in_reply_to", "is_repost", "reported")
TABLES = ("observations", "post_words", "snapshots", "posts")


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "posts",
        sa.Column("seq", NUMBER, nullable=False, autoincrement=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("native_id", sa.Text(), nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("posted_at", MOMENT, nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("in_reply_to", sa.Text(), nullable=True),
        sa.Column("is_repost", sa.Boolean(), nullable=False),
        sa.Column("reported", sa.Boolean(), nullable=False),
        sa.Column("voice_name", sa.Text(), nullable=False),
        sa.Column("voice_basis", sa.Text(), nullable=False),
        sa.Column("voice_person_id", KEY, nullable=True),
        sa.Column("voice_office_id", KEY, nullable=True),
        sa.Column("availability", sa.Text(), nullable=False),
        sa.Column("available_since", MOMENT, nullable=True),
        sa.Column("last_seen_at", MOMENT, nullable=True),
        sa.Column("suspected_at", MOMENT, nullable=True),
        sa.Column("next_look_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        one_of(
            "availability",
            "not_checked",
            "live",
            "edited",
            "withdrawn",
            "suspected_gone",
            "gone",
            "account_gone",
            "withheld",
            "moved",
            "blocked_for_us",
            "unknown",
            "restored",
        ),
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
        one_of("voice_basis", "control", "signature", "curated", "profile", "report"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.ForeignKeyConstraint(["voice_office_id"], ["offices.id"]),
        sa.ForeignKeyConstraint(["voice_person_id"], ["people.id"]),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("native_id", "platform"),
    )
    op.create_index("ix_posts_account_id_posted_at", "posts", ["account_id", "posted_at"])
    op.create_index(
        "ix_posts_in_reply_to",
        "posts",
        ["in_reply_to"],
        sqlite_where=sa.text("in_reply_to IS NOT NULL"),
        postgresql_where=sa.text("in_reply_to IS NOT NULL"),
    )
    op.create_index("ix_posts_next_look_at", "posts", ["next_look_at"])
    op.create_index("ix_posts_posted_at", "posts", ["posted_at"])
    op.create_index(
        "ix_posts_voice_person_id_posted_at",
        "posts",
        ["voice_person_id", "posted_at"],
        sqlite_where=sa.text("voice_person_id IS NOT NULL"),
        postgresql_where=sa.text("voice_person_id IS NOT NULL"),
    )
    op.create_table(
        "snapshots",
        sa.Column("seq", NUMBER, nullable=False, autoincrement=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("post_seq", NUMBER, nullable=False),
        sa.Column("capture_id", KEY, nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_digest", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("edited_at", MOMENT, nullable=True),
        sa.Column("truncated", sa.Boolean(), nullable=False),
        sa.Column("locator", sa.Text(), nullable=True),
        sa.Column("replaced", NUMBER, nullable=False),
        sa.Column("custody_index", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.CheckConstraint(
            "version >= 1",
            name="version",
        ),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"]),
        sa.ForeignKeyConstraint(["custody_index"], ["custody_log.position"]),
        sa.ForeignKeyConstraint(["post_seq"], ["posts.seq"]),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("post_seq", "version"),
    )
    op.create_index("ix_snapshots_custody_index", "snapshots", ["custody_index"])
    op.create_table(
        "post_words",
        sa.Column("seq", NUMBER, nullable=False, autoincrement=False),
        sa.Column("post_seq", NUMBER, nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.ForeignKeyConstraint(["seq"], ["snapshots.seq"]),
    )
    op.create_table(
        "observations",
        sa.Column("seq", NUMBER, nullable=False, autoincrement=False),
        sa.Column("post_seq", NUMBER, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("sighting", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        one_of(
            "sighting",
            "seen",
            "changed",
            "marked_withdrawn",
            "absent",
            "tombstone",
            "account_absent",
            "withheld",
            "moved",
            "blocked",
            "failed",
        ),
        sa.ForeignKeyConstraint(["post_seq"], ["posts.seq"]),
    )
    op.create_index("ix_observations_post_seq", "observations", ["post_seq"])
    _create_search()
    for table in APPEND_ONLY:
        append_only.protect(table)
    append_only.protect_columns("posts", FIXED)


def downgrade() -> None:
    """Remove them; what they held is lost."""
    op.drop_table("snapshot_search")
    for table in TABLES:
        op.drop_table(table)


def _create_search() -> None:
    """Contentless: the text stands in the snapshot; the application makes the searchable form, alike on both."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE TABLE snapshot_search (seq bigint CONSTRAINT pk_snapshot_search PRIMARY KEY, words tsvector)"
        )
        op.execute("CREATE INDEX ix_snapshot_search_words ON snapshot_search USING gin (words)")
        return
    op.execute(
        "CREATE VIRTUAL TABLE snapshot_search "
        "USING fts5(words, content='', "
        "tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'\")"
    )
