"""What the rules gave a conversation when it last came to people, for whoever lets it wait."""

from sqlalchemy import select

from core.ids import AgentId, ConversationId, QueueId, RuleId, SLAPolicyId
from core.store.tables.routing import conversation_route
from core.store.tx import Tx
from routing.forms import to_ladder
from routing.rulebook.outcome import Routed


def given_to(tx: Tx, conversation: ConversationId) -> Routed | None:
    """What the rules gave it when it last came to people; None where they were not asked."""
    row = tx.conn.execute(
        select(conversation_route).where(conversation_route.c.conversation_id == conversation)
    ).one_or_none()
    if row is None or row.queue_id is None:
        return None
    return Routed(
        queue=QueueId(row.queue_id),
        priority=row.priority,
        ladder=None if row.ladder is None else to_ladder(row.ladder),
        ladder_adds=row.ladder_adds,
        sla_policy=None if row.sla_policy_id is None else SLAPolicyId(row.sla_policy_id),
        work=row.kind,
        exclude=tuple(AgentId(each) for each in row.excluded),
        rules=() if row.rule_id is None else (RuleId(row.rule_id),),
    )
