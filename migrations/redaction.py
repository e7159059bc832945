"""The one way in which evidence may go: a row that a confirmed redaction names, and no other.

The rule of two people stands in the database too: a decision by whoever asked is refused, and no row can be named
before its request is confirmed. Whoever switches the triggers off is found by the audit, which wants a custody entry
for every named row.
"""

from alembic import op

from migrations import append_only

KEYS = {
    "bodies": "digest",
    "body_parts": "digest",
    "captures": "id",
    "custody_salts": "position",
    "custody_manifests": "position",
    "snapshots": "seq",
    "observations": "seq",
    "reports": "post_seq",
    "posts": "seq",
    "judgement_posts": "post_id",
    "article_versions": "id",
    "judgements": "seq",
}
"""The column by which a row of each table is named: digests and identifiers in hexadecimal, numbers in decimal."""
REWRITTEN = ("article_versions", "judgements")
"""Tables whose rows others refer to: they are emptied, never removed."""
_BINARY = ("digest", "id", "post_id", "capture_id")

_ALLOW = """
CREATE OR REPLACE FUNCTION refuse_unless_redacted() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE named text := replace(regexp_replace(to_jsonb(OLD) ->> TG_ARGV[0], '^\\\\x', ''), '-', '');
BEGIN
  IF EXISTS (SELECT 1 FROM redacted_rows WHERE table_name = TG_TABLE_NAME AND row_key = named) THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'append-only: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
_TWO = """
CREATE OR REPLACE FUNCTION refuse_one_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM redaction_requests r WHERE r.id = NEW.request_id
                 AND lower(trim(r.requested_by)) <> lower(trim(NEW.decided_by))) THEN
    RAISE EXCEPTION 'append-only: a removal needs two people' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$
"""
_NAMED = """
CREATE OR REPLACE FUNCTION refuse_unconfirmed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM redaction_decisions d WHERE d.request_id = NEW.request_id
                 AND d.outcome = 'confirmed') THEN
    RAISE EXCEPTION 'append-only: no removal was confirmed' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$
"""
_SQLITE_TWO = (
    "CREATE TRIGGER redaction_decisions_refuse_alone BEFORE INSERT ON redaction_decisions "
    "WHEN NOT EXISTS (SELECT 1 FROM redaction_requests r WHERE r.id = NEW.request_id "
    "AND lower(trim(r.requested_by)) <> lower(trim(NEW.decided_by))) "
    "BEGIN SELECT RAISE(ABORT, 'append-only: a removal needs two people'); END"
)
_SQLITE_NAMED = (
    "CREATE TRIGGER redacted_rows_refuse_unconfirmed BEFORE INSERT ON redacted_rows "
    "WHEN NOT EXISTS (SELECT 1 FROM redaction_decisions d WHERE d.request_id = NEW.request_id "
    "AND d.outcome = 'confirmed') "
    "BEGIN SELECT RAISE(ABORT, 'append-only: no removal was confirmed'); END"
)


def create() -> None:
    """Let the named rows of each table of evidence go, and guard the naming."""
    if _is_postgresql():
        for function in (_ALLOW, _TWO, _NAMED):
            op.execute(function)
    else:
        op.execute(_SQLITE_TWO)
        op.execute(_SQLITE_NAMED)
    if _is_postgresql():
        _guard_on_postgresql("redaction_decisions", name="alone", function="refuse_one_person")
        _guard_on_postgresql("redacted_rows", name="unconfirmed", function="refuse_unconfirmed")
    for table, key in KEYS.items():
        allow(table, key)


def drop() -> None:
    """Refuse every change and removal again."""
    for table in KEYS:
        append_only.refuse(table, "update" if table in REWRITTEN else "delete")
    if _is_postgresql():
        for table, name in (("redaction_decisions", "alone"), ("redacted_rows", "unconfirmed")):
            op.execute(f"DROP TRIGGER IF EXISTS {table}_refuse_{name} ON {table}")
        for function in ("refuse_unless_redacted", "refuse_one_person", "refuse_unconfirmed"):
            op.execute(f"DROP FUNCTION IF EXISTS {function}()")
    else:
        op.execute("DROP TRIGGER IF EXISTS redaction_decisions_refuse_alone")
        op.execute("DROP TRIGGER IF EXISTS redacted_rows_refuse_unconfirmed")


def allow(table: str, key: str) -> None:
    """Let rows of ``table`` go whose ``key`` a confirmed removal names: for tables of later revisions too."""
    name = "update" if table in REWRITTEN else "delete"
    trigger = f"{table}_refuse_{name}"
    if _is_postgresql():
        op.execute(f"DROP TRIGGER IF EXISTS {trigger} ON {table}")
        op.execute(
            f"CREATE TRIGGER {trigger} BEFORE {name.upper()} ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse_unless_redacted('{key}')"
        )
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")
        return
    named = f"lower(hex(OLD.{key}))" if key in _BINARY else f"CAST(OLD.{key} AS TEXT)"
    op.execute(f"DROP TRIGGER IF EXISTS {trigger}")
    op.execute(
        f"CREATE TRIGGER {trigger} BEFORE {name.upper()} ON {table} "
        f"WHEN NOT EXISTS (SELECT 1 FROM redacted_rows WHERE table_name = '{table}' AND row_key = {named}) "
        f"BEGIN SELECT RAISE(ABORT, 'append-only: {name} of {table} is refused'); END"
    )


def _guard_on_postgresql(table: str, *, name: str, function: str) -> None:
    trigger = f"{table}_refuse_{name}"
    op.execute(f"CREATE TRIGGER {trigger} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()")
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {trigger}")


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
