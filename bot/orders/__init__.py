"""Orders: what the bot asks of whoever keeps them, and those who keep them."""
