"""From Telegram into conversations: taken once, as it came or at once as a message, and worked up in each chat's order."""
