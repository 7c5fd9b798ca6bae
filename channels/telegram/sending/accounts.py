"""Whom a bot may tell a code in private: accounts that wrote to it themselves and have not shut it out since."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from telegram import Bot
from telegram.error import Forbidden, TelegramError

from channels.accounts import Account
from channels.telegram.receiving.boxes import box_of
from channels.telegram.sending.outcomes import meaning
from channels.telegram.sending.pace import Rate, Ticket
from channels.telegram.sending.progress import out_of_reach
from channels.telegram.sending.turns import Turns
from channels.telegram.transport import TooMany
from channels.telegram.wire import KIND
from core.errors import Unavailable, Undeliverable
from core.ids import ContactId, InboxId
from core.store.database import Database
from core.store.tables.conversation import conversation
from core.store.tables.people import contact, contact_point, inbox
from core.store.tx import Tx


@dataclass(frozen=True, slots=True)
class TelegramAccounts:
    """Implements ``channels.accounts.Accounts``; ``turns`` are those of the replies, ``rate`` a private chat's."""

    db: Database
    bot: Callable[[str], Bot]
    turns: Turns
    rate: Rate

    @property
    def kind(self) -> str:
        return KIND

    def newest(self, tx: Tx, contacts: Sequence[ContactId]) -> Account | None:
        found = (
            select(conversation.c.inbox_id, contact_point.c.address, contact.c.name)
            .select_from(conversation)
            .join(contact_point, contact_point.c.id == conversation.c.contact_point_id)
            .join(contact, contact.c.id == contact_point.c.contact_id)
            .join(inbox, inbox.c.id == conversation.c.inbox_id)
            .where(
                contact_point.c.contact_id.in_(contacts),
                contact_point.c.kind == KIND,
                contact_point.c.verified,
                contact_point.c.unreachable_since.is_(None),
                # A person's private chat has the number of the person: a group is no place for a code.
                conversation.c.thread_key == contact_point.c.address,
                ~conversation.c.public,
                inbox.c.kind == KIND,
                inbox.c.enabled,
            )
            .order_by(conversation.c.updated_at.desc(), conversation.c.id.desc())
            .limit(1)
        )
        row = tx.conn.execute(found).one_or_none()
        return None if row is None else Account(KIND, InboxId(row.inbox_id), row.address, row.name)

    async def tell(self, through: InboxId, address: str, reference: str, words: str) -> None:
        box = await self.db.read(box_of, through)
        if box is None:
            raise Undeliverable("its bot is switched off")
        chat, config = int(address), box.config
        if await self.turns.ask_s(Ticket(config.bot_id, chat, reference, 1, self.rate)) > 0:
            raise Unavailable("it is not its turn yet")
        try:
            await self.bot(config.token).send_message(chat, words)
        except TooMany as error:
            await self.turns.rest(config.bot_id, chat, error.retry_after.total_seconds())
            raise Unavailable("Telegram wants us to wait") from None
        except Forbidden as error:
            await self.db.run(out_of_reach, KIND, address)
            raise Undeliverable(error.message) from None
        except TelegramError as error:
            why = meaning(error) or Unavailable(f"nobody knows whether it arrived: {type(error).__name__}")
            raise why from None
