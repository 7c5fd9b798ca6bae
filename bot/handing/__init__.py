"""Handing over to people: when, with what, what the customer is told, and the way back to the bot."""
