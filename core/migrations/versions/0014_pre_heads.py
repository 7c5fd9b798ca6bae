"""On PostgreSQL the heads of the streams are looked for by the indexes, whatever is known of the outbox when that is planned."""

from alembic import op

revision = "0014_pre_heads"
down_revision = "0013_pre_many"

_HEADS = """
CREATE FUNCTION outbox_heads(of_handlers text[], at_time timestamptz, most integer)
RETURNS TABLE (
    handler text, topic text, n integer, created_at timestamptz, attempts integer,
    visible_n integer, type text, data text, at timestamptz, timers boolean
)
LANGUAGE plpgsql
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_hashjoin = off
SET enable_mergejoin = off
SET enable_sort = off
SET jit = off
SET plan_cache_mode = force_generic_plan
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT waiting.handler, waiting.topic, waiting.n, waiting.created_at, waiting.attempts,
        event.visible_n, event.type, event.data, event.at,
        EXISTS (SELECT FROM timer WHERE timer.due_at <= at_time)
    FROM outbox AS waiting
    LEFT JOIN event ON event.topic = waiting.topic AND event.n = waiting.n
    WHERE waiting.dead_at IS NULL
        AND waiting.handler = ANY (of_handlers)
        AND (waiting.due_at <= at_time OR waiting.due_at = waiting.created_at)
        AND (waiting.claimed_until IS NULL OR waiting.claimed_until <= at_time)
        AND waiting.n = (
            SELECT min(earlier.n) FROM outbox AS earlier
            WHERE earlier.handler = waiting.handler AND earlier.topic = waiting.topic AND earlier.dead_at IS NULL
        )
    ORDER BY waiting.due_at
    LIMIT most
    FOR UPDATE OF waiting SKIP LOCKED;
END
$$
"""
"""The outbox is usually empty when statistics are made, and has up to a minute's dead rows: a plan made for an empty table reads
all of them for each batch. The scans of indexes that are left pass over a dead row once and never again."""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(_HEADS)
