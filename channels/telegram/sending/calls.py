"""From a piece of a reply to the one call of the Bot API that sends it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    LinkPreviewOptions,
    Message,
    MessageEntity,
    ReplyParameters,
)

from channels.telegram.callback import data_of
from channels.telegram.sending.pieces import Album, Card, How, Piece, Place, Rows, Say, Show
from channels.telegram.sending.words import Words, units
from core.ids import MessageId
from core.message import Attachment

Content = Callable[[Attachment], Awaitable[bytes]]
_Medium = InputMediaPhoto | InputMediaVideo | InputMediaAudio | InputMediaDocument

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Call:
    """Where to, on whose behalf, and in answer to which of the chat's messages."""

    bot: Bot
    chat: int
    reply: MessageId
    answers: int | None
    content: Content

    async def send(self, piece: Piece) -> list[int]:
        """The numbers of the messages that it became. Raises TelegramError."""
        match piece:
            case Say():
                return [await self._say(piece)]
            case Show():
                return [await self._show(piece)]
            case Album(files):
                return await self._album(files)
            case Place():
                return [await self._place(piece)]
            case Card(name, phone):
                message = await self.bot.send_contact(
                    self.chat,
                    phone,
                    name,
                    reply_markup=self._keyboard(piece.rows),
                    reply_parameters=self._answers(),
                )
                return [message.message_id]

    async def _say(self, piece: Say) -> int:
        message = await self.bot.send_message(
            self.chat,
            piece.words.text,
            entities=entities(piece.words) or None,
            link_preview_options=None if piece.preview else _NO_PREVIEW,
            reply_markup=self._keyboard(piece.rows),
            reply_parameters=self._answers(),
        )
        return message.message_id

    async def _show(self, piece: Show) -> int:
        content = await self.content(piece.file)
        given: dict[str, Any] = {
            "caption": piece.caption.text or None,
            "caption_entities": entities(piece.caption) or None,
            "filename": piece.file.name,
            "reply_markup": self._keyboard(piece.rows),
            "reply_parameters": self._answers(),
        }
        methods: Mapping[How, Callable[..., Awaitable[Message]]] = {
            How.PHOTO: self.bot.send_photo,
            How.VIDEO: self.bot.send_video,
            How.ANIMATION: self.bot.send_animation,
            How.AUDIO: self.bot.send_audio,
            How.VOICE: self.bot.send_voice,
            How.DOCUMENT: self.bot.send_document,
        }
        message = await methods[piece.how](self.chat, content, **given)
        return message.message_id

    async def _album(self, files: Sequence[Show]) -> list[int]:
        media = [await self._medium(show) for show in files]
        messages = await self.bot.send_media_group(self.chat, media, reply_parameters=self._answers())
        return [message.message_id for message in messages]

    async def _medium(self, show: Show) -> _Medium:
        kinds: Mapping[How, Callable[..., _Medium]] = {
            How.PHOTO: InputMediaPhoto,
            How.VIDEO: InputMediaVideo,
            How.AUDIO: InputMediaAudio,
            How.DOCUMENT: InputMediaDocument,
        }
        return kinds[show.how](
            await self.content(show.file),
            caption=show.caption.text or None,
            caption_entities=entities(show.caption) or None,
            filename=show.file.name,
        )

    async def _place(self, piece: Place) -> int:
        place = piece.location
        given: dict[str, Any] = {
            "reply_markup": self._keyboard(piece.rows),
            "reply_parameters": self._answers(),
        }
        title, address = place.name or place.address, place.address or place.name
        if title is None or address is None:
            message = await self.bot.send_location(self.chat, place.latitude, place.longitude, **given)
        else:
            message = await self.bot.send_venue(
                self.chat, place.latitude, place.longitude, title, address, **given
            )
        return message.message_id

    def _keyboard(self, rows: Rows) -> InlineKeyboardMarkup | None:
        if not rows:
            return None
        return InlineKeyboardMarkup(
            [
                [
                    InlineKeyboardButton(button.label, callback_data=data_of(self.reply, button.number))
                    for button in row
                ]
                for row in rows
            ]
        )

    def _answers(self) -> ReplyParameters | None:
        # What it answers may be deleted by now; the answer is wanted all the same.
        if self.answers is None:
            return None
        return ReplyParameters(self.answers, allow_sending_without_reply=True)


def entities(words: Words) -> list[MessageEntity]:
    """In UTF-16 units, as the Bot API has them."""
    return [
        MessageEntity(
            mark.style.value,
            units(words.text[: mark.start]),
            units(words.text[mark.start : mark.end]),
            url=mark.url,
        )
        for mark in words.marks
    ]
