"""The methods of the Bot API that Parley calls, with the refusals that Telegram's own server gives."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.servers.botapi.bot import FakeBot, Webhook
from tests.servers.botapi.faults import ApiError, too_many
from tests.servers.botapi.people import Chat

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
DATA_BYTES = 64
DOWNLOAD_BYTES = 20 * 1024 * 1024
UPLOAD_BYTES = 50 * 1024 * 1024
_ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)
_REFUSALS = {
    "blocked": "Forbidden: bot was blocked by the user",
    "kicked": "Forbidden: bot was kicked from the supergroup chat",
    "deactivated": "Forbidden: user is deactivated",
    "never_started": "Forbidden: bot can't initiate conversation with a user",
}
_SAME = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
MEDIA = ("photo", "document", "voice", "audio", "video", "animation", "video_note", "sticker")

Parameters = dict[str, Any]
Files = Mapping[str, tuple[str, bytes]]


class Methods:
    """Of one bot; ``address_of`` is whether an address may be a webhook's."""

    def __init__(self, bot: FakeBot, webhook_set: Callable[[FakeBot], None]) -> None:
        self._bot = bot
        self._webhook_set = webhook_set

    async def call(self, method: str, given: Parameters, files: Files) -> Any:
        """Raises ApiError."""
        name = method.lower()
        if name == "getupdates":
            return await self._get_updates(given)
        if name.startswith("send") and name[4:] in MEDIA:
            return self._send_media(name[4:], given, files)
        do = {
            "getme": self._get_me,
            "getchat": self._get_chat,
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._webhook_info,
            "getfile": self._get_file,
            "sendmessage": self._send_message,
            "sendlocation": self._send_plain,
            "sendvenue": self._send_plain,
            "sendcontact": self._send_plain,
            "sendchataction": self._send_action,
            "editmessagetext": self._edit,
            "editmessagereplymarkup": self._edit,
            "answercallbackquery": self._answer_callback,
        }.get(name)
        if name == "sendmediagroup":
            return self._send_group(given, files)
        if do is None:
            raise ApiError(404, "Not Found: method not found")
        return do(given)

    # Receiving --------------------------------------------------------------------------------------------------

    def _get_me(self, _: Parameters) -> Any:
        flags = {
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }
        return self._bot.me.shown() | flags

    def _get_chat(self, given: Parameters) -> Any:
        return self._chat(given).shown() | {"accent_color_id": 0, "max_reaction_count": 11}

    async def _get_updates(self, given: Parameters) -> Any:
        self._allow(given)
        limit = max(1, min(100, int(given.get("limit", 100))))
        timeout = max(0, min(50, int(given.get("timeout", 0))))
        return await self._bot.updates(int(given.get("offset", 0)), limit, timeout)

    def _allow(self, given: Parameters) -> None:
        if "allowed_updates" in given:
            self._bot.allowed = frozenset(_list(given["allowed_updates"]))

    def _set_webhook(self, given: Parameters) -> Any:
        url = str(given.get("url", ""))
        if not url:
            return self._delete_webhook(given)
        if not url.startswith("https://"):
            raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        self._allow(given)
        if _true(given.get("drop_pending_updates")):
            self._bot.queue.clear()
        connections = int(given.get("max_connections", 40))
        self._bot.webhook = Webhook(url, given.get("secret_token"), connections)
        # Whoever is asking for updates now is turned away.
        self._bot.poller += 1
        self._bot.news.set()
        self._webhook_set(self._bot)
        return True

    def _delete_webhook(self, given: Parameters) -> Any:
        self._bot.webhook = None
        if _true(given.get("drop_pending_updates")):
            self._bot.queue.clear()
        self._webhook_set(self._bot)
        return True

    def _webhook_info(self, _: Parameters) -> Any:
        hook = self._bot.webhook
        pending = {"has_custom_certificate": False, "pending_update_count": len(self._bot.queue)}
        if hook is None:
            return {"url": ""} | pending
        error = {} if hook.error is None else {"last_error_message": hook.error}
        return {"url": hook.url, "max_connections": hook.max_connections} | pending | error

    def _get_file(self, given: Parameters) -> Any:
        known = self._bot.files.get(str(given.get("file_id", "")))
        if known is None:
            raise ApiError(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        path, content = known
        if len(content) > DOWNLOAD_BYTES and not self._bot.hands_out_anything:
            raise ApiError(400, "Bad Request: file is too big")
        id = str(given["file_id"])
        return {"file_id": id, "file_unique_id": id[-9:], "file_size": len(content), "file_path": path}

    # Sending ----------------------------------------------------------------------------------------------------

    def _send_message(self, given: Parameters) -> Any:
        chat = self._open_chat(given)
        text = str(given.get("text", ""))
        content = {"text": text} | _entities(text, given, "entities")
        if not text.strip():
            raise ApiError(400, "Bad Request: message text is empty")
        if units(text) > TEXT_UNITS:
            raise ApiError(400, "Bad Request: message is too long")
        return self._kept(chat, given, content)

    def _send_plain(self, given: Parameters) -> Any:
        chat = self._open_chat(given)
        known = ("latitude", "longitude", "title", "address", "phone_number", "first_name")
        return self._kept(chat, given, {"said": {key: given[key] for key in known if key in given}})

    def _send_media(self, kind: str, given: Parameters, files: Files) -> Any:
        chat = self._open_chat(given)
        return self._kept(chat, given, self._medium(kind, given, given.get(kind), files))

    def _send_group(self, given: Parameters, files: Files) -> Any:
        chat = self._open_chat(given)
        media = _object(given.get("media")) or []
        if not 2 <= len(media) <= 10:
            raise ApiError(400, "Bad Request: wrong number of items in media group")
        contents = [self._medium(each["type"], each, each["media"], files) for each in media]
        group = str(13_000_000_000 + self._bot.number())
        return [self._kept(chat, given, {"media_group_id": group} | content) for content in contents]

    def _medium(self, kind: str, given: Parameters, value: Any, files: Files) -> dict[str, Any]:
        caption = str(given.get("caption", ""))
        if units(caption) > CAPTION_UNITS:
            raise ApiError(400, "Bad Request: message caption is too long")
        field = str(value).removeprefix("attach://") if value else kind
        if field in files:
            name, content = files[field]
            if len(content) > UPLOAD_BYTES:
                raise ApiError(413, "Request Entity Too Large")
            if not content:
                raise ApiError(400, "Bad Request: file must be non-empty")
            shown = self._bot.file(content, name) | {"file_name": name}
        elif value in self._bot.files:
            shown = {"file_id": value, "file_unique_id": str(value)[-9:]}
        else:
            raise ApiError(400, "Bad Request: wrong remote file identifier specified: can't unserialize it")
        if kind == "photo":
            medium: Any = [shown | {"width": 90, "height": 90}, shown | {"width": 640, "height": 480}]
        else:
            medium = shown
        said = {"caption": caption} if caption else {}
        return {kind: medium} | said | _entities(caption, given, "caption_entities")

    def _send_action(self, given: Parameters) -> Any:
        chat = self._open_chat(given)
        if given.get("action") not in _ACTIONS:
            raise ApiError(400, "Bad Request: wrong parameter action in request")
        self._bot.actions.append((chat.id, given["action"]))
        return True

    def _edit(self, given: Parameters) -> Any:
        chat = self._open_chat(given)
        message = chat.messages.get(int(given.get("message_id", 0)))
        if message is None:
            raise ApiError(400, "Bad Request: message to edit not found")
        markup = _object(given.get("reply_markup"))
        new = {key: value for key, value in message.items() if key != "reply_markup"}
        if markup and markup.get("inline_keyboard"):
            new["reply_markup"] = markup
        if "text" in given:
            text = str(given["text"])
            new = {key: value for key, value in new.items() if key != "entities"}
            new |= {"text": text} | _entities(text, given, "entities")
        if new == message:
            raise ApiError(400, _SAME)
        message.clear()
        message.update(new)
        return message

    def _answer_callback(self, given: Parameters) -> Any:
        query = str(given.get("callback_query_id", ""))
        if query not in self._bot.callbacks:
            raise ApiError(
                400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
            )
        self._bot.callbacks.discard(query)
        self._bot.answered.append(given)
        return True

    # Insides ----------------------------------------------------------------------------------------------------

    def _chat(self, given: Parameters) -> Chat:
        try:
            chat = self._bot.chats[int(given.get("chat_id", 0))]
        except (KeyError, ValueError):
            raise ApiError(400, "Bad Request: chat not found") from None
        if chat.refuses == "gone":
            raise ApiError(400, "Bad Request: chat not found")
        return chat

    def _open_chat(self, given: Parameters) -> Chat:
        """A chat that the bot may write to, now."""
        chat = self._chat(given)
        if chat.moved_to is not None:
            words = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, words, migrate_to_chat_id=chat.moved_to)
        if chat.refuses is not None:
            raise ApiError(403, _REFUSALS[chat.refuses])
        self._in_time(chat)
        return chat

    def _in_time(self, chat: Chat) -> None:
        now, bot, limits = self._bot.now(), self._bot, self._bot.limits
        group = chat.type != "private"
        for times, most, seconds in (
            (bot.sent_at, limits.per_second, 1.0),
            (chat.sent_at, limits.per_chat_second, 1.0),
            (chat.sent_at, limits.per_group_minute if group else None, 60.0),
        ):
            if most is None:
                continue
            recent = [at for at in times if at > now - seconds]
            if len(recent) >= most:
                raise too_many(max(1, round(recent[0] + seconds - now)))
        bot.sent_at = [*bot.sent_at[-200:], now]
        chat.sent_at = [*chat.sent_at[-200:], now]

    def _kept(self, chat: Chat, given: Parameters, content: dict[str, Any]) -> dict[str, Any]:
        fields = {"from": self._bot.me.shown(), **content}
        markup = _object(given.get("reply_markup"))
        if markup:
            _check_markup(markup)
            fields["reply_markup"] = markup
        reply = _object(given.get("reply_parameters"))
        if reply:
            before = chat.messages.get(int(reply["message_id"]))
            if before is not None:
                fields["reply_to_message"] = before
            elif not reply.get("allow_sending_without_reply"):
                raise ApiError(400, "Bad Request: message to be replied not found")
        message = self._bot.keep(chat, fields)
        self._bot.sent.append(message)
        return message


def units(text: str) -> int:
    """UTF-16 code units, as Telegram counts."""
    return len(text.encode("utf-16-le")) // 2


def _entities(text: str, given: Parameters, field: str) -> dict[str, Any]:
    """Whole characters of the text, each entity; else Telegram refuses the message."""
    entities = _object(given.get(field))
    if not entities:
        return {}
    encoded = text.encode("utf-16-le")
    for each in entities:
        start, end = each["offset"] * 2, (each["offset"] + each["length"]) * 2
        try:
            inside = 0 <= start < end <= len(encoded)
            encoded[start:end].decode("utf-16-le")
        except UnicodeDecodeError:
            inside = False
        if not inside:
            raise ApiError(400, "Bad Request: ENTITY_BOUNDS_INVALID")
    return {field: entities}


def _check_markup(markup: dict[str, Any]) -> None:
    for button in (button for row in markup.get("inline_keyboard", []) for button in row):
        if not button.get("text"):
            raise ApiError(
                400, 'Bad Request: can\'t parse inline keyboard button: Field "text" must be of type String'
            )
        if not 1 <= len(str(button.get("callback_data", "x")).encode()) <= DATA_BYTES:
            raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")


def _object(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _list(value: Any) -> list[str]:
    return list(_object(value) or [])


def _true(value: Any) -> bool:
    return value is True or str(value).lower() in {"true", "1"}
