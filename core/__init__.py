"""The conversation model and what every module needs."""
