"""The outside world on one side, one conversation model on the other."""
