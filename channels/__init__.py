"""The outside world <-> one conversation model."""
