"""What an update of Telegram means to us: a message, a press, a block, a move, or nothing, and then why."""

from dataclasses import dataclass
from datetime import datetime

from telegram import CallbackQuery, Chat, ChatMemberUpdated, Message, Update, User

from channels.telegram.place import Where, external_id
from channels.telegram.receiving.content import Say, pieces_of
from channels.telegram.receiving.told import (
    Answered,
    LeftOut,
    Moved,
    Person,
    Press,
    Reach,
    Said,
    Told,
)
from channels.telegram.receiving.words import Us, Words, words_of

QUOTED_CHARACTERS = 300
START_CHARACTERS = 64
_GROUPS = frozenset({Chat.GROUP, Chat.SUPERGROUP})
_OUTSIDE = frozenset({"kicked", "left"})

ASKED_FOR = ("message", "edited_message", "callback_query", "my_chat_member")
"""What we ask Telegram to tell us of."""


@dataclass(frozen=True, slots=True)
class Reading:
    """As whom we read: ``groups`` whether we listen there. No photo of more than ``most_bytes`` is wanted."""

    us: Us
    groups: bool
    most_bytes: int
    say: Say
    now: datetime


def read(update: Update, reading: Reading) -> Told:
    """Every update means something to us, if only ``LeftOut``."""
    message = update.message or update.edited_message
    if message is not None:
        return _message(message, reading, edited=update.message is None)
    if update.callback_query is not None:
        return _press(update.callback_query, reading)
    if update.my_chat_member is not None:
        return _membership(update.my_chat_member)
    return LeftOut("channel_post" if update.effective_message is not None else "unasked")


def _message(message: Message, reading: Reading, *, edited: bool) -> Told:
    chat = message.chat
    if message.migrate_to_chat_id is not None:
        return Moved(chat.id, message.migrate_to_chat_id)
    if message.migrate_from_chat_id is not None:
        return Moved(message.migrate_from_chat_id, chat.id)
    user = message.from_user
    if user is None or message.is_automatic_forward or chat.type not in {Chat.PRIVATE, *_GROUPS}:
        return LeftOut("channel_post")
    if user.is_bot:
        return LeftOut("bot")
    if edited and message.location is not None:
        # A live location moves every few seconds: where it began is what was said.
        return LeftOut("live_location")
    words = words_of(
        message.text or message.caption or "",
        message.entities if message.text else message.caption_entities,
        reading.us,
    )
    group = chat.type in _GROUPS
    if group and not edited and not (reading.groups and _spoken_to(message, words, reading.us)):
        return LeftOut("group")
    pieces = pieces_of(message, reading.us, reading.most_bytes, reading.say)
    if not pieces:
        return LeftOut("group" if group else "service")
    bundle = message.media_group_id
    alone = name_of(reading.us, chat.id, message.message_id)
    start = words.start
    return Said(
        where=Where(chat.id, user.id if group else None),
        person=_person(user),
        external=alone if bundle is None else album_name(reading.us, chat.id, bundle),
        alone=alone,
        pieces=pieces,
        sent_at=message.date,
        answers=_answered(message, reading.us),
        bundle=bundle,
        edited_at=(message.edit_date or reading.now) if edited else None,
        start=None if start is None else start[:START_CHARACTERS],
        card=_own_card(message, user),
    )


def name_of(us: Us, chat: int, message: int) -> str:
    """Our name for a message from outside: another bot in the same inbox counts its messages anew."""
    return f"{us.id}:{external_id(chat, message)}"


def album_name(us: Us, chat: int, bundle: str) -> str:
    """The same for an album."""
    return f"{us.id}:{chat}:album-{bundle}"


def _spoken_to(message: Message, words: Words, us: Us) -> bool:
    answered = message.reply_to_message
    to_us = answered is not None and answered.from_user is not None and answered.from_user.id == us.id
    return words.spoken_to or (to_us and not _only_the_topic(message))


def _only_the_topic(message: Message) -> bool:
    """In a forum each message answers the one that began its topic, which nobody meant."""
    answered = message.reply_to_message
    return answered is not None and answered.forum_topic_created is not None


def _answered(message: Message, us: Us) -> Answered | None:
    answered = message.reply_to_message
    if answered is None or _only_the_topic(message):
        quote = None if message.quote is None else message.quote.text
        return None if not quote else Answered(quote[:QUOTED_CHARACTERS])
    text = (message.quote.text if message.quote is not None else None) or answered.text or answered.caption
    known = [name_of(us, answered.chat.id, answered.message_id)]
    if answered.media_group_id is not None:
        known.append(album_name(us, answered.chat.id, answered.media_group_id))
    ours = external_id(answered.chat.id, answered.message_id)
    return Answered((text or "")[:QUOTED_CHARACTERS], tuple(known), ours)


def _own_card(message: Message, user: User) -> str | None:
    card = message.contact
    return card.phone_number if card is not None and card.user_id == user.id else None


def _press(query: CallbackQuery, reading: Reading) -> Told:
    message = query.message
    if message is None:
        return LeftOut("inline_message")
    chat = message.chat
    if query.from_user.is_bot or chat.type not in {Chat.PRIVATE, *_GROUPS}:
        return LeftOut("bot")
    person = _person(query.from_user)
    where = Where(chat.id, person.id if chat.type in _GROUPS else None)
    return Press(query.id, where, person, message.message_id, query.data, reading.now)


def _membership(change: ChatMemberUpdated) -> Told:
    """Who leaves a group shuts nobody out: everybody there can still be written to in private."""
    if change.chat.type != Chat.PRIVATE:
        return LeftOut("group_membership")
    return Reach(_person(change.from_user), change.new_chat_member.status not in _OUTSIDE)


def _person(user: User) -> Person:
    return Person(user.id, user.full_name, user.language_code)
