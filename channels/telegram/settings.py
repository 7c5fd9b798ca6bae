"""Every limit of Telegram, in one place; read from the environment as ``PARLEY_TELEGRAM_…``."""

from dataclasses import dataclass, field

from channels.telegram.receiving.settings import ReceiveSettings
from channels.telegram.sending.settings import SendSettings


@dataclass(frozen=True, slots=True)
class CallSettings:
    """How calls of the Bot API are made.

    Seconds: ``connect_s`` until there is a connection, ``write_s`` to hand a request over (``upload_s`` one with
    files), ``read_s`` of silence until an answer is given up. An answer has at most ``answer_bytes``.
    """

    connect_s: float = 10.0
    write_s: float = 20.0
    upload_s: float = 120.0
    read_s: float = 20.0
    answer_bytes: int = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """Telegram as a whole. ``api_url``: where the Bot API is; a server of one's own is named here."""

    api_url: str = "https://api.telegram.org"
    calls: CallSettings = field(default_factory=CallSettings)
    receive: ReceiveSettings = field(default_factory=ReceiveSettings)
    send: SendSettings = field(default_factory=SendSettings)
