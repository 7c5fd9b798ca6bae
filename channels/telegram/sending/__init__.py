"""From a reply to the Bot API: cut into messages that Telegram takes, paced, sent, and what became of each."""
