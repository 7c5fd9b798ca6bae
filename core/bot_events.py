"""Facts about what agents ask of the bot; ``core.events`` has the union of all facts."""

from dataclasses import dataclass

from core.ids import AgentId, ConversationId


@dataclass(frozen=True, slots=True)
class ErrandGiven:
    """An agent sent the conversation back to the bot to get something; ``kind`` as in ``bot.handing.errands``."""

    conversation: ConversationId
    errand: str
    kind: str
    by: AgentId


@dataclass(frozen=True, slots=True)
class ErrandEnded:
    """The bot came back to people; ``how``: done, or the reason why it could not."""

    conversation: ConversationId
    errand: str
    how: str
