"""What the widget sends and gets: the live protocol, nothing of its own; and what an inbox of it is configured with."""

from channels.live.config import LiveConfig, live_config
from channels.live.protocol import ClientFrame, Say, decode

__all__ = ["ClientFrame", "LiveConfig", "Say", "decode", "live_config"]
