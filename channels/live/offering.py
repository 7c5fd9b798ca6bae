"""What visitors may do beside talking: say how it went, look for an article, see what they had with us before."""

from channels.live import lists
from channels.live.config import live_config
from channels.live.floods import Floods
from channels.live.history import Whose, own_conversations
from channels.live.inbound import Visitor
from channels.live.parts import LiveParts
from channels.live.rating import Rated, rate
from core.answer import Reader
from core.errors import Invalid
from core.ids import ConversationId
from core.inbox import Inbox


def not_offered() -> Invalid:
    """What this inbox does not offer."""
    return Invalid("type", "something that this inbox offers", code="not_offered")


class Offering:
    """The same for sockets and for single requests; ``inbox`` as it is configured now."""

    def __init__(self, parts: LiveParts) -> None:
        self._parts = parts
        self._settings = parts.settings.offers
        self._floods = Floods(parts.limits, parts.settings)

    async def rate(self, inbox: Inbox, visitor: Visitor, conversation: ConversationId, said: Rated) -> None:
        """Of a conversation that is theirs. Raises Invalid: ``not_offered``, or as ``rating``; TooOften."""
        if not live_config(inbox.config).rating:
            raise not_offered()
        await self._floods.message(visitor.id, visitor.address, inbox.id)
        await self._parts.db.run(rate, conversation, said)

    async def suggest(self, inbox: Inbox, q: str, language: str, address: str) -> lists.SuggestionsOut:
        """Articles that may answer what is being typed; asked from this network ``address``. Raises as ``rate``."""
        if not live_config(inbox.config).articles:
            raise not_offered()
        if len(q) > self._settings.suggest_characters:
            raise Invalid("q", f"at most {self._settings.suggest_characters} characters", code="too_large")
        await self._floods.suggestion(address, inbox.id)
        if len(q.strip()) < self._settings.suggest_least:
            return lists.SuggestionsOut(())
        reader = Reader(brand=inbox.brand)
        found = await self._parts.around.articles.search(q, language, self._settings.suggest_most, reader)
        url = self._parts.article_url
        return lists.SuggestionsOut(
            tuple(
                lists.SuggestedOut(each.article, each.title, each.excerpt, url(each.article, each.language))
                for each in found
                if each.probability >= self._settings.suggest_probability
            )
        )

    async def history(self, inbox: Inbox, visitor: Visitor, before: str | None) -> lists.HistoryOut:
        """Their own conversations, newest first; ``before`` is the cursor of the page before."""
        whose = Whose(inbox.id, visitor.id)
        return await self._parts.db.read(own_conversations, whose, self._settings.history, before)
