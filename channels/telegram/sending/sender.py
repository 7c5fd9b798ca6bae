"""Sends a reply, piece by piece: goes on where the last attempt ended, rests when told to, follows a group that moved."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace

from telegram import Bot
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from channels.contract import Outgoing, Receipt
from channels.render import ArticleAddress
from channels.telegram.chats import follow
from channels.telegram.place import Where, external_id, where
from channels.telegram.sending.calls import Call
from channels.telegram.sending.outcomes import better_as_document, meaning
from channels.telegram.sending.pace import Ticket
from channels.telegram.sending.pieces import Album, How, Piece, Show, messages_in, pieces
from channels.telegram.sending.progress import newest_inbound, out_of_reach, record, taken
from channels.telegram.sending.settings import SendSettings
from channels.telegram.sending.turns import Turns
from channels.telegram.transport import TooMany
from channels.telegram.wire import KIND, TelegramConfig, telegram_config
from core.clock import Clock
from core.errors import Invalid, NotFound, Unavailable, Undeliverable
from core.ids import MediaId
from core.message import Attachment
from core.store.database import Database
from core.texts import Texts


@dataclass(frozen=True, slots=True)
class SendingGiven:
    """``bot`` makes calls for a token; ``content`` gives the bytes of a stored file."""

    db: Database
    clock: Clock
    texts: Texts
    bot: Callable[[str], Bot]
    content: Callable[[MediaId], Awaitable[bytes]]
    article_url: ArticleAddress
    settings: SendSettings


class Sender:
    """One a process."""

    def __init__(self, given: SendingGiven, turns: Turns) -> None:
        self._given = given
        self._turns = turns
        self._uploads = asyncio.Semaphore(given.settings.uploads)

    def wait_s(self, outgoing: Outgoing) -> float:
        """As ``channels.contract`` says; 0 for what can be no message, so that ``send`` says why."""
        try:
            config, place = _ready(outgoing)
        except Undeliverable:
            return 0.0
        ticket = Ticket(
            config.bot_id,
            place.chat,
            outgoing.message,
            max(1, messages_in(self._pieces(outgoing))),
            self._given.settings.chat_rate(group=place.group),
        )
        return self._turns.wait_s(ticket)

    async def send(self, outgoing: Outgoing) -> Receipt:
        """Raises Unavailable, Undeliverable, or the library's error when nobody knows what became of a call."""
        config, place = _ready(outgoing)
        several = self._pieces(outgoing)
        if not several:
            raise Undeliverable("there is nothing in it that could be shown")
        answers = None
        if place.group:
            answers = await self._given.db.read(newest_inbound, outgoing.conversation)
        call = Call(self._given.bot(config.token), place.chat, outgoing.message, answers, self._content)
        if messages_in(several) == 1:
            _, (number,) = await self._one(outgoing, config, call, several[0])
            return Receipt(external_id(call.chat, number))
        return await self._several(outgoing, config, call, several)

    async def _several(
        self, outgoing: Outgoing, config: TelegramConfig, call: Call, several: Sequence[Piece]
    ) -> Receipt:
        """What was taken is known at once, so that a retry or a person's "send again" repeats nothing of it."""
        db = self._given.db
        done = await db.read(taken, outgoing.message)
        at = 0
        for piece in several:
            if at not in done:
                try:
                    call, numbers = await self._one(outgoing, config, call, piece)
                except Undeliverable as error:
                    if done:
                        raise Undeliverable(f"after {len(done)} messages of it: {error}") from error
                    raise
                except TelegramError as error:
                    raise TelegramError(_in_doubt(error, at, piece, several)) from error
                ids = [external_id(call.chat, number) for number in numbers]
                await db.run(record, outgoing.message, at, ids)
                done |= dict(enumerate(ids, at))
            at += messages_in([piece])
        return Receipt(done.get(0))

    async def _one(
        self, outgoing: Outgoing, config: TelegramConfig, call: Call, piece: Piece
    ) -> tuple[Call, list[int]]:
        """The call with which it went on (a group may have moved), and the numbers of the messages."""
        try:
            return call, await self._called(call, piece)
        except ChatMigrated as error:
            # It was refused: nothing has been sent yet.
            await self._given.db.run(follow, outgoing.inbox.id, call.chat, error.new_chat_id)
            moved = replace(call, chat=error.new_chat_id, answers=None)
            return await self._one(outgoing, config, moved, piece)
        except BadRequest as error:
            document = _as_document(piece)
            if document is not None and better_as_document(error):
                return await self._one(outgoing, config, call, document)
            raise Undeliverable(error.message) from error
        except TelegramError as error:
            await self._heed(outgoing, config, call, error)
            ours = meaning(error)
            if ours is None:
                raise
            raise ours from error

    async def _called(self, call: Call, piece: Piece) -> list[int]:
        if isinstance(piece, Show | Album):
            async with self._uploads:
                return await call.send(piece)
        return await call.send(piece)

    async def _heed(
        self, outgoing: Outgoing, config: TelegramConfig, call: Call, error: TelegramError
    ) -> None:
        """What an error means for others than this reply."""
        if isinstance(error, TooMany):
            await self._turns.rest(config.bot_id, call.chat, error.retry_after.total_seconds())
        elif isinstance(error, Forbidden) and call.answers is None and call.chat > 0:
            await self._given.db.run(out_of_reach, KIND, outgoing.to)

    def _pieces(self, outgoing: Outgoing) -> list[Piece]:
        given = self._given
        return pieces(
            outgoing.parts, given.article_url, lambda: given.texts.say("bot-choose", outgoing.language)
        )

    async def _content(self, file: Attachment) -> bytes:
        try:
            return await self._given.content(file.media)
        except NotFound:
            raise Undeliverable(f"the file {file.name} is no longer there") from None
        except OSError as error:
            raise Unavailable(f"the file {file.name} cannot be read: {error.strerror}") from error


def _ready(outgoing: Outgoing) -> tuple[TelegramConfig, Where]:
    try:
        config = telegram_config(outgoing.inbox.config)
    except Invalid as error:
        raise Undeliverable(f"inbox {outgoing.inbox.name} is not configured: {error}") from None
    place = where(outgoing.thread_key)
    if place is None:
        raise Undeliverable(f"{outgoing.thread_key} is no chat of Telegram's")
    return config, place


def _in_doubt(error: TelegramError, at: int, piece: Piece, several: Sequence[Piece]) -> str:
    """For the agent, who says whether it arrived: what becomes of the rest hangs on it."""
    last, whole = at + messages_in([piece]), messages_in(several)
    which = f"message {last}" if last == at + 1 else f"messages {at + 1} to {last}"
    rest = "" if last == whole else "; taken as arrived, nothing after it is sent"
    return f"{which} of {whole}: {error.message}; sent again, it goes on from there{rest}"


def _as_document(piece: Piece) -> Piece | None:
    """The same files, not shown but handed over; None where they are that already, or none."""
    match piece:
        case Show(how) if how is not How.DOCUMENT:
            return replace(piece, how=How.DOCUMENT)
        case Album(files) if files[0].how in {How.PHOTO, How.VIDEO}:
            return Album(tuple(replace(show, how=How.DOCUMENT) for show in files))
        case _:
            return None
