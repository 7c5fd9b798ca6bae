"""What apps and pages send and get: the live protocol; and what an inbox of theirs is configured with."""

from channels.live.config import LiveConfig, live_config
from channels.live.protocol import ClientFrame, Say, decode

__all__ = ["ClientFrame", "LiveConfig", "Say", "decode", "live_config"]
