"""Articles, checks, judgements, reviews and statements known from reports."""

import sqlalchemy as sa
from alembic import op

from migrations import append_only
from migrations.columns import KEY, MOMENT, NUMBER, one_of

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

APPEND_ONLY = ("article_versions", "judgements", "judgement_posts", "judgement_accounts", "reviews", "reports")
TABLES = (
    "reports",
    "reviews",
    "judgement_accounts",
    "judgement_posts",
    "judgements",
    "checks",
    "article_pages",
    "article_versions",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "article_versions",
        sa.Column("id", KEY, nullable=False),
        sa.Column("capture_id", KEY, nullable=True),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.Column("text_digest", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("custody_index", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.ForeignKeyConstraint(["capture_id"], ["captures.id"]),
        sa.ForeignKeyConstraint(["custody_index"], ["custody_log.position"]),
    )
    op.create_index("ix_article_versions_url_read_at", "article_versions", ["url", "read_at"])
    op.create_table(
        "article_pages",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("looked_at", MOMENT, nullable=False),
        sa.Column("next_look_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("url"),
    )
    op.create_index("ix_article_pages_next_look_at", "article_pages", ["next_look_at"])
    op.create_table(
        "checks",
        sa.Column("seq", NUMBER, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("file_name", sa.Text(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("submission_digest", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("claimed_at", MOMENT, nullable=True),
        sa.Column("finished_at", MOMENT, nullable=True),
        sa.Column("article_id", KEY, nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("seq"),
        one_of("kind", "url", "text", "file"),
        one_of("state", "queued", "running", "done", "failed"),
        sa.ForeignKeyConstraint(["article_id"], ["article_versions.id"]),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_checks_state_seq", "checks", ["state", "seq"])
    op.create_index("ix_checks_submission_digest", "checks", ["submission_digest"])
    op.create_table(
        "judgements",
        sa.Column("seq", NUMBER, nullable=False, autoincrement=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("check_id", KEY, nullable=True),
        sa.Column("article_id", KEY, nullable=True),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("engine_version", sa.Text(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("supersedes", KEY, nullable=True),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("custody_index", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.CheckConstraint(
            "number >= 1",
            name="number",
        ),
        one_of(
            "verdict",
            "verbatim",
            "verbatim_rendered",
            "excerpt",
            "trimmed_marked",
            "trimmed_unmarked",
            "composite",
            "altered_minor",
            "altered_review",
            "altered_material",
            "paraphrase_in_quotes",
            "translated",
            "context_altered",
            "misattributed",
            "source_mislabelled",
            "fake_source",
            "not_found_covered",
            "not_found_gap",
            "no_account_known",
            "ambiguous",
            "uncheckable",
            "pending",
            "disputed",
            "withdrawn",
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article_versions.id"]),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"]),
        sa.ForeignKeyConstraint(["custody_index"], ["custody_log.position"]),
        sa.ForeignKeyConstraint(["supersedes"], ["judgements.id"]),
        sa.UniqueConstraint("id"),
        sa.UniqueConstraint("supersedes"),
    )
    op.create_index("ix_judgements_check_id_number", "judgements", ["check_id", "number"])
    op.create_table(
        "judgement_posts",
        sa.Column("judgement_id", KEY, nullable=False),
        sa.Column("post_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("judgement_id", "post_id"),
        sa.ForeignKeyConstraint(["judgement_id"], ["judgements.id"]),
        sa.ForeignKeyConstraint(["post_id"], ["posts.id"]),
    )
    op.create_index("ix_judgement_posts_post_id", "judgement_posts", ["post_id"])
    op.create_table(
        "judgement_accounts",
        sa.Column("judgement_id", KEY, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.PrimaryKeyConstraint("judgement_id", "account_id"),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.ForeignKeyConstraint(["judgement_id"], ["judgements.id"]),
    )
    op.create_index("ix_judgement_accounts_account_id", "judgement_accounts", ["account_id"])
    op.create_table(
        "reviews",
        sa.Column("seq", NUMBER, nullable=False, autoincrement=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("judgement_id", KEY, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("custody_index", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        one_of("action", "confirm", "dispute", "override", "withdraw"),
        one_of(
            "verdict",
            "verbatim",
            "verbatim_rendered",
            "excerpt",
            "trimmed_marked",
            "trimmed_unmarked",
            "composite",
            "altered_minor",
            "altered_review",
            "altered_material",
            "paraphrase_in_quotes",
            "translated",
            "context_altered",
            "misattributed",
            "source_mislabelled",
            "fake_source",
            "not_found_covered",
            "not_found_gap",
            "no_account_known",
            "ambiguous",
            "uncheckable",
            "pending",
            "disputed",
            "withdrawn",
        ),
        sa.ForeignKeyConstraint(["custody_index"], ["custody_log.position"]),
        sa.ForeignKeyConstraint(["judgement_id"], ["judgements.id"]),
        sa.UniqueConstraint("id"),
    )
    op.create_index("ix_reviews_judgement_id", "reviews", ["judgement_id"])
    op.create_table(
        "reports",
        sa.Column("post_seq", NUMBER, nullable=False, autoincrement=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("article_title", sa.Text(), nullable=True),
        sa.Column("article_url", sa.Text(), nullable=True),
        sa.Column("article_published_on", sa.Date(), nullable=True),
        sa.Column("embedded_url", sa.Text(), nullable=True),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("check_id", KEY, nullable=True),
        sa.Column("article_id", KEY, nullable=True),
        sa.Column("custody_index", NUMBER, nullable=False),
        sa.PrimaryKeyConstraint("post_seq"),
        sa.ForeignKeyConstraint(["custody_index"], ["custody_log.position"]),
        sa.ForeignKeyConstraint(["post_seq"], ["posts.seq"]),
    )
    for table in APPEND_ONLY:
        append_only.protect(table)


def downgrade() -> None:
    """Remove them; what they held is lost."""
    for table in TABLES:
        op.drop_table(table)
