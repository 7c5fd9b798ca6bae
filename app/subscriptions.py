"""The table of listeners: which handler runs for which events. ``docs/events.md`` says the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.handlers import AnswerMessages
from bot.suggest import SuggestAnswers
from channels.assembly import ChannelsPart
from core.outbox import OutboxHandler
from core.upkeep import Upkeep
from routing.handlers import routing_handler, sla_handler


@dataclass(frozen=True, slots=True)
class Listeners:
    """The parts that listen."""

    bot: AnswerMessages
    suggestions: SuggestAnswers
    channels: ChannelsPart
    upkeep: Upkeep


def subscriptions(listeners: Listeners) -> Sequence[OutboxHandler]:
    """In each stream (one handler, one topic) events come in order; the streams are independent of one another."""
    return (
        listeners.bot.handler(),  # MessageReceived, while the bot holds the conversation
        listeners.suggestions.handler(),  # MessageReceived, where the bot helps the agents to an answer
        *listeners.channels.handlers,  # ReplyQueued: to the channel; what a visitor who has gone missed, and codes: by mail
        routing_handler(),  # whatever changes who waits or who is free; worked on by the router alone
        sla_handler(),  # whatever starts, stops or pauses a promise
        *listeners.upkeep.handlers(),  # what time does to snoozed and resolved conversations
    )
