"""What became of each conversation with the bot, and what that is worth."""
