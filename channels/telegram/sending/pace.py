"""When the next reply of a bot may leave: so many a second in all, so many in each chat, in the order in which they asked."""

from collections.abc import Hashable
from dataclasses import dataclass, field

_MANY = 10_000


@dataclass(frozen=True, slots=True)
class Rate:
    """``per_s`` in the long run; after a silence up to ``burst`` at once. In no second are there more than both together."""

    per_s: float
    burst: int


@dataclass(slots=True)
class Line:
    """Gives out places in time, each later than the one before; nobody overtakes.

    ``_full_at`` is when all that was used up will have grown back (GCRA); before ``closed_until`` there is no place.
    """

    closed_until: float = 0.0
    _full_at: float = 0.0

    def place(self, rate: Rate, count: int, now: float) -> float:
        """For ``count`` at once; more than a burst go together as well, and whoever comes next waits the longer."""
        room = rate.burst - min(count, rate.burst)
        at = max(now, self.closed_until, self._full_at - room / rate.per_s)
        self._full_at = max(self._full_at, at) + count / rate.per_s
        return at

    def idle(self, now: float) -> bool:
        return max(self._full_at, self.closed_until) <= now


@dataclass(frozen=True, slots=True)
class Ticket:
    """A reply that wants to leave: ``count`` messages to ``chat`` by ``bot``; ``rate`` is the chat's."""

    bot: Hashable
    chat: Hashable
    reply: Hashable
    count: int
    rate: Rate


@dataclass(frozen=True, slots=True)
class _Place:
    """At what time one's turn is; in the line of the chat, and behind it in the bot's."""

    at: float
    in_chat: bool


@dataclass(slots=True)
class _Bot:
    line: Line = field(default_factory=Line)
    chats: dict[Hashable, Line] = field(default_factory=dict)

    def chat(self, name: Hashable, now: float) -> Line:
        line = self.chats.get(name)
        if line is None:
            if len(self.chats) >= _MANY:
                self.chats = {each: line for each, line in list(self.chats.items()) if not line.idle(now)}
            line = self.chats[name] = Line()
        return line


@dataclass(slots=True)
class Pace:
    """One a process; times are seconds of one clock.

    Whoever has to wait has a place from then on and keeps it: asking again neither moves it nor takes another one.
    First one waits for one's chat, and only then takes a place of the bot's: a chat that gets much holds up no other.
    """

    rate: Rate
    _bots: dict[Hashable, _Bot] = field(default_factory=dict)
    _waiting: dict[Hashable, _Place] = field(default_factory=dict)

    def wait_s(self, ticket: Ticket, now: float) -> float:
        """0 when it may leave now; its places are used up then."""
        bot = self._bots.setdefault(ticket.bot, _Bot())
        chat = bot.chat(ticket.chat, now)
        place = self._waiting.pop(ticket.reply, None)
        if place is None or (place.in_chat and place.at < chat.closed_until):
            place = _Place(chat.place(ticket.rate, ticket.count, now), in_chat=True)
        if place.at <= now and (place.in_chat or place.at < bot.line.closed_until):
            place = _Place(bot.line.place(self.rate, ticket.count, now), in_chat=False)
        if place.at <= now:
            return 0.0
        if len(self._waiting) >= _MANY:
            # Those who never came back (withdrawn, or taken by another process) and the oldest of all others.
            self._waiting.pop(next(iter(self._waiting)))
        self._waiting[ticket.reply] = place
        return place.at - now

    def rest(self, bot: Hashable, chat: Hashable, seconds: float, now: float) -> None:
        """The provider wants nothing for so long: in this chat, or, when another one rests already, from this bot at all."""
        resting = self._bots.setdefault(bot, _Bot())
        everywhere = any(
            line.closed_until > now for name, line in list(resting.chats.items()) if name != chat
        )
        lines = [resting.chat(chat, now)] + ([resting.line] if everywhere else [])
        for line in lines:
            line.closed_until = max(line.closed_until, now + seconds)
