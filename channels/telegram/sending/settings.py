"""Every limit of what goes out to Telegram."""

from dataclasses import dataclass

from channels.telegram.sending.pace import Rate


@dataclass(frozen=True, slots=True)
class SendSettings:
    """How replies leave.

    A bot sends ``bot_per_s`` messages a second in the long run, after a silence ``bot_burst`` at once (so at most 30 in
    any second); into one private chat ``chat_per_s`` and ``chat_burst``, into a group ``group_per_minute`` and
    ``group_burst`` (at most 20 in any minute). A larger file than ``file_bytes`` goes as a link; ``uploads`` replies
    with files are held in memory at once, ``answering`` pressed buttons answered. Who types for longer than
    ``typing_after_s`` is shown as typing, anew every ``typing_s`` until they stop, for ``typing_most_s`` at most, in
    ``typing_chats`` chats at once.
    """

    bot_per_s: float = 25.0
    bot_burst: int = 5
    chat_per_s: float = 1.0
    chat_burst: int = 5
    group_per_minute: float = 15.0
    group_burst: int = 5
    file_bytes: int = 50_000_000
    uploads: int = 4
    answering: int = 64
    typing_after_s: float = 0.5
    typing_s: float = 4.0
    typing_most_s: float = 30.0
    typing_chats: int = 64

    @property
    def bot_rate(self) -> Rate:
        return Rate(self.bot_per_s, self.bot_burst)

    def chat_rate(self, *, group: bool) -> Rate:
        if group:
            return Rate(self.group_per_minute / 60, self.group_burst)
        return Rate(self.chat_per_s, self.chat_burst)
