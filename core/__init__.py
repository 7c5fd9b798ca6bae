"""The conversation model and what every other package needs."""
