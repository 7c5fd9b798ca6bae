"""Telegram's side as bots see it: people, chats, updates and methods; ``tests.servers.telegram`` serves it over HTTP."""
