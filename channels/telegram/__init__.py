"""Telegram: each bot is an inbox; what people write to it comes in, what we answer goes out through the Bot API."""
