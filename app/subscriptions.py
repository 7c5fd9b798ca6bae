"""The table of listeners: which handler runs for which events. ``docs/events.md`` says the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.deflection.keeping import deflection_handler
from bot.handing.promising import Promises
from bot.handing.returning import Errands
from bot.handlers import AnswerMessages
from bot.improving.hearing import Misreads
from bot.suggest import SuggestAnswers
from channels.assembly import ChannelsPart
from core.outbox import OutboxHandler
from core.store.database import Database
from core.upkeep import Upkeep
from knowledge.editorial.schedule import schedule_handler
from knowledge.loop.hearing import hearing_handler
from knowledge.loop.watching import publishing_handler
from knowledge.settings import KnowledgeSettings
from knowledge.using import use_handler
from routing.handle_times import handling_handler
from routing.handlers import routing_handler, sla_handler
from routing.serving import serving_handlers
from routing.settings import RoutingSettings


@dataclass(frozen=True, slots=True)
class Listeners:
    """The parts that listen."""

    bot: AnswerMessages
    suggestions: SuggestAnswers
    errands: Errands
    promises: Promises
    channels: ChannelsPart
    misreads: Misreads
    upkeep: Upkeep
    routing: RoutingSettings
    knowledge: KnowledgeSettings
    db: Database


def subscriptions(listeners: Listeners) -> Sequence[OutboxHandler]:
    """In each stream (one handler, one topic) events come in order; the streams are independent of one another."""
    return (
        listeners.bot.handler(),  # MessageReceived, while the bot holds the conversation
        listeners.suggestions.handler(),  # MessageReceived, where the bot helps the agents to an answer
        listeners.errands.handler(),  # TimerFired: what an agent wanted, and nobody answered
        listeners.promises.handler(),  # MessageReceived, of who waits for a person where the bot answers others
        *listeners.channels.handlers,  # ReplyQueued: to the channel; what a visitor who has gone missed, and codes: by mail
        routing_handler(),  # whatever changes who waits or who is free; worked on by the router alone
        handling_handler(),  # HandlerChanged, when somebody resolved it: how long they worked on it
        sla_handler(listeners.routing),  # whatever starts, stops or pauses a promise
        *serving_handlers(
            listeners.db, listeners.routing.rules
        ),  # whatever changes what work there is, or who could take it
        schedule_handler(listeners.knowledge.editorial),  # what time does to scheduled articles
        hearing_handler(),  # BotAnswered: questions that found nothing good
        publishing_handler(),  # ArticlePublished: the article that a cluster of them waits for
        use_handler(),  # BotAnswered: which articles it told and suggested
        listeners.misreads.handler(),  # BotAnswered: turns that were probably misunderstood
        deflection_handler(),  # whatever may change what became of a conversation with the bot
        *listeners.upkeep.handlers(),  # what time does to snoozed and resolved conversations
    )
